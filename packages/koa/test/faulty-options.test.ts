import { describe, expect, it } from "vitest"
import { jwtAuth, type KoaOptions } from "../src/index.js"
import { ask, bearer, echo, twoConsumers, unreachable, versions } from "./apps.js"

describe.each(versions)("errors of what the app hands us on $version", ({ Koa }) => {
  const build = (options: KoaOptions) => {
    const errors: unknown[] = []
    const auth = jwtAuth(twoConsumers, options)
    const app = new Koa()
      .use((ctx, next) => (ctx.path === "/" ? auth.optional()(ctx, () => echo(ctx) as never) : next()))
      .use(auth)
      .use(unreachable)
    app.on("error", (error) => errors.push(error))
    return { app, errors }
  }

  it.each([
    ["throws", () => expect.fail("of the watcher")],
    ["rejects", async () => expect.fail("of the watcher")],
    ["returns a verdict of its own", () => ({ outcome: "allow" })],
  ])("an onDecision that %s changes no decision", async (_what, onDecision) => {
    const { app, errors } = build({ onDecision: onDecision as () => void })
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app)).status).toBe(200)
    expect((await ask(app, { headers: bearer("stranger") })).body).toBe("Jwt verification fails")
    expect((await ask(app, { path: "/x" })).body).toBe("Jwt missing")
    expect(errors).toEqual([])
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
    const { app, errors } = build({
      now: () => {
        throw error
      },
    })
    expect((await ask(app, { path: "/x", headers: bearer("web") })).status).toBe(500)
    expect(errors).toEqual([error])
  })

  it.each([0, "", false, "next"])("a clock that throws %j lets nothing through", async (value) => {
    const { app, errors } = build({
      now: () => {
        throw value
      },
    })
    expect((await ask(app, { path: "/x", headers: bearer("web") })).status).toBe(500)
    expect(errors).toEqual([expect.any(Error)])
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, "now", {}])(
    "a clock that says %s makes no token valid",
    async (value) => {
      const { app } = build({ now: () => value as number })
      const reply = await ask(app, { path: "/x", headers: bearer("web", { exp: 1 }) })
      expect([401, 500]).toContain(reply.status)
    },
  )

  it("a decision that cannot be had is an error of the app's: no crash, no passage", async () => {
    const error = new Error("of a decide that the app wrapped")
    const errors: unknown[] = []
    const auth = jwtAuth(twoConsumers)
    auth.authenticator.decide = async () => {
      throw error
    }
    const app = new Koa().use(auth).use(unreachable)
    app.on("error", (given) => errors.push(given))
    expect((await ask(app, { headers: bearer("web") })).status).toBe(500)
    expect(errors).toEqual([error])
  })
})
