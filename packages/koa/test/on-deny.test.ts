import type { Denial } from "@jwt-auth/core"
import Router from "@koa/router"
import { describe, expect, it } from "vitest"
import { jwtAuth, type KoaOptions } from "../src/index.js"
import { ask, bearer, echo, twoConsumers, unreachable, versions } from "./apps.js"

type OnDeny = NonNullable<KoaOptions["onDeny"]>

const refused = [
  { when: "no token", headers: {} },
  { when: "a bad token", headers: bearer("stranger") },
]

describe.each(versions)("onDeny on $version", ({ Koa }) => {
  const build = (onDeny: OnDeny) => {
    const errors: unknown[] = []
    const app = new Koa().use(jwtAuth(twoConsumers, { onDeny })).use(unreachable)
    app.on("error", (error) => errors.push(error))
    return { app, errors }
  }

  describe.each(refused)("with $when", ({ headers }) => {
    it("replaces the response, and is told the denial", async () => {
      const told: Denial[] = []
      const { app, errors } = build((denial, ctx) => {
        told.push(denial)
        ctx.status = 418
        ctx.set(denial.headers)
        ctx.body = { code: denial.code, path: ctx.path }
      })
      const reply = await ask(app, { headers })
      expect([reply.status, told.length, errors.length]).toEqual([418, 1, 0])
      expect(JSON.parse(reply.body)).toEqual({ code: told[0]?.code, path: "/" })
      expect(reply.headers["www-authenticate"]).toMatch(/^Bearer realm="jwt-auth"/)
      expect(reply.headers).not.toHaveProperty("vary")
    })

    it("may be async: its answer is waited for", async () => {
      const { app } = build(async (denial, ctx) => {
        await new Promise((resolve) => setImmediate(resolve))
        ctx.status = denial.status
        ctx.body = "later"
      })
      const reply = await ask(app, { headers })
      expect([reply.status, reply.body]).toEqual([401, "later"])
    })

    it.each([
      ["nothing", undefined],
      ["true", true],
      ["a function", () => {}],
      ["a promise of true", Promise.resolve(true)],
    ])("returning %s without an answer is Koa's 404, and nothing behind is reached", async (_, value) => {
      const reply = await ask(build(() => value).app, { headers })
      expect([reply.status, reply.body]).toEqual([404, "Not Found"])
    })

    it("may redirect, and may set a cookie", async () => {
      const { app } = build((_denial, ctx) => {
        ctx.cookies.set("back", "1")
        ctx.redirect("/login")
      })
      const reply = await ask(app, { headers })
      expect([reply.status, reply.headers.location]).toEqual([302, "/login"])
      expect(reply.headers["set-cookie"]?.[0]).toMatch(/^back=1;/)
    })
  })

  it("is not called for an allow, nor for a pass, nor for what goes wrong behind", async () => {
    const auth = jwtAuth(twoConsumers, { onDeny: () => expect.fail("called") })
    const app = new Koa().use(auth.optional()).use((ctx) => {
      if (ctx.path === "/401") ctx.throw(401, "of the handler")
      ctx.body = "in"
    })
    app.silent = true
    expect((await ask(app)).body).toBe("in")
    expect((await ask(app, { headers: bearer("web") })).body).toBe("in")
    expect((await ask(app, { path: "/401", headers: bearer("web") })).body).toBe("of the handler")
  })

  it("is called for the verbs too", async () => {
    const auth = jwtAuth(twoConsumers, {
      onDeny: ({ code }, ctx) => {
        ctx.status = 418
        ctx.body = code
      },
    })
    const router = new Router()
      .get("/allow", auth.allow("web"), unreachable)
      .get("/scopes", auth.require({ scopes: ["read"] }), unreachable)
    const app = new Koa().use(router.routes()).use(echo)
    const headers = bearer("partner")
    expect((await ask(app, { path: "/allow", headers })).body).toBe("access_denied")
    expect((await ask(app, { path: "/scopes", headers })).body).toBe("insufficient_scope")
  })

  it("sees the request as the client sent it, less an identity of its own making", async () => {
    const seen: unknown[] = []
    const { app } = build((_denial, ctx) => {
      seen.push(ctx.url, ctx.get("X-Mse-Consumer"), ctx.get("Authorization"), ctx.state)
      ctx.status = 401
    })
    const headers = { authorization: "Bearer x.y.z", "X-Mse-Consumer": "root" }
    await ask(app, { path: "/?access_token=a", headers })
    expect(seen).toEqual(["/?access_token=a", "", "Bearer x.y.z", {}])
  })

  it("of the identity of an earlier allow it may tell: a later refusal leaves it", async () => {
    const auth = jwtAuth(twoConsumers, {
      onDeny: ({ status }, ctx) => {
        ctx.status = status
        ctx.body = `not for ${auth.get(ctx)?.consumer}`
      },
    })
    const app = new Koa().use(auth).use(auth.allow("partner")).use(unreachable)
    const reply = await ask(app, { headers: bearer("web") })
    expect([reply.status, reply.body]).toEqual([403, "not for web"])
  })
})
