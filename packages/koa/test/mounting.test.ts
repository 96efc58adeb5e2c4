import Router from "@koa/router"
import type { Context, Next } from "koa"
import mount from "koa-mount"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"

const rulesFor = (path: string) => ({
  ...twoConsumers,
  global_auth: false,
  rules: [{ match: { path }, allow: ["web"] }],
})

describe.each(versions)("mounted by koa-mount on $version", ({ Koa }) => {
  it("mount('/api', auth) guards what is under it, and nothing else", async () => {
    const app = new Koa().use(mount("/api", jwtAuth(twoConsumers))).use(echo)
    expect((await ask(app, { path: "/api" })).status).toBe(401)
    expect((await ask(app, { path: "/api/orders" })).status).toBe(401)
    expect((await ask(app, { path: "/apis" })).status).toBe(200)
    expect((await ask(app, { path: "/api/orders", headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("rules see the path that the client asked for, not what is left of it under a mount", async () => {
    const inner = new Koa().use(jwtAuth(rulesFor("/api/admin/*"))).use(echo)
    const app = new Koa().use(mount("/api", inner))
    const path = "/api/admin/users?a=1"
    expect((await ask(app, { path })).status).toBe(401)
    expect((await ask(app, { path, headers: bearer("partner") })).status).toBe(403)
    const { seen } = await ask(app, { path, headers: bearer("web") })
    expect([seen.consumer, seen.url, seen.originalUrl]).toEqual(["web", "/admin/users?a=1", path])
    expect((await ask(app, { path: "/api/other" })).status).toBe(200)
  })

  it("a rule for the path under the mount is about another path", async () => {
    const app = new Koa().use(mount("/api", jwtAuth(rulesFor("/admin/*")))).use(echo)
    expect((await ask(app, { path: "/api/admin/users" })).status).toBe(200)
  })

  it("the identity of an outer app is there in a mounted one, and after it", async () => {
    const auth = jwtAuth(twoConsumers)
    const seen: unknown[] = []
    const note = (ctx: Context, next: Next) => {
      seen.push(auth.get(ctx)?.consumer, auth.get(ctx.req)?.consumer, ctx.state["auth"]?.consumer)
      return next()
    }
    const app = new Koa()
      .use(auth)
      .use(mount("/sub", new Koa().use(note)))
      .use(note)
      .use(echo)
    expect((await ask(app, { path: "/sub", headers: bearer("web") })).seen.consumer).toBe("web")
    expect(seen).toEqual(["web", "web", "web", "web", "web", "web"])
  })

  it("a token in the query is stripped under a mount, and stays stripped after it and before it", async () => {
    const auth = jwtAuth({
      global_auth: true,
      consumers: [consumer("web", { from_params: ["access_token"], keep_token: false })],
    })
    const seen: string[] = []
    const note = (ctx: Context, next: Next) => {
      seen.push(ctx.url)
      return next()
    }
    const app = new Koa()
      .use(async (ctx, next) => {
        await next()
        seen.push(ctx.url)
      })
      .use(mount("/api", new Koa().use(auth).use(note)))
      .use(echo)
    const token = tokenOf("web")
    const deep = await ask(app, { path: `/api/x?a=1&access_token=${token}&b=%20` })
    expect([deep.seen.url, deep.seen.query]).toEqual(["/api/x?a=1&b=%20", { a: "1", b: " " }])
    const root = await ask(app, { path: `/api?access_token=${token}` })
    expect([root.seen.url, root.seen.query]).toEqual(["/api", {}])
    expect(seen).toEqual(["/x?a=1&b=%20", "/api/x?a=1&b=%20", "/", "/api"])
  })

  it("an outer auth and one in a mounted app both decide on the request as sent", async () => {
    const strip = [consumer("web", { from_params: ["t"], keep_token: false })]
    const outer = jwtAuth({ global_auth: true, consumers: strip })
    const inner = new Koa().use(jwtAuth({ global_auth: true, consumers: strip })).use(echo)
    const app = new Koa().use(outer).use(mount("/sub", inner))
    const reply = await ask(app, { path: `/sub/x?t=${tokenOf("web")}&a=1` })
    expect([reply.seen.consumer, reply.seen.url]).toEqual(["web", "/x?a=1"])
  })
})

describe.each(versions)("@koa/router on $version", ({ Koa }) => {
  it("a prefix and nested routers: rules see the full path", async () => {
    const auth = jwtAuth(rulesFor("/v1/shop/orders/*"))
    const orders = new Router({ prefix: "/orders" }).use(auth).get("/:id", (ctx: Context) => {
      ctx.body = { id: ctx["params"].id, consumer: auth.get(ctx)?.consumer }
    })
    const shop = new Router({ prefix: "/v1" }).use("/shop", orders.routes())
    const app = new Koa().use(shop.routes())
    const path = "/v1/shop/orders/7?a=1"
    expect((await ask(app, { path })).status).toBe(401)
    expect((await ask(app, { path, headers: bearer("partner") })).status).toBe(403)
    expect((await ask(app, { path, headers: bearer("web") })).body).toBe('{"id":"7","consumer":"web"}')
  })

  it("router.use(auth) guards the routes behind it, and none before it", async () => {
    const auth = jwtAuth(twoConsumers)
    const router = new Router().get("/before", echo).use(auth).get("/behind", echo)
    const app = new Koa().use(router.routes())
    expect((await ask(app, { path: "/before" })).status).toBe(200)
    expect((await ask(app, { path: "/behind" })).status).toBe(401)
    expect((await ask(app, { path: "/behind", headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("a refusal of one of several routes that match stops them all", async () => {
    const auth = jwtAuth(twoConsumers)
    const router = new Router()
      .get("/items/:id", auth.allow("web"), (_ctx, next) => next())
      .get("/items/special", unreachable)
      .all("/{*rest}", unreachable)
    const app = new Koa().use(router.routes()).use(unreachable)
    expect((await ask(app, { path: "/items/special" })).status).toBe(401)
    expect((await ask(app, { path: "/items/special", headers: bearer("partner") })).status).toBe(403)
  })

  it("a param handler runs before the verb of its route, and a refusal keeps the route from running", async () => {
    const auth = jwtAuth(twoConsumers)
    const router = new Router()
      .param("id", (id, ctx, next) => {
        ctx["id"] = id
        return next()
      })
      .get("/:id", auth.allow("web"), unreachable)
    expect((await ask(new Koa().use(router.routes()), { path: "/7" })).status).toBe(401)
  })

  it.each(["/ADMIN", "/admin/", "/Admin/", "/admin?x", "//host/../admin"])(
    "%s never reaches the handler of /admin without a token",
    async (path) => {
      const router = new Router().get("/admin", unreachable)
      const app = new Koa().use(jwtAuth(rulesFor("/admin"))).use(router.routes())
      expect((await ask(app, { path })).status).toBe(401)
    },
  )

  it("a verb after a stripping app.use(auth) still sees the token, and params are typed as ever", async () => {
    const consumers = [
      consumer("web", { from_params: ["t"], keep_token: false }),
      consumer("partner", { from_params: ["t"], keep_token: false }),
    ]
    const auth = jwtAuth({ global_auth: true, consumers })
    const router = new Router().get("/orders/:id", auth.allow("web"), (ctx) => {
      ctx.body = [ctx.params["id"], ctx.url, auth.get(ctx)?.consumer]
    })
    const app = new Koa().use(auth).use(router.routes())
    expect((await ask(app, { path: `/orders/7?t=${tokenOf("web")}` })).body).toBe('["7","/orders/7","web"]')
    expect((await ask(app, { path: `/orders/7?t=${tokenOf("partner")}` })).status).toBe(403)
  })
})
