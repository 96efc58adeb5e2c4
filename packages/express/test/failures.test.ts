import { AsyncLocalStorage } from "node:async_hooks"
import type { NextFunction, Request, Response } from "express"
import { describe, expect, it } from "vitest"
import { type ExpressOptions, jwtAuth } from "../src/index.js"
import { ask, bearer, echo, twoConsumers, unreachable, versions } from "./apps.js"

function errorHandler(errors: unknown[]) {
  return (error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    errors.push(error)
    res.status(500).send("handled")
  }
}

describe.each(versions)("errors behind the middleware on $version", ({ express }) => {
  const rules = [{ match: { path: "/open" }, public: true as const }]
  const config = { ...twoConsumers, rules }
  const paths = [
    ["allowed", "/"],
    ["passed", "/open"],
  ]

  it.each(paths)(
    "what a handler throws on an %s request comes to the error handler once",
    async (_, path) => {
      const error = new Error("of the handler")
      const errors: unknown[] = []
      let calls = 0
      const app = express().use(jwtAuth(config))
      app.use(() => {
        calls++
        throw error
      })
      app.use(errorHandler(errors))
      const reply = await ask(app, { path: path ?? "", headers: bearer("web") })
      expect([reply.status, reply.body, calls]).toEqual([500, "handled", 1])
      expect(errors).toEqual([error])
      expect(reply.headers).not.toHaveProperty("www-authenticate")
    },
  )

  it.each(paths)("what a handler gives to next() on an %s request comes there once", async (_, path) => {
    const error = Object.assign(new Error("of the handler"), { name: "UnauthorizedError", status: 409 })
    const errors: unknown[] = []
    const app = express().use(jwtAuth(config))
    app.use((_req: Request, _res: Response, next: NextFunction) => next(error))
    app.use(errorHandler(errors))
    expect((await ask(app, { path: path ?? "", headers: bearer("web") })).body).toBe("handled")
    expect(errors).toEqual([error])
  })

  it("next() is called once, with nothing, and only when the request may go on", async () => {
    const auth = jwtAuth(config)
    const calls: unknown[][] = []
    const app = express().use((req, res) => {
      auth(req, res, (...args: unknown[]) => {
        calls.push(args)
        res.end("went on")
      })
    })
    expect((await ask(app, { headers: bearer("web") })).body).toBe("went on")
    expect((await ask(app, { path: "/open" })).body).toBe("went on")
    expect((await ask(app)).status).toBe(401)
    expect((await ask(app, { headers: bearer("stranger") })).status).toBe(401)
    expect(calls).toEqual([[], []])
  })

  it("what a next() of the app's own throws is not given to that next() again", async () => {
    const auth = jwtAuth(config)
    const error = new Error("of next")
    const [calls, errors]: [unknown[], unknown[]] = [[], []]
    const app = express()
      .use((req, res) => {
        auth(req, res, (given?: unknown) => {
          calls.push(given)
          throw error
        })
      })
      .use(errorHandler(errors))
    expect((await ask(app, { path: "/open" })).body).toBe("handled")
    expect([calls, errors]).toEqual([[undefined], [error]])
  })

  it("an AsyncLocalStorage that was opened before is still open behind", async () => {
    const store = new AsyncLocalStorage<string>()
    const app = express()
      .use((_req, _res, next) => store.run("request 1", next))
      .use(jwtAuth(config))
      .use((_req, res) => void res.send(store.getStore()))
    expect((await ask(app, { headers: bearer("web") })).body).toBe("request 1")
  })

  it("a response that was sent already becomes no second one", async () => {
    const errors: unknown[] = []
    const app = express()
      .use((_req, res, next) => {
        res.send("early")
        next()
      })
      .use(jwtAuth(config))
      .use(unreachable)
    app.use((error: unknown, _req: Request, _res: Response, _next: NextFunction) => void errors.push(error))
    expect((await ask(app)).body).toBe("early")
    expect(errors).toMatchObject([{ code: "ERR_HTTP_HEADERS_SENT" }])
  })
})

describe("an async handler on Express 5", () => {
  it("that rejects behind the middleware comes to the error handler once", async () => {
    const express = versions[1]?.express
    const error = new Error("rejected")
    const errors: unknown[] = []
    const app = express?.() ?? expect.fail("no Express 5")
    app.use(jwtAuth(twoConsumers))
    app.use(async () => {
      await null
      throw error
    })
    app.use(errorHandler(errors))
    expect((await ask(app, { headers: bearer("web") })).body).toBe("handled")
    expect(errors).toEqual([error])
  })
})

describe.each(versions)("errors of what the app hands us on $version", ({ express }) => {
  const build = (options: ExpressOptions) => {
    const errors: unknown[] = []
    const auth = jwtAuth(twoConsumers, options)
    const app = express().get("/", auth.optional(), echo).use(auth).use(unreachable)
    return { app: app.use(errorHandler(errors)), errors }
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
    const reply = await ask(app, { headers: bearer("web") })
    expect([reply.status, reply.body]).toEqual([500, "handled"])
    expect(errors).toEqual([error])
  })

  it.each([undefined, null, "route", "router"])(
    "a clock that throws %j lets nothing through",
    async (value) => {
      const { app, errors } = build({
        now: () => {
          throw value
        },
      })
      expect((await ask(app, { headers: bearer("web") })).body).toBe("handled")
      expect(errors).toEqual([expect.any(Error)])
    },
  )

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, "now", {}])(
    "a clock that says %s makes no token valid",
    async (value) => {
      const { app } = build({ now: () => value as number })
      const reply = await ask(app, { path: "/x", headers: bearer("web", { exp: 1 }) })
      expect([401, 500]).toContain(reply.status)
    },
  )

  it("a decision that cannot be had is an error of the app's: no crash, no wait without end, no passage", async () => {
    const error = new Error("of a decide that the app wrapped")
    const errors: unknown[] = []
    const auth = jwtAuth(twoConsumers)
    auth.authenticator.decide = async () => {
      throw error
    }
    const app = express().use(auth).use(unreachable).use(errorHandler(errors))
    expect((await ask(app, { headers: bearer("web") })).body).toBe("handled")
    expect(errors).toEqual([error])
  })
})
