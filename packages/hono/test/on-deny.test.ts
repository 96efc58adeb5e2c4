import type { Denial } from "@jwt-auth/core"
import { Hono } from "hono"
import { HTTPException } from "hono/http-exception"
import { describe, expect, it } from "vitest"
import { type HonoOptions, jwtAuth } from "../src/index.js"
import { bearer, twoConsumers, unreachable, ways } from "./apps.js"

type OnDeny = NonNullable<HonoOptions["onDeny"]>

/** A refusal that was decided at once, and one that had to be waited for: both go the same way. */
const refused = [
  { when: "no token", headers: {} },
  { when: "a bad token", headers: bearer("stranger") },
]

describe.each(ways)("onDeny through $way", ({ ask }) => {
  /** onError answers 500 and keeps what it got. */
  const build = (onDeny: OnDeny) => {
    const errors: unknown[] = []
    const app = new Hono().get("/", jwtAuth(twoConsumers, { onDeny }), unreachable).all("*", unreachable)
    app.onError((error, c) => {
      errors.push(error)
      return c.text("handled", 500)
    })
    return { app, errors }
  }

  describe.each(refused)("with $when", ({ headers }) => {
    it("replaces the response, and is told the denial", async () => {
      const told: Denial[] = []
      const { app, errors } = build((denial, c) => {
        told.push(denial)
        return c.json({ code: denial.code, path: c.req.path }, 418, denial.headers)
      })
      const reply = await ask(app, { headers })
      expect([reply.status, told.length, errors.length]).toEqual([418, 1, 0])
      expect(JSON.parse(reply.body)).toEqual({ code: told[0]?.code, path: "/" })
      expect(reply.headers["www-authenticate"]).toMatch(/^Bearer realm="jwt-auth"/)
      expect(reply.headers).not.toHaveProperty("vary")
    })

    it("may answer later", async () => {
      const { app } = build(async (denial, c) => {
        await new Promise((resolve) => setImmediate(resolve))
        return c.text("later", denial.status)
      })
      const reply = await ask(app, { headers })
      expect([reply.status, reply.body]).toEqual([401, "later"])
    })

    it("may answer with a Response that nobody may change, and it keeps what was set before", async () => {
      const auth = jwtAuth(twoConsumers, { onDeny: () => Response.redirect("https://login.example/") })
      const app = new Hono()
        .use(async (c, next) => {
          c.header("X-Id", "7")
          await next()
          c.header("X-After", "8")
        })
        .use(auth)
        .all("*", unreachable)
      const reply = await ask(app, { headers })
      expect(reply.status).toBe(302)
      expect(reply.headers).toMatchObject({ location: "https://login.example/", "x-after": "8" })
    })

    it.each([
      ["throws", (error: Error) => () => expectThrown(error)],
      ["rejects with", (error: Error) => async () => expectThrown(error)],
    ] as const)("what it %s comes to onError, once and as it is", async (_way, make) => {
      const error = new HTTPException(499 as 400, { message: "mine" })
      const { app, errors } = build(make(error))
      expect((await ask(app, { headers })).body).toBe("handled")
      expect(errors).toHaveLength(1)
      expect(errors[0]).toBe(error)
    })

    it.each([undefined, null, false, true, 0, "", "next", {}, () => {}])(
      "returning %j is no answer: an error, and never a passage, in a chain of handlers",
      async (value) => {
        for (const onDeny of [() => value, async () => value]) {
          const { app, errors } = build(onDeny as never)
          expect((await ask(app, { headers })).body).toBe("handled")
          expect(errors).toEqual([expect.any(Error)])
        }
      },
    )

    it("returning nothing never reaches a handler where the middleware stands alone, either", async () => {
      const app = new Hono().all("*", jwtAuth(twoConsumers, { onDeny: (() => {}) as never }))
      app.notFound((c) => c.text("a page of the app's", 200 as 404))
      app.onError((_error, c) => c.text("handled", 500))
      expect((await ask(app, { headers })).status).toBe(500)
    })
  })

  it("is not called for an allow, nor for a pass", async () => {
    const auth = jwtAuth(twoConsumers, { onDeny: () => expectThrown(new Error("called")) })
    const app = new Hono().get("/", auth.optional(), (c) => c.text("in"))
    expect((await ask(app)).body).toBe("in")
    expect((await ask(app, { headers: bearer("web") })).body).toBe("in")
  })

  it("is called for the verbs too", async () => {
    const auth = jwtAuth(twoConsumers, { onDeny: ({ code }, c) => c.text(code, 418) })
    const app = new Hono()
      .get("/allow", auth.allow("web"), unreachable)
      .get("/scopes", auth.require({ scopes: ["read"] }), unreachable)
    const headers = bearer("partner")
    expect((await ask(app, { path: "/allow", headers })).body).toBe("access_denied")
    expect((await ask(app, { path: "/scopes", headers })).body).toBe("insufficient_scope")
  })

  it("sees the request as the client sent it, and no identity", async () => {
    const seen: unknown[] = []
    const auth = jwtAuth(twoConsumers, {
      onDeny: (_denial, c) => {
        seen.push(c.req.query("access_token"), c.get("auth"), auth.get(c))
        return c.text("no", 401)
      },
    })
    await ask(new Hono().use(auth).all("*", unreachable), { path: "/?access_token=x.y.z" })
    expect(seen).toEqual(["x.y.z", undefined, undefined])
  })
})

function expectThrown(error: Error): never {
  throw error
}
