import type { Denial } from "@jwt-auth/core"
import cors from "@koa/cors"
import { describe, expect, it } from "vitest"
import { jwtAuth, type KoaOptions } from "../src/index.js"
import { ask, bearer, twoConsumers, unreachable, versions } from "./apps.js"

type OnDeny = NonNullable<KoaOptions["onDeny"]>

const refused = [
  { when: "no token", headers: {} },
  { when: "a bad token", headers: bearer("stranger") },
]

describe.each(versions)("an onDeny that throws on $version", ({ Koa }) => {
  const build = (onDeny: OnDeny) => {
    const errors: unknown[] = []
    const app = new Koa().use(jwtAuth(twoConsumers, { onDeny })).use(unreachable)
    app.on("error", (error) => errors.push(error))
    return { app, errors }
  }

  describe.each(refused)("with $when", ({ headers }) => {
    it("ctx.throw(status, message, props) gives Koa's own error response, headers and code with it", async () => {
      const { app, errors } = build(({ status, message, code, headers }, ctx) =>
        ctx.throw(status, message, { code, headers }),
      )
      const reply = await ask(app, { headers })
      expect([reply.status, reply.headers["content-type"]]).toEqual([401, "text/plain; charset=utf-8"])
      expect(reply.body).toMatch(/^Jwt (missing|verification fails)$/)
      expect(reply.headers["www-authenticate"]).toMatch(/^Bearer realm="jwt-auth"/)
      expect(errors).toMatchObject([{ status: 401, expose: true, code: expect.stringMatching(/^jwt_/) }])
    })

    it.each<[string, (error: Error) => OnDeny]>([
      [
        "throws",
        (error) => () => {
          throw error
        },
      ],
      ["rejects with", (error) => () => Promise.reject(error)],
    ])("what it %s comes to the app's error listener, once and as it is", async (_what, of) => {
      const error = new Error("mine")
      const { app, errors } = build(of(error))
      expect((await ask(app, { headers })).status).toBe(500)
      expect(errors).toHaveLength(1)
      expect(errors[0]).toBe(error)
    })

    it("what it throws can be caught by a middleware before us", async () => {
      const auth = jwtAuth(twoConsumers, {
        onDeny: (denial) => {
          throw Object.assign(new Error(denial.message), denial)
        },
      })
      const app = new Koa()
        .use(async (ctx, next) => {
          try {
            await next()
          } catch (error) {
            const { status, code } = error as Denial
            ctx.status = status
            ctx.body = `page for ${code}`
          }
        })
        .use(auth)
        .use(unreachable)
      const reply = await ask(app, { headers })
      expect([reply.status, reply.body]).toEqual([401, expect.stringMatching(/^page for jwt_/)])
    })

    it("a thrown denial keeps the headers of @koa/cors, as any error does", async () => {
      const ways: readonly OnDeny[] = [
        (denial) => {
          throw Object.assign(new Error(denial.message), denial)
        },
        ({ status, message, ...props }, ctx) => ctx.throw(status, message, props),
      ]
      for (const onDeny of ways) {
        const app = new Koa().use(cors()).use(jwtAuth(twoConsumers, { onDeny })).use(unreachable)
        app.silent = true
        const reply = await ask(app, { headers: { ...headers, origin: "https://app.example" } })
        expect(reply.status).toBe(401)
        expect(reply.headers).toMatchObject({ "access-control-allow-origin": "*", vary: "Origin" })
        expect(reply.headers["www-authenticate"]).toMatch(/^Bearer/)
      }
    })

    it.each([0, "", false, "next"])("throwing %j lets nothing through", async (value) => {
      const ways: readonly OnDeny[] = [
        () => {
          throw value
        },
        () => Promise.reject(value),
      ]
      for (const way of ways) {
        const { app, errors } = build(way)
        expect((await ask(app, { headers })).status).toBe(500)
        expect(errors).toEqual([expect.any(Error)])
      }
    })
  })

  it.each([undefined, null])(
    "%j is an error all the same: Koa would leave the client waiting",
    async (value) => {
      const caught: unknown[] = []
      const ways: readonly OnDeny[] = [
        () => {
          throw value
        },
        () => Promise.reject(value),
      ]
      for (const onDeny of ways) {
        const app = new Koa()
          .use(async (ctx, next) => {
            await next().catch((error) => caught.push(error))
            ctx.status = 500
          })
          .use(jwtAuth(twoConsumers, { onDeny }))
          .use(unreachable)
        expect((await ask(app)).status).toBe(500)
      }
      expect(caught).toEqual([expect.any(Error), expect.any(Error)])
    },
  )
})
