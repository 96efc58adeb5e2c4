import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, echo, onNode, tokenOf, twoConsumers, unreachable, ways } from "./apps.js"

const preflight = {
  origin: "https://app.example",
  "access-control-request-method": "DELETE",
  "access-control-request-headers": "authorization",
}

describe.each(ways)("methods through $way", ({ ask }) => {
  it("HEAD with a token comes to the GET handler, and has no body", async () => {
    const app = new Hono().use(jwtAuth(twoConsumers)).get("/", echo)
    const reply = await ask(app, { method: "HEAD", headers: bearer("web") })
    expect([reply.status, reply.body]).toEqual([200, ""])
  })

  it("HEAD is refused by a rule for GET: Hono answers it by the GET handler", async () => {
    const rules = [{ match: { path: "/x", method: "GET" }, allow: ["web"] }]
    const app = new Hono().use(jwtAuth({ ...twoConsumers, global_auth: false, rules })).all("/x", echo)
    expect((await ask(app, { method: "HEAD", path: "/x" })).status).toBe(401)
    expect((await ask(app, { method: "HEAD", path: "/x", headers: bearer("partner") })).status).toBe(403)
    expect((await ask(app, { method: "HEAD", path: "/x", headers: bearer("web") })).status).toBe(200)
    expect((await ask(app, { method: "POST", path: "/x" })).status).toBe(200)
  })

  it("a preflight passes under bypass_cors_preflight, verbs included, and without an identity", async () => {
    const auth = jwtAuth({ ...twoConsumers, bypass_cors_preflight: true })
    const app = new Hono().use(auth).options("/", auth.allow("web"), echo)
    const reply = await ask(app, { method: "OPTIONS", headers: { ...preflight, "X-Mse-Consumer": "root" } })
    expect([reply.status, reply.seen.consumer]).toEqual([200, undefined])
    expect(reply.body).not.toContain("root")
  })

  it("a preflight is refused when nothing is said about preflights", async () => {
    const app = new Hono().use(jwtAuth(twoConsumers)).options("/", unreachable)
    expect((await ask(app, { method: "OPTIONS", headers: preflight })).status).toBe(401)
  })

  it.each([
    ["OPTIONS", "without Origin", { "access-control-request-method": "DELETE" }],
    ["OPTIONS", "without Access-Control-Request-Method", { origin: "https://app.example" }],
    ["OPTIONS", "with nothing but OPTIONS", {}],
    ["GET", "with another method", preflight],
    ["DELETE", "with another method", preflight],
  ])("%s %s is no preflight, and needs a token", async (method, _what, headers) => {
    const app = new Hono().use(jwtAuth({ ...twoConsumers, bypass_cors_preflight: true })).all("/", echo)
    expect((await ask(app, { method, headers })).status).toBe(401)
    expect((await ask(app, { method, headers: { ...headers, ...bearer("web") } })).status).toBe(200)
  })
})

describe("methods that only Node's server hands over", () => {
  it.each(["TRACE", "PROPFIND", "QUERY", "LOCK"])(
    "%s loses its token like any other, wherever it stood",
    async (method) => {
      const consumers = [consumer("web", { from_params: ["t"], keep_token: false })]
      const app = new Hono().use(jwtAuth({ global_auth: true, consumers })).all("*", (c) => c.text(c.req.url))
      const reply = await onNode.ask(app, { method, path: `/x?a=1&t=${tokenOf("web")}` })
      expect([reply.status, reply.body]).toEqual([200, "http://127.0.0.1/x?a=1"])
      expect((await onNode.ask(app, { method, path: "/x" })).status).toBe(401)
    },
  )
})
