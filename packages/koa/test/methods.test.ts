import cors from "@koa/cors"
import Router from "@koa/router"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, askRaw, bearer, echo, twoConsumers, unreachable, versions } from "./apps.js"

const preflight = {
  origin: "https://app.example",
  "access-control-request-method": "DELETE",
  "access-control-request-headers": "authorization",
}

describe.each(versions)("HEAD on $version", ({ Koa }) => {
  it("is refused with the headers of the refusal, and without a body", async () => {
    const app = new Koa().use(jwtAuth(twoConsumers)).use(unreachable)
    const answer = await askRaw(app, ["HEAD / HTTP/1.1", "Host: a"])
    const [head = "", body] = answer.split("\r\n\r\n")
    expect(head).toMatch(/^HTTP\/1\.1 401 /)
    expect(head).toContain(`Content-Length: ${"Jwt missing".length}`)
    expect(head).toContain('WWW-Authenticate: Bearer realm="jwt-auth"')
    expect(body).toBe("")
  })

  it("has the same headers as GET when it is refused", async () => {
    const app = new Koa().use(jwtAuth(twoConsumers)).use(unreachable)
    const [head, get] = [await ask(app, { method: "HEAD" }), await ask(app)]
    expect({ ...head.headers, date: "" }).toEqual({ ...get.headers, date: "" })
  })

  it("is refused by a verb and by a rule for GET: a router answers it by the GET handler", async () => {
    const rules = [{ match: { path: "/x", method: "GET" }, allow: ["web"] }]
    const auth = jwtAuth({ ...twoConsumers, global_auth: false, rules })
    const router = new Router().get("/x", echo).post("/x", echo).get("/verb", auth.allow("web"), echo)
    const app = new Koa().use(auth).use(router.routes())
    const statusOf = async (method: string, path: string, headers = {}) =>
      (await ask(app, { method, path, headers })).status
    for (const path of ["/x", "/verb"]) {
      expect(await statusOf("HEAD", path)).toBe(401)
      expect(await statusOf("HEAD", path, bearer("partner"))).toBe(403)
      expect(await statusOf("HEAD", path, bearer("web"))).toBe(200)
    }
    expect(await statusOf("POST", "/x")).toBe(200)
  })

  it("is public under a public rule for GET", async () => {
    const rules = [{ match: { path: "/x", method: "GET" }, public: true as const }]
    const app = new Koa().use(jwtAuth({ ...twoConsumers, rules })).use(echo)
    expect((await ask(app, { method: "HEAD", path: "/x" })).status).toBe(200)
    expect((await ask(app, { method: "POST", path: "/x" })).status).toBe(401)
  })
})

describe.each(versions)("OPTIONS on $version", ({ Koa }) => {
  const answer = (config: object) =>
    new Koa().use(jwtAuth({ ...twoConsumers, ...config })).use((ctx) => {
      ctx.status = 204
      ctx.set("X-Consumer-Seen", ctx.get("X-Mse-Consumer") || "none")
    })

  it("a preflight passes without a token under bypass_cors_preflight, and without an identity", async () => {
    const headers = { ...preflight, "X-Mse-Consumer": "root" }
    const reply = await ask(answer({ bypass_cors_preflight: true }), { method: "OPTIONS", headers })
    expect([reply.status, reply.headers["x-consumer-seen"]]).toEqual([204, "none"])
  })

  it("a preflight passes per-route verbs too, under bypass_cors_preflight", async () => {
    const auth = jwtAuth({ ...twoConsumers, bypass_cors_preflight: true })
    const router = new Router().options("/", auth.allow("web"), (ctx) => {
      ctx.status = 204
    })
    const app = new Koa().use(auth).use(router.routes())
    expect((await ask(app, { method: "OPTIONS", headers: preflight })).status).toBe(204)
  })

  it("a preflight is refused when nothing is said about preflights", async () => {
    expect((await ask(answer({}), { method: "OPTIONS", headers: preflight })).status).toBe(401)
  })

  it.each([
    ["without Origin", { "access-control-request-method": "DELETE" }],
    ["without Access-Control-Request-Method", { origin: "https://app.example" }],
    ["with nothing but OPTIONS", {}],
  ])("%s it is no preflight, and needs a token", async (_what, headers) => {
    const app = answer({ bypass_cors_preflight: true })
    const reply = (more: object) => ask(app, { method: "OPTIONS", headers: { ...headers, ...more } })
    expect((await reply({})).status).toBe(401)
    expect((await reply(bearer("web"))).status).toBe(204)
  })

  it("another method with the headers of a preflight is no preflight", async () => {
    const app = new Koa().use(jwtAuth({ ...twoConsumers, bypass_cors_preflight: true })).use(unreachable)
    for (const method of ["GET", "POST", "DELETE"])
      expect((await ask(app, { method, headers: preflight })).status).toBe(401)
  })

  it("@koa/cors before us answers the preflight itself; another OPTIONS it leaves to us", async () => {
    const app = new Koa().use(cors()).use(jwtAuth(twoConsumers)).use(unreachable)
    const answered = await ask(app, { method: "OPTIONS", headers: preflight })
    expect([answered.status, answered.headers["access-control-allow-headers"]]).toEqual([
      204,
      "authorization",
    ])
    expect((await ask(app, { method: "OPTIONS" })).status).toBe(401)
  })

  it("router.allowedMethods() behind us answers nobody who was refused", async () => {
    const router = new Router().get("/x", echo)
    const app = new Koa().use(jwtAuth(twoConsumers)).use(router.routes()).use(router.allowedMethods())
    const refused = await ask(app, { method: "OPTIONS", path: "/x" })
    expect([refused.status, refused.headers.allow]).toEqual([401, undefined])
    const known = await ask(app, { method: "OPTIONS", path: "/x", headers: bearer("web") })
    expect([known.status, known.headers.allow]).toEqual([200, "HEAD, GET"])
  })
})

describe.each(versions)("router.allowedMethods() before us on $version", ({ Koa }) => {
  it("leaves the refusal of a verb as it is", async () => {
    const auth = jwtAuth(twoConsumers)
    const router = new Router().get("/x", auth.allow("web"), unreachable)
    const app = new Koa().use(router.allowedMethods()).use(router.routes())
    const reply = await ask(app, { path: "/x", headers: bearer("partner") })
    expect([reply.status, reply.body]).toEqual([403, "Access Denied"])
  })
})
