import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, type Sent, tokenOf, versions } from "./apps.js"

const configOf = (more: object) => ({ global_auth: true, consumers: [consumer("web", more)] })
const anywhere = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
  from_params: ["t"],
  from_cookies: ["t"],
}
const outside: readonly (readonly [string, (token: string) => Sent])[] = [
  ["a header of its own", (token) => ({ headers: { "x-token": token } })],
  ["the query", (token) => ({ path: `/?t=${token}` })],
  ["a cookie", (token) => ({ headers: { cookie: `t=${token}` } })],
]
const inQuery = () => ({ path: `/?t=${tokenOf("web")}` })

describe.each(versions)("Cache-Control on $version", ({ Koa }) => {
  it.each(outside)("is private when the token came in %s", async (_place, withToken) => {
    const app = new Koa().use(jwtAuth(configOf(anywhere))).use(echo)
    const reply = await ask(app, withToken(tokenOf("web")))
    expect([reply.status, reply.headers["cache-control"]]).toEqual([200, "private"])
  })

  it("is absent when the token came in Authorization and stays there: caches know that header", async () => {
    const app = new Koa().use(jwtAuth(configOf(anywhere))).use(echo)
    const reply = await ask(app, { headers: bearer("web") })
    expect(reply.status).toBe(200)
    expect(reply.headers).not.toHaveProperty("cache-control")
  })

  it("is private when the token came in Authorization and was stripped", async () => {
    const app = new Koa().use(jwtAuth(configOf({ keep_token: false }))).use(echo)
    expect((await ask(app, { headers: bearer("web") })).headers["cache-control"]).toBe("private")
  })

  it("is absent from a request that passes without an identity, whatever token it shows", async () => {
    const rules = [{ match: { path: "/open" }, public: true as const }]
    const auth = jwtAuth({ ...configOf({ ...anywhere, keep_token: false }), rules })
    const app = new Koa().use(auth).use(auth.optional()).use(echo)
    const reply = await ask(app, { path: "/open" })
    expect(reply.status).toBe(200)
    expect(reply.headers).not.toHaveProperty("cache-control")
    const shown = await ask(new Koa().use(auth).use(echo), { path: `/open?t=${tokenOf("web")}` })
    expect(shown.status).toBe(200)
    expect(shown.headers).not.toHaveProperty("cache-control")
  })

  it("does not replace what a middleware before us said", async () => {
    const app = new Koa()
      .use((ctx, next) => {
        ctx.set("cache-control", "no-store")
        return next()
      })
      .use(jwtAuth(configOf(anywhere)))
      .use(echo)
    expect((await ask(app, inQuery())).headers["cache-control"]).toBe("no-store")
  })

  it("can be replaced and removed by a handler, and on the way back out", async () => {
    const app = new Koa()
      .use(async (ctx, next) => {
        await next()
        if (ctx.path === "/out") ctx.set("Cache-Control", "no-cache")
      })
      .use(jwtAuth(configOf(anywhere)))
      .use((ctx) => {
        if (ctx.path === "/public") ctx.set("Cache-Control", "public, max-age=60")
        if (ctx.path === "/none") ctx.remove("Cache-Control")
        ctx.body = "x"
      })
    const of = async (name: string) =>
      (await ask(app, { path: `/${name}?t=${tokenOf("web")}` })).headers["cache-control"]
    expect([await of("public"), await of("none"), await of("out")]).toEqual([
      "public, max-age=60",
      undefined,
      "no-cache",
    ])
  })

  it("stays private when a second middleware allows too, and when a later one passes", async () => {
    const rules = [{ match: { route: "open" }, public: true as const }]
    const auth = jwtAuth({ ...configOf({ ...anywhere, keep_token: false }), rules })
    const app = new Koa().use(auth).use(auth.any()).use(auth.route("open")).use(echo)
    expect((await ask(app, inQuery())).headers["cache-control"]).toBe("private")
  })

  it("is private on a page that nobody has answered, and on one that a handler answers with a status", async () => {
    const app = new Koa().use(jwtAuth(configOf(anywhere)))
    const missing = await ask(app, inQuery())
    expect([missing.status, missing.headers["cache-control"]]).toEqual([404, "private"])
    const teapot = new Koa().use(jwtAuth(configOf(anywhere))).use((ctx) => {
      ctx.status = 418
    })
    expect((await ask(teapot, inQuery())).headers["cache-control"]).toBe("private")
  })

  it.each<[string, () => Error]>([
    ["a class of its own", () => Object.assign(new Error("x"), { headers: new Headers({ a: "1" }) })],
    ["a getter", () => Object.defineProperty(new Error("x"), "headers", { get: () => "own" })],
    ["a frozen error", () => Object.freeze(new Error("x"))],
  ])("leaves an error's headers alone when they are %s", async (_what, make) => {
    const error = make()
    const headers = (error as { headers?: unknown }).headers
    let caught: unknown
    const app = new Koa()
      .use((ctx, next) =>
        next().catch((thrown: unknown) => {
          caught = thrown
          ctx.status = 204
        }),
      )
      .use(jwtAuth(configOf(anywhere)))
      .use(() => {
        throw error
      })
    await ask(app, inQuery())
    expect(caught).toBe(error)
    expect((error as { headers?: unknown }).headers).toBe(headers)
  })
})
