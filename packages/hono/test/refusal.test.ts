import { Hono } from "hono"
import { cors } from "hono/cors"
import { HTTPException } from "hono/http-exception"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, tokenOf, twoConsumers, unreachable, ways } from "./apps.js"

describe.each(ways)("a refusal as Hono's error, through $way", ({ ask }) => {
  it("is an HTTPException with the response, which onError may answer with", async () => {
    const errors: unknown[] = []
    const app = new Hono().use(jwtAuth(twoConsumers)).all("*", unreachable)
    app.onError((error) => {
      errors.push(error)
      return error instanceof HTTPException ? error.getResponse() : new Response(null, { status: 500 })
    })
    const reply = await ask(app)
    expect([reply.status, reply.body]).toEqual([401, "Jwt missing"])
    expect(reply.headers).toMatchObject({ "www-authenticate": 'Bearer realm="jwt-auth"', vary: "Accept" })
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ status: 401, message: "Jwt missing", cause: { code: "jwt_missing" } })
  })

  it("gives its response again to whoever asks again", async () => {
    const app = new Hono().use(jwtAuth(twoConsumers)).all("*", unreachable)
    app.onError(async (error) => {
      if (!(error instanceof HTTPException)) throw error
      return error.getResponse().clone()
    })
    expect((await ask(app)).body).toBe("Jwt missing")
    expect((await ask(app, { headers: bearer("stranger") })).body).toBe("Jwt verification fails")
  })

  it("is an error that holds nothing of the token, whatever of it is printed", async () => {
    const token = tokenOf("stranger")
    const printed: string[] = []
    const app = new Hono().use(jwtAuth(twoConsumers)).all("*", unreachable)
    app.onError((error) => {
      const own = Object.fromEntries(Object.entries(error).map(([name, value]) => [name, String(value)]))
      printed.push(String(error), error.stack ?? "", JSON.stringify(own), JSON.stringify(error))
      return new Response(null, { status: 500 })
    })
    await ask(app, { path: `/?access_token=${token}`, headers: { authorization: `Bearer ${token}` } })
    expect(printed).toHaveLength(4)
    expect(printed.join("\n")).not.toMatch(new RegExp(token.split(".").join("|")))
  })

  it("is c.error for middleware around us, which sees the refusal as c.res", async () => {
    const seen: unknown[] = []
    const app = new Hono()
      .use(async (c, next) => {
        await next()
        seen.push(c.error instanceof HTTPException, c.res.status)
      })
      .use(jwtAuth(twoConsumers))
      .all("*", unreachable)
    expect((await ask(app)).status).toBe(401)
    expect(seen).toEqual([true, 401])
  })

  it("in a routed sub-app goes to the sub-app's onError, and elsewhere to the app's", async () => {
    const auth = jwtAuth(twoConsumers)
    const sub = new Hono().use(auth).all("*", unreachable)
    sub.onError((_error, c) => c.text("of the sub-app", 418))
    const app = new Hono().route("/sub", sub).use(auth).all("*", unreachable)
    app.onError((_error, c) => c.text("of the app", 419 as 418))
    expect((await ask(app, { path: "/sub/x" })).body).toBe("of the sub-app")
    expect((await ask(app, { path: "/x" })).body).toBe("of the app")
  })

  it.each(["default", "onError"])("carries what hono/cors and others set before it (%s)", async (handler) => {
    const app = new Hono()
      .use(cors({ origin: "https://app.example", credentials: true, exposeHeaders: ["X-Id"] }))
      .use(async (c, next) => {
        c.header("X-Id", "7")
        await next()
      })
      .use(jwtAuth(twoConsumers))
      .all("*", unreachable)
    if (handler === "onError") {
      app.onError((error) => (error as HTTPException).getResponse())
    }
    for (const headers of [{}, bearer("stranger")]) {
      const reply = await ask(app, { headers: { origin: "https://app.example", ...headers } })
      expect(reply.status).toBe(401)
      expect(reply.headers).toMatchObject({
        "access-control-allow-origin": "https://app.example",
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "X-Id",
        "x-id": "7",
      })
      expect(reply.headers["www-authenticate"]).toMatch(/^Bearer /)
      expect(reply.headers["vary"]?.split(/, */).sort()).toEqual(["Accept", "Origin"])
    }
  })

  it.each(["c.header", "c.res.headers"])(
    "keeps Vary: Origin that middleware set before it by %s: caches must know of both",
    async (by) => {
      const app = new Hono()
        .use(async (c, next) => {
          if (by === "c.header") c.header("Vary", "Origin")
          else c.res.headers.set("Vary", "Origin")
          await next()
        })
        .use(jwtAuth(twoConsumers))
        .all("*", unreachable)
      expect((await ask(app)).headers["vary"]?.split(/, */).sort()).toEqual(["Accept", "Origin"])
    },
  )

  it("leaves the request as it was: nothing is touched before the verdict", async () => {
    const seen: unknown[] = []
    const app = new Hono()
      .use(async (c, next) => {
        const { raw } = c.req
        await next()
        seen.push(c.req.raw === raw, c.req.query(), c.req.header("authorization"), c.get("auth" as never))
      })
      .use(jwtAuth(twoConsumers))
      .all("*", unreachable)
    await ask(app, { path: "/?access_token=x.y.z", headers: { authorization: "Bearer x.y.z" } })
    expect(seen).toEqual([true, { access_token: "x.y.z" }, "Bearer x.y.z", undefined])
  })

  it("at a preflight under cors() before us is none: cors() answers it", async () => {
    const app = new Hono().use(cors()).use(jwtAuth(twoConsumers)).all("*", unreachable)
    const headers = { origin: "https://app.example", "access-control-request-method": "DELETE" }
    expect((await ask(app, { method: "OPTIONS", headers })).status).toBe(204)
  })
})
