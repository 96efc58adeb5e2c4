import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, askRaw, bearer, echo, twoConsumers, unreachable, versions } from "./apps.js"

const preflight = {
  origin: "https://app.example",
  "access-control-request-method": "DELETE",
  "access-control-request-headers": "authorization",
}

describe.each(versions)("HEAD on $version", ({ express }) => {
  it("is refused with the headers of the refusal, and without a body", async () => {
    const app = express().use(jwtAuth(twoConsumers)).use(unreachable)
    const answer = await askRaw(app, ["HEAD / HTTP/1.1", "Host: a"])
    const [head = "", body] = answer.split("\r\n\r\n")
    expect(head).toMatch(/^HTTP\/1\.1 401 /)
    expect(head).toContain(`Content-Length: ${"Jwt missing".length}`)
    expect(head).toContain('WWW-Authenticate: Bearer realm="jwt-auth"')
    expect(body).toBe("")
  })

  it("has the same headers as GET when it is refused", async () => {
    const app = express().use(jwtAuth(twoConsumers)).use(unreachable)
    const [head, get] = [await ask(app, { method: "HEAD" }), await ask(app)]
    expect({ ...head.headers, date: "" }).toEqual({ ...get.headers, date: "" })
  })

  it("with a token comes to the GET handler", async () => {
    const app = express().use(jwtAuth(twoConsumers)).get("/", echo)
    const reply = await ask(app, { method: "HEAD", headers: bearer("web") })
    expect([reply.status, reply.body]).toEqual([200, ""])
  })

  it("is refused by a rule for GET: a router answers it by the GET handler", async () => {
    const rules = [{ match: { path: "/x", method: "GET" }, allow: ["web"] }]
    const app = express()
      .use(jwtAuth({ ...twoConsumers, global_auth: false, rules }))
      .all("/x", echo)
    expect((await ask(app, { method: "HEAD", path: "/x" })).status).toBe(401)
    expect((await ask(app, { method: "HEAD", path: "/x", headers: bearer("partner") })).status).toBe(403)
    expect((await ask(app, { method: "HEAD", path: "/x", headers: bearer("web") })).status).toBe(200)
    expect((await ask(app, { method: "POST", path: "/x" })).status).toBe(200)
  })

  it("is public under a public rule for GET", async () => {
    const rules = [{ match: { path: "/x", method: "GET" }, public: true as const }]
    const app = express()
      .use(jwtAuth({ ...twoConsumers, rules }))
      .all("/x", echo)
    expect((await ask(app, { method: "HEAD", path: "/x" })).status).toBe(200)
    expect((await ask(app, { method: "POST", path: "/x" })).status).toBe(401)
  })
})

describe.each(versions)("OPTIONS on $version", ({ express }) => {
  const answer = (config: object) =>
    express()
      .use(jwtAuth({ ...twoConsumers, ...config }))
      .options("/", (req, res) => {
        res.status(204).set("X-Consumer-Seen", String(req.headers["x-mse-consumer"])).end()
      })

  it("a preflight passes without a token under bypass_cors_preflight, and without an identity", async () => {
    const headers = { ...preflight, "X-Mse-Consumer": "root" }
    const reply = await ask(answer({ bypass_cors_preflight: true }), { method: "OPTIONS", headers })
    expect([reply.status, reply.headers["x-consumer-seen"]]).toEqual([204, "undefined"])
  })

  it("a preflight passes per-route verbs too, under bypass_cors_preflight", async () => {
    const auth = jwtAuth({ ...twoConsumers, bypass_cors_preflight: true })
    const app = express()
      .use(auth)
      .options("/", auth.allow("web"), (_req, res) => void res.status(204).end())
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
    expect((await ask(app, { method: "OPTIONS", headers })).status).toBe(401)
    expect((await ask(app, { method: "OPTIONS", headers: { ...headers, ...bearer("web") } })).status).toBe(
      204,
    )
  })

  it("another method with the headers of a preflight is no preflight", async () => {
    const app = express()
      .use(jwtAuth({ ...twoConsumers, bypass_cors_preflight: true }))
      .use(unreachable)
    for (const method of ["GET", "POST", "DELETE"])
      expect((await ask(app, { method, headers: preflight })).status).toBe(401)
  })
})
