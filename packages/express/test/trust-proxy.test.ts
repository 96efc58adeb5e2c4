import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, askRaw, bearer, echo, twoConsumers, versions } from "./apps.js"

const restricted = {
  ...twoConsumers,
  global_auth: false,
  rules: [{ match: { domain: "admin.example" }, allow: ["web"] }],
}
const opened = {
  ...twoConsumers,
  rules: [{ match: { domain: "open.example" }, public: true as const }],
}

describe.each(versions)("domain rules on $version", ({ express }) => {
  const build = (config: typeof restricted | typeof opened, trust: unknown) =>
    express().set("trust proxy", trust).use(jwtAuth(config)).use(echo)

  it("without trust proxy X-Forwarded-Host is ignored, in both directions", async () => {
    const away = { "X-Forwarded-Host": "other.example" }
    expect((await ask(build(restricted, false), { host: "admin.example", headers: away })).status).toBe(401)
    const into = { "X-Forwarded-Host": "open.example" }
    expect((await ask(build(opened, false), { host: "admin.example", headers: into })).status).toBe(401)
    expect((await ask(build(opened, false), { host: "open.example", headers: away })).status).toBe(200)
  })

  it("with trust proxy it counts, as Express reads it: the first of several", async () => {
    const app = build(restricted, true)
    const forwarded = (host: string) => ({ host: "127.0.0.1", headers: { "X-Forwarded-Host": host } })
    expect((await ask(app, forwarded("admin.example"))).status).toBe(401)
    expect((await ask(app, forwarded("admin.example:8443, other.example"))).status).toBe(401)
    expect((await ask(app, forwarded("other.example"))).status).toBe(200)
    expect((await ask(app, { host: "admin.example" })).status).toBe(401)
  })

  it("a proxy that the app does not trust is not believed", async () => {
    const app = build(opened, "10.0.0.0/8")
    expect((await ask(app, { headers: { "X-Forwarded-Host": "open.example" } })).status).toBe(401)
    const near = build(opened, "loopback")
    expect((await ask(near, { headers: { "X-Forwarded-Host": "open.example" } })).status).toBe(200)
  })

  it("a mounted app has the trust that Express gives it", async () => {
    const inner = express().use(jwtAuth(opened)).use(echo)
    const app = express().set("trust proxy", true).use("/sub", inner)
    const headers = { "X-Forwarded-Host": "open.example" }
    expect((await ask(app, { path: "/sub", headers })).status).toBe(200)
    expect((await ask(express().use("/sub", inner), { path: "/sub", headers })).status).toBe(401)
  })

  it("port, case and a trailing dot of the host do not matter", async () => {
    const app = build(restricted, false)
    for (const host of ["ADMIN.example", "admin.example:8443", "admin.example.", "admin.EXAMPLE.:80"])
      expect((await ask(app, { host })).status).toBe(401)
  })

  it("a request without a Host is under no public rule that names a domain", async () => {
    const answer = await askRaw(build(opened, false), ["GET / HTTP/1.0"])
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  })

  // `req.hostname` is whatever stands before the first colon, and so makes a host of anything.
  it.each(["open.example:80:admin.example", "open.example:x@admin.example", "open.example:80/admin.example"])(
    "Host: %s is no host: under no public rule for what it begins with, under every restricting rule",
    async (host) => {
      expect((await ask(build(opened, false), { host })).status).toBe(401)
      expect((await ask(build(restricted, false), { host })).status).toBe(401)
    },
  )

  it.each([
    ["X-Forwarded-Method", "OPTIONS"],
    ["X-HTTP-Method-Override", "OPTIONS"],
    ["X-Original-URL", "/open"],
    ["X-Rewrite-URL", "/open"],
    ["X-Forwarded-Uri", "/open"],
    ["X-Forwarded-Path", "/open"],
    ["X-Forwarded-Prefix", "/open"],
    ["Forwarded", "host=open.example"],
    ["X-Forwarded-Server", "open.example"],
    ["X-Original-Host", "open.example"],
  ])("%s opens nothing, trust proxy or not", async (name, value) => {
    const rules = [
      { match: { path: "/open" }, public: true as const },
      { match: { method: "OPTIONS" }, public: true as const },
      ...opened.rules,
    ]
    for (const trust of [false, true]) {
      const app = express().set("trust proxy", trust)
      app.use(jwtAuth({ ...twoConsumers, rules })).use(echo)
      const headers = { [name]: value }
      expect((await ask(app, { path: "/closed", headers })).status).toBe(401)
      expect((await ask(app, { path: "/closed", headers: { ...headers, ...bearer("web") } })).status).toBe(
        200,
      )
    }
  })
})
