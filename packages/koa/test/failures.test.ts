import { AsyncLocalStorage } from "node:async_hooks"
import { text } from "node:stream/consumers"
import type { Next } from "koa"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, echo, twoConsumers, versions } from "./apps.js"

describe.each(versions)("errors behind the middleware on $version", ({ Koa }) => {
  const rules = [{ match: { path: "/open" }, public: true as const }]
  const onDeny = () => expect.fail("onDeny was called")
  const build = () => {
    const errors: unknown[] = []
    const app = new Koa().use(jwtAuth({ ...twoConsumers, rules }, { onDeny }))
    app.on("error", (error) => errors.push(error))
    return { app, errors }
  }

  describe.each([
    ["an allowed", "/"],
    ["a passed", "/open"],
  ])("on %s request", (_what, path) => {
    const sent = { path, headers: bearer("web") }

    it("what a handler throws comes to the app's error listener once, as it is", async () => {
      const error = new Error("of the handler")
      let calls = 0
      const { app, errors } = build()
      app.use(() => {
        calls++
        throw error
      })
      const reply = await ask(app, sent)
      expect([reply.status, reply.body, calls]).toEqual([500, "Internal Server Error", 1])
      expect(errors).toEqual([error])
      expect(errors[0]).toBe(error)
      expect(reply.headers).not.toHaveProperty("www-authenticate")
    })

    it("an error keeps its status, message and headers, also where they are a refusal's own", async () => {
      const { app } = build()
      app.use(async (ctx) => {
        await null
        const headers = { "WWW-Authenticate": "Basic" }
        ctx.throw(401, "of the handler", { name: "UnauthorizedError", headers })
      })
      const reply = await ask(app, sent)
      expect([reply.status, reply.body, reply.headers["www-authenticate"]]).toEqual([
        401,
        "of the handler",
        "Basic",
      ])
    })

    it("a status that a handler sets is the handler's", async () => {
      const { app } = build()
      app.use((ctx) => {
        ctx.status = 403
        ctx.set("X-Handler", "yes")
        ctx.body = { mine: true }
      })
      const reply = await ask(app, sent)
      expect([reply.status, reply.body, reply.headers["x-handler"]]).toEqual([403, '{"mine":true}', "yes"])
    })

    it("what nobody answers is Koa's 404", async () => {
      const reply = await ask(build().app, sent)
      expect([reply.status, reply.body]).toEqual([404, "Not Found"])
    })
  })

  it("a middleware before us may catch what a handler throws", async () => {
    const app = new Koa()
      .use(async (ctx, next) => {
        try {
          await next()
        } catch (error) {
          ctx.body = `caught ${(error as Error).message}`
        }
      })
      .use(jwtAuth(twoConsumers))
      .use(() => Promise.reject(new Error("of the handler")))
    expect((await ask(app, { headers: bearer("web") })).body).toBe("caught of the handler")
  })

  it("a second next() in a handler is Koa's error, not another decision", async () => {
    const outcomes: string[] = []
    const errors: Error[] = []
    const auth = jwtAuth(twoConsumers, { onDecision: ({ outcome }) => void outcomes.push(outcome) })
    const twice = async (_ctx: unknown, next: Next) => {
      await next()
      await next()
    }
    const app = new Koa().use(twice).use(auth).use(echo)
    app.on("error", (error) => errors.push(error))
    expect((await ask(app, { headers: bearer("web") })).status).toBe(500)
    expect([outcomes, errors.map(({ message }) => message)]).toEqual([
      ["allow"],
      ["next() called multiple times"],
    ])
  })

  it("a request body is all there behind a decision that had to be waited for", async () => {
    const app = new Koa().use(jwtAuth(twoConsumers)).use(async (ctx) => {
      ctx.body = await text(ctx.req)
    })
    const body = "x".repeat(50_000)
    expect((await ask(app, { method: "POST", headers: bearer("web"), body })).body).toBe(body)
  })

  it("an AsyncLocalStorage that was opened before is still open behind", async () => {
    const store = new AsyncLocalStorage<string>()
    const app = new Koa()
      .use((_ctx, next) => store.run("request 1", next))
      .use(jwtAuth(twoConsumers))
      .use((ctx) => {
        ctx.body = store.getStore()
      })
    expect((await ask(app, { headers: bearer("web") })).body).toBe("request 1")
  })

  it("a response that was sent already becomes no second one, and lets nothing through", async () => {
    const reached: string[] = []
    const app = new Koa()
      .use((ctx, next) => {
        ctx.respond = false
        ctx.res.end("early")
        return next()
      })
      .use(jwtAuth(twoConsumers))
      .use((ctx) => void reached.push(ctx.path))
    expect((await ask(app)).body).toBe("early")
    expect(reached).toEqual([])
  })
})
