import type { Context } from "koa"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, askRaw, bearer, consumer, echo, tokenOf, twoConsumers, versions } from "./apps.js"

const rulesFor = (path: string) => ({
  ...twoConsumers,
  global_auth: false,
  rules: [{ match: { path }, allow: ["web"] }],
})

describe.each(versions)("a target that was rewritten before us on $version", ({ Koa }) => {
  const behind = (change: (ctx: Context) => unknown, path = "/admin") =>
    new Koa()
      .use((ctx, next) => {
        change(ctx)
        return next()
      })
      .use(jwtAuth(rulesFor(path)))
      .use(echo)

  it.each<[string, (ctx: Context) => unknown]>([
    ["ctx.url", (ctx) => Object.assign(ctx, { url: "/public" })],
    ["ctx.path", (ctx) => Object.assign(ctx, { path: "/public" })],
    ["ctx.req.url", (ctx) => Object.assign(ctx.req, { url: "/public" })],
  ])("by %s: moves no request past a rule for what the client asked for", async (_what, change) => {
    expect((await ask(behind(change), { path: "/admin" })).status).toBe(401)
    expect((await ask(behind(change), { path: "/admin", headers: bearer("web") })).seen.url).toBe("/public")
  })

  it("keeps its rewritten path when a token is stripped from the query", async () => {
    const consumers = [consumer("web", { from_params: ["t"], keep_token: false })]
    const app = new Koa()
      .use((ctx, next) => {
        ctx.path = `/v2${ctx.path}`
        return next()
      })
      .use(jwtAuth({ global_auth: true, consumers }))
      .use(echo)
    expect((await ask(app, { path: `/x?a=1&t=${tokenOf("web")}` })).seen.url).toBe("/v2/x?a=1")
  })

  it("loses the token also when ctx.query was assigned, which writes the query anew", async () => {
    const consumers = [consumer("web", { from_params: ["t"], keep_token: false })]
    const app = new Koa()
      .use((ctx, next) => {
        ctx.query = { page: "1", ...ctx.query }
        return next()
      })
      .use(jwtAuth({ global_auth: true, consumers }))
      .use(echo)
    const token = tokenOf("web")
    const { seen } = await ask(app, { path: `/?a=b&t=${token}` })
    expect([seen.url, seen.query]).toEqual(["/?page=1&a=b", { page: "1", a: "b" }])
  })

  it("an absolute request target is refused as its path is, whatever host it names", async () => {
    const app = new Koa().use(jwtAuth(rulesFor("/admin"))).use(echo)
    const path = "http://other.example/admin"
    expect((await ask(app, { path })).status).toBe(401)
    expect((await ask(app, { path, headers: bearer("web") })).status).toBe(200)
  })

  it.each([
    "/admin#x",
    "/admin?x#y",
    "http://h/admin",
    "HTTP://h:80/admin?x",
    "http://u:p@h/admin",
    "a://h/admin",
  ])("the target %s is /admin to Koa, and to the rules", async (target) => {
    const app = new Koa().use(jwtAuth(rulesFor("/admin"))).use((ctx) => {
      ctx.body = ctx.path
    })
    const { authorization } = bearer("web")
    const lines = [`GET ${target} HTTP/1.1`, "Host: h"]
    expect(await askRaw(app, lines)).toMatch(/^HTTP\/1.1 401 /)
    expect(await askRaw(app, [...lines, `Authorization: ${authorization}`])).toMatch(/\r\n\r\n\/admin$/)
  })
})
