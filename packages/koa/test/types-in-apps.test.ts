import type { Auth } from "@jwt-auth/core"
import cors from "@koa/cors"
import Router, { type RouterMiddleware } from "@koa/router"
import Koa, { type Context, type Middleware } from "koa"
import mount from "koa-mount"
import { describe, expect, expectTypeOf, it } from "vitest"
import { type JwtAuthMiddleware, type JwtAuthState, jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, twoConsumers } from "./apps.js"

// `tsc -p tsconfig.json` is what holds these: each line is wrong for the compiler when its rule is broken.

const auth = jwtAuth({ global_auth: true, consumers: [consumer("web")] })

describe("ctx.state", () => {
  it("knows auth behind app.use(auth), along the chain", async () => {
    const app = new Koa().use(auth).use((ctx) => {
      expectTypeOf(ctx.state.auth).toEqualTypeOf<Auth | undefined>()
      // @ts-expect-error an anonymous request has no identity
      ctx.body = ctx.state.auth.consumer
    })
    expect((await ask(app, { headers: bearer("web") })).body).toBe("web")
  })

  it("knows it in an app that is declared with JwtAuthState, statement by statement", async () => {
    const app = new Koa<JwtAuthState>()
    app.use(auth)
    app.use((ctx) => {
      expectTypeOf(ctx.state).toEqualTypeOf<JwtAuthState>()
      ctx.body = ctx.state.auth?.consumer
      // @ts-expect-error nothing else is there
      expectTypeOf(ctx.state.user)
    })
    expect((await ask(app, { headers: bearer("web") })).body).toBe("web")
  })

  it("knows it next to the state of the app's own and of other middlewares", async () => {
    interface Own {
      requestId: string
    }
    const stamp: Middleware<Own> = (ctx, next) => {
      ctx.state.requestId = "r1"
      return next()
    }
    const app = new Koa<Own>()
      .use(cors())
      .use(stamp)
      .use(auth)
      .use(auth.any())
      .use((ctx) => {
        expectTypeOf(ctx.state.requestId).toBeString()
        expectTypeOf(ctx.state.auth).toEqualTypeOf<Auth | undefined>()
        ctx.body = [ctx.state.requestId, ctx.state.auth?.consumer]
      })
    expect((await ask(app, { headers: bearer("web") })).body).toBe('["r1","web"]')
  })

  it("knows it in a Router<JwtAuthState>, where params stay what they are", async () => {
    const router = new Router<JwtAuthState>()
    router.get("/users/:id", auth.allow("web"), (ctx) => {
      expectTypeOf(ctx.state.auth).toEqualTypeOf<Auth | undefined>()
      expectTypeOf(ctx.params).toEqualTypeOf<Record<string, string>>()
      ctx.body = [ctx.params["id"], ctx.state.auth?.consumer]
    })
    const app = new Koa().use(router.routes())
    expect((await ask(app, { path: "/users/7", headers: bearer("web") })).body).toBe('["7","web"]')
  })
})

describe("in an app", () => {
  it("every verb fits where Koa, its router and koa-mount take a middleware", async () => {
    const app = new Koa()
    const router = new Router({ prefix: "/r" })
    router.use(auth.optional())
    router.post("/x", auth.require({ scopes: ["write"] }), (ctx) => {
      ctx.body = "written"
    })
    router.all("/all", auth.any(), auth.route("r"), (ctx) => {
      ctx.body = "all"
    })
    router.get("named", "/x", auth.allow("web"), (ctx) => {
      ctx.body = auth.get(ctx)?.consumer
    })
    app.use(mount("/mounted", auth))
    app.use(mount("/app", new Koa().use(auth)))
    app.use(router.routes()).use(router.allowedMethods())
    const middlewares: Middleware<JwtAuthState>[] = [auth, auth.any(), auth.allow("web")]
    const plain: Middleware[] = [auth, auth.any()]
    const routed: RouterMiddleware[] = [auth, auth.any()]
    expect([...middlewares, ...plain, ...routed].every((one) => typeof one === "function")).toBe(true)
    expectTypeOf(auth.any()).toEqualTypeOf<JwtAuthMiddleware>()
    expect((await ask(app, { path: "/r/x", headers: bearer("web") })).body).toBe("web")
  })

  it("may be called by hand in a middleware of the app's", async () => {
    const app = new Koa().use((ctx, next) => (ctx.path === "/open" ? next() : auth(ctx, next)))
    expect((await ask(app)).status).toBe(401)
  })

  it("onDeny has the types of Koa", () => {
    jwtAuth(twoConsumers, {
      onDeny: (denial, ctx) => {
        expectTypeOf(denial.status).toEqualTypeOf<401 | 403 | 503>()
        expectTypeOf(ctx).toEqualTypeOf<Context>()
        ctx.throw(denial.status, denial.message, { headers: denial.headers })
      },
    })
    // @ts-expect-error there is no such denial
    expect(() => jwtAuth(twoConsumers, { onDeny: ({ code }) => code === "jwt_bad" })).not.toThrow()
  })
})
