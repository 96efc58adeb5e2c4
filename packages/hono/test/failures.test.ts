import { AsyncLocalStorage } from "node:async_hooks"
import { Hono } from "hono"
import { contextStorage, getContext } from "hono/context-storage"
import { HTTPException } from "hono/http-exception"
import { describe, expect, it } from "vitest"
import { type HonoOptions, type JwtAuthEnv, jwtAuth } from "../src/index.js"
import { bearer, echo, twoConsumers, unreachable, ways } from "./apps.js"

const rules = [{ match: { path: "/open" }, public: true as const }]
const config = { ...twoConsumers, rules }

describe.each(ways)("errors behind the middleware, through $way", ({ ask }) => {
  describe.each(["/", "/open"])("on a request for %s", (path) => {
    it.each([
      ["throws", (error: Error) => fail(error)],
      ["rejects with", async (error: Error) => fail(error)],
    ])("what a handler %s comes to onError once, and becomes no refusal", async (_way, handler) => {
      const error = Object.assign(new Error("of the handler"), { name: "UnauthorizedError", status: 401 })
      const errors: unknown[] = []
      let calls = 0
      const app = new Hono().use(jwtAuth(config)).all("*", () => {
        calls++
        return handler(error)
      })
      app.onError((error, c) => {
        errors.push(error)
        return c.text("handled", 500)
      })
      const reply = await ask(app, { path, headers: bearer("web") })
      expect([reply.status, reply.body, calls]).toEqual([500, "handled", 1])
      expect(errors).toEqual([error])
      expect(reply.headers).not.toHaveProperty("www-authenticate")
    })

    it("an HTTPException of the handler's own stays what it is", async () => {
      const app = new Hono()
        .use(jwtAuth(config))
        .all("*", () => fail(new HTTPException(409, { message: "mine" })))
      const reply = await ask(app, { path, headers: bearer("web") })
      expect([reply.status, reply.body]).toEqual([409, "mine"])
    })

    it("what is not found is not found", async () => {
      const reply = await ask(new Hono().use(jwtAuth(config)), { path, headers: bearer("web") })
      expect([reply.status, reply.body]).toEqual([404, "404 Not Found"])
    })
  })

  it("an AsyncLocalStorage that was opened before is still open behind, and so is Hono's own", async () => {
    const store = new AsyncLocalStorage<string>()
    const app = new Hono<JwtAuthEnv>()
      .use((_c, next) => store.run("request 1", next))
      .use(contextStorage())
      .use(jwtAuth(config))
      .all("*", (c) => c.text(`${store.getStore()} of ${getContext<JwtAuthEnv>().get("auth")?.consumer}`))
    expect((await ask(app, { headers: bearer("web") })).body).toBe("request 1 of web")
  })

  it("middleware runs in order around us: before, behind, and back again", async () => {
    const order: string[] = []
    const note = (name: string) => async (_c: unknown, next: () => Promise<void>) => {
      order.push(`${name} in`)
      await next()
      order.push(`${name} out`)
    }
    const app = new Hono().use(note("a")).use(jwtAuth(config)).use(note("b")).all("*", unreachable)
    await ask(app, { headers: bearer("web") })
    expect(order).toEqual(["a in", "b in", "b out", "a out"])
  })
})

describe.each(ways)("errors of what the app hands us, through $way", ({ ask }) => {
  const build = (options: HonoOptions) => {
    const errors: unknown[] = []
    const auth = jwtAuth(twoConsumers, options)
    const app = new Hono().get("/", auth.optional(), echo).use(auth).all("*", unreachable)
    app.onError((error, c) => {
      errors.push(error)
      return error instanceof HTTPException ? error.getResponse() : c.text("handled", 500)
    })
    return { app, errors }
  }

  it.each([
    ["throws", () => fail(new Error("of the watcher"))],
    ["rejects", async () => fail(new Error("of the watcher"))],
    ["returns a verdict of its own", () => ({ outcome: "allow" })],
  ])("an onDecision that %s changes no decision", async (_what, onDecision) => {
    const { app } = build({ onDecision: onDecision as () => void })
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app)).status).toBe(200)
    expect((await ask(app, { headers: bearer("stranger") })).body).toBe("Jwt verification fails")
    expect((await ask(app, { path: "/x" })).body).toBe("Jwt missing")
  })

  it("onDecision is told once of each decision, with the request as the client sent it", async () => {
    const told: unknown[] = []
    const { app } = build({ onDecision: ({ outcome }, { method, path }) => told.push(outcome, method, path) })
    await ask(app, { path: "/?a=1", headers: bearer("web") })
    await ask(app, { method: "PUT", path: "/x" })
    expect(told).toEqual(["allow", "GET", "/?a=1", "deny", "PUT", "/x"])
  })

  it("a clock that throws is an error of the app's, and lets nothing through", async () => {
    const error = new Error("of the clock")
    const { app, errors } = build({ now: () => fail(error) })
    const reply = await ask(app, { headers: bearer("web") })
    expect([reply.status, reply.body]).toEqual([500, "handled"])
    expect(errors).toEqual([error])
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, "now", {}])(
    "a clock that says %s makes no token valid",
    async (value) => {
      const { app } = build({ now: () => value as number })
      expect([401, 500]).toContain(
        (await ask(app, { path: "/x", headers: bearer("web", { exp: 1 }) })).status,
      )
    },
  )

  it("a decision that cannot be had is an error of the app's: no passage", async () => {
    const error = new Error("of a decide that the app wrapped")
    const errors: unknown[] = []
    const auth = jwtAuth(twoConsumers)
    auth.authenticator.decide = async () => fail(error)
    const app = new Hono().use(auth).all("*", unreachable)
    app.onError((error, c) => {
      errors.push(error)
      return c.text("handled", 500)
    })
    expect((await ask(app, { headers: bearer("web") })).body).toBe("handled")
    expect(errors).toEqual([error])
  })
})

function fail(error: Error): never {
  throw error
}
