import type { Denial } from "@jwt-auth/core"
import type { NextFunction, Request, Response } from "express"
import { describe, expect, it } from "vitest"
import { type ExpressOptions, jwtAuth } from "../src/index.js"
import { ask, bearer, twoConsumers, unreachable, versions } from "./apps.js"

type OnDeny = NonNullable<ExpressOptions["onDeny"]>

/** A refusal that was decided at once, and one that had to be waited for: both go the same way. */
const refused = [
  { when: "no token", headers: {} },
  { when: "a bad token", headers: bearer("stranger") },
]

describe.each(versions)("onDeny on $version", ({ express }) => {
  /** The error handler answers 500 with what it got. */
  const build = (onDeny: OnDeny, more: ExpressOptions = {}) => {
    const errors: unknown[] = []
    const auth = jwtAuth(twoConsumers, { ...more, onDeny })
    const app = express()
    app.get("/", auth, unreachable)
    app.get("/", unreachable)
    app.use(unreachable)
    app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
      errors.push(error)
      if (!res.headersSent) res.status(500).send("handled")
    })
    // Comes to see an error only when Express is handed a second one.
    app.use((error: unknown, _req: Request, _res: Response, _next: NextFunction) => void errors.push(error))
    return { app, errors }
  }

  describe.each(refused)("with $when", ({ headers }) => {
    it("replaces the response, and is told the denial", async () => {
      const told: Denial[] = []
      const { app, errors } = build((denial, req, res) => {
        told.push(denial)
        res.status(418).set(denial.headers).json({ code: denial.code, path: req.path })
      })
      const reply = await ask(app, { headers })
      expect([reply.status, told.length, errors.length]).toEqual([418, 1, 0])
      expect(JSON.parse(reply.body)).toEqual({ code: told[0]?.code, path: "/" })
      expect(reply.headers["www-authenticate"]).toMatch(/^Bearer realm="jwt-auth"/)
      expect(reply.headers).not.toHaveProperty("vary")
    })

    it("may answer later, without a word to Express", async () => {
      const { app } = build(async (denial, _req, res) => {
        await new Promise((resolve) => setImmediate(resolve))
        res.status(denial.status).send("later")
      })
      const reply = await ask(app, { headers })
      expect([reply.status, reply.body]).toEqual([401, "later"])
    })

    it("next(error) brings this very error to the app's error handlers, once", async () => {
      const error = Object.assign(new Error("mine"), { status: 499 })
      const { app, errors } = build((_denial, _req, _res, next) => next(error))
      expect((await ask(app, { headers })).body).toBe("handled")
      expect(errors).toEqual([error])
      expect(errors[0]).toBe(error)
    })

    it("next(denial) brings the denial itself: it need not be an Error", async () => {
      const told: Denial[] = []
      const { app, errors } = build((denial, _req, _res, next) => {
        told.push(denial)
        next(denial)
      })
      expect((await ask(app, { headers })).body).toBe("handled")
      expect(errors).toHaveLength(1)
      expect(errors[0]).toBe(told[0])
    })

    it("next() with a text brings the text: an app may throw what it likes", async () => {
      const { app, errors } = build((_denial, _req, _res, next) => next("no entry"))
      expect((await ask(app, { headers })).body).toBe("handled")
      expect(errors).toEqual(["no entry"])
    })

    it("what it throws comes to the error handlers, once", async () => {
      const error = new Error("thrown")
      const { app, errors } = build(() => {
        throw error
      })
      expect((await ask(app, { headers })).body).toBe("handled")
      expect(errors).toEqual([error])
      expect(errors[0]).toBe(error)
    })

    it("what it rejects with comes to the error handlers, once", async () => {
      const error = new Error("rejected")
      const { app, errors } = build(async () => {
        await null
        throw error
      })
      expect((await ask(app, { headers })).body).toBe("handled")
      expect(errors).toEqual([error])
      expect(errors[0]).toBe(error)
    })

    it("next(error), and the same error thrown as well, is one error", async () => {
      const error = new Error("twice")
      const sync = build((_denial, _req, _res, next) => {
        next(error)
        throw error
      })
      expect((await ask(sync.app, { headers })).body).toBe("handled")
      expect(sync.errors).toEqual([error])
      const later = build(async (_denial, _req, _res, next) => {
        next(error)
        throw error
      })
      expect((await ask(later.app, { headers })).body).toBe("handled")
      expect(later.errors).toEqual([error])
    })

    it.each([undefined, null, false, 0, "", "route", "router"])(
      "%j for an error lets nothing through: given to next, thrown, or rejected with",
      async (value) => {
        const ways: readonly OnDeny[] = [
          (_denial, _req, _res, next) => next(value),
          () => {
            throw value
          },
          () => Promise.reject(value),
        ]
        for (const way of ways) {
          const { app, errors } = build(way)
          expect((await ask(app, { headers })).body).toBe("handled")
          expect(errors).toEqual([expect.any(Error)])
        }
      },
    )

    it("a later next() lets nothing through, also after an answer", async () => {
      let later = () => {}
      const { app, errors } = build((_denial, _req, res, next) => {
        res.status(401).send("answered")
        later = () => next()
      })
      const reply = await ask(app, { headers })
      later()
      expect([reply.status, reply.body]).toEqual([401, "answered"])
      expect(errors).toEqual([expect.any(Error)])
    })

    it("nothing it returns lets a request through", async () => {
      for (const value of [true, "next", () => {}, Promise.resolve(true)]) {
        const { app } = build((_denial, _req, res) => {
          setImmediate(() => res.status(401).end("answered"))
          return value
        })
        expect((await ask(app, { headers })).body).toBe("answered")
      }
    })
  })

  it("is not called for an allow, nor for a pass", async () => {
    const auth = jwtAuth(twoConsumers, {
      onDeny: () => {
        throw new Error("called")
      },
    })
    const app = express().get("/", auth.optional(), (_req, res) => void res.send("in"))
    expect((await ask(app)).body).toBe("in")
    expect((await ask(app, { headers: bearer("web") })).body).toBe("in")
  })

  it("is called for the verbs too", async () => {
    const auth = jwtAuth(twoConsumers, { onDeny: ({ code }, _req, res) => res.status(418).send(code) })
    const app = express()
      .get("/allow", auth.allow("web"), unreachable)
      .get("/scopes", auth.require({ scopes: ["read"] }), unreachable)
    const headers = bearer("partner")
    expect((await ask(app, { path: "/allow", headers })).body).toBe("access_denied")
    expect((await ask(app, { path: "/scopes", headers })).body).toBe("insufficient_scope")
  })

  it("an app without an error handler answers 500 to what next() was given, and lets nothing through", async () => {
    const auth = jwtAuth(twoConsumers, { onDeny: (_denial, _req, _res, next) => next() })
    const app = express().set("env", "test").use(auth).use(unreachable)
    expect((await ask(app)).status).toBe(500)
  })

  it("an error with a status has that status with Express's own error handler", async () => {
    const auth = jwtAuth(twoConsumers, {
      onDeny: ({ status, message, headers }, _req, _res, next) =>
        next(Object.assign(new Error(message), { status, headers })),
    })
    const app = express().set("env", "test").use(auth).use(unreachable)
    const reply = await ask(app)
    expect([reply.status, reply.headers["www-authenticate"]]).toEqual([401, 'Bearer realm="jwt-auth"'])
  })
})
