import { type Context, Hono, type Next } from "hono"
import { every, except, some } from "hono/combine"
import { describe, expect, it } from "vitest"
import { type JwtAuthEnv, jwtAuth } from "../src/index.js"
import { bearer, consumer, echo, tokenOf, twoConsumers, unreachable, ways } from "./apps.js"

const letThrough = async (_c: Context, next: Next) => next()
const claims_to_headers = [{ claim: "sub", header: "X-Sub" }]
const mapped = { global_auth: true, consumers: [consumer("web", { claims_to_headers })] }

describe.each(ways)("hono/combine through $way", ({ ask }) => {
  it("some(): a refusal lets the next one be asked, and the last refusal stands", async () => {
    const auth = jwtAuth(twoConsumers)
    const app = new Hono().use(some(auth.allow("web"), auth.allow("partner"))).all("*", echo)
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app)).body).toBe("Jwt missing")
    expect((await ask(app, { headers: bearer("stranger") })).status).toBe(401)
  })

  it("some(): an error of the handler is not a refusal, and asks nobody else", async () => {
    const auth = jwtAuth(twoConsumers)
    let asked = 0
    const count = async (_c: Context, next: Next) => {
      asked++
      await next()
    }
    const app = new Hono().use(some(auth, count)).all("*", () => {
      throw new Error("of the handler")
    })
    app.onError((error, c) => c.text(error.message, 500))
    expect((await ask(app, { headers: bearer("web") })).body).toBe("of the handler")
    expect(asked).toBe(0)
  })

  it("some(): a refused request that another way lets through has lost the client's identity headers", async () => {
    const app = new Hono().use(some(jwtAuth(mapped), letThrough)).all("*", echo)
    const spoofed = { "X-Mse-Consumer": "root", "X-Sub": "root" }
    for (const headers of [spoofed, { ...spoofed, ...bearer("stranger") }]) {
      const reply = await ask(app, { headers })
      expect([reply.status, reply.seen.consumer]).toEqual([200, undefined])
      expect(reply.body).not.toContain("root")
    }
  })

  it("some(): of two instances the refusing one, too, takes away what the client wrote for it", async () => {
    const services = jwtAuth({ ...mapped, consumer_header: "X-Service", consumers: [consumer("service")] })
    const users = jwtAuth({ ...mapped, consumer_header: "X-User" })
    const app = new Hono().use(some(services, users)).all("*", echo)
    const { body } = await ask(app, { headers: { ...bearer("web"), "X-Service": "root", "X-User": "root" } })
    expect(JSON.parse(body)).toMatchObject({ consumer: "web", headers: { "x-user": "web" } })
    expect(body).not.toContain("root")
  })

  it("every(): all must agree, each on the request as sent", async () => {
    const auth = jwtAuth({
      ...twoConsumers,
      consumers: [consumer("web", { keep_token: false, from_params: ["t"] }), consumer("partner")],
    })
    const app = new Hono().use(every(auth, auth.allow("web"), auth.any())).all("*", echo)
    const { seen } = await ask(app, { path: `/?t=${tokenOf("web")}&a=1` })
    expect([seen.consumer, seen.url]).toEqual(["web", "/?a=1"])
    expect((await ask(app, { headers: bearer("partner") })).status).toBe(403)
    expect((await ask(app)).status).toBe(401)
  })

  it("except(): what is excepted needs no token, and everything else does", async () => {
    const app = new Hono().use(except("/open/*", jwtAuth(twoConsumers))).all("*", echo)
    expect((await ask(app, { path: "/open/x" })).status).toBe(200)
    expect((await ask(app, { path: "/x" })).status).toBe(401)
    expect((await ask(app, { path: "/x", headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it.each(["some", "every", "except"] as const)(
    "%s(): nothing that onDeny returns lets a request through, `true` no more than any other value",
    async (name) => {
      for (const value of [true, false, undefined, null, 0, "", "next", {}]) {
        const auth = jwtAuth(twoConsumers, { onDeny: async () => value as never })
        const combined = { some: some(auth), every: every(auth), except: except("/open", auth) }[name]
        const app = new Hono().use(combined).all("*", unreachable)
        app.onError((_error, c) => c.text("handled", 500))
        expect([value, (await ask(app)).status]).toEqual([value, 500])
        expect([value, (await ask(app, { headers: bearer("stranger") })).status]).toEqual([value, 500])
      }
    },
  )

  it("a try around us that goes on regardless shows the handler no identity of the client's making", async () => {
    const auth = jwtAuth(twoConsumers)
    const app = new Hono<JwtAuthEnv>()
      .use(async (c, next) => {
        try {
          await auth(c, async () => {})
        } catch {
          // Goes on as anonymous, as apps with pages for both do.
        }
        await next()
      })
      .all("*", echo)
    const reply = await ask(app, { headers: { "X-Mse-Consumer": "root" } })
    expect(reply.status).toBe(200)
    expect(reply.body).not.toContain("root")
  })
})
