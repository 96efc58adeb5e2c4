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
type Config = typeof restricted | typeof opened

describe.each(versions)("domain rules on $version", ({ Koa }) => {
  const build = (config: Config, proxy = false) => {
    const app = new Koa({ proxy }).use(jwtAuth(config)).use(echo)
    return {
      status: async (host: string, forwarded?: string) => {
        const headers = forwarded === undefined ? {} : { "X-Forwarded-Host": forwarded }
        return (await ask(app, { host, headers })).status
      },
      raw: async (...lines: string[]) => Number((await askRaw(app, lines)).split(" ")[1]),
    }
  }

  it("without app.proxy X-Forwarded-Host is ignored, in both directions", async () => {
    expect(await build(restricted).status("admin.example", "other.example")).toBe(401)
    expect(await build(opened).status("admin.example", "open.example")).toBe(401)
    expect(await build(opened).status("open.example", "other.example")).toBe(200)
  })

  it("with app.proxy it counts, as Koa reads it: the first of several", async () => {
    const { status } = build(restricted, true)
    expect(await status("127.0.0.1", "admin.example")).toBe(401)
    expect(await status("127.0.0.1", "admin.example:8443, other.example")).toBe(401)
    expect(await status("127.0.0.1", "other.example")).toBe(200)
    expect(await status("admin.example")).toBe(401)
    expect(await status("admin.example", "")).toBe(401)
  })

  it("app.proxy may be set later: it is the app's at the time of the request", async () => {
    const app = new Koa().use(jwtAuth(opened)).use(echo)
    const headers = { "X-Forwarded-Host": "open.example" }
    expect((await ask(app, { headers })).status).toBe(401)
    app.proxy = true
    expect((await ask(app, { headers })).status).toBe(200)
  })

  it("port, case and a trailing dot of the host do not matter", async () => {
    for (const host of ["ADMIN.example", "admin.example:8443", "admin.example.", "admin.EXAMPLE.:80"])
      expect(await build(restricted).status(host)).toBe(401)
  })

  it.each([
    "open.example:80:admin.example",
    "open.example:x@admin.example",
    "open.example:80@admin.example",
    "admin.example@open.example",
    "open.example:80/admin.example",
    "open.example, admin.example",
    "admin.example, open.example",
    "open.example admin.example",
    "open.example#admin.example",
    "open.example\\admin.example",
    "open.example%00admin.example",
    "[open.example]",
  ])(
    "Host: %s is no host: under no public rule for a part of it, under every restricting rule",
    async (host) => {
      for (const proxy of [false, true]) {
        expect(await build(opened, proxy).status(host)).toBe(401)
        expect(await build(restricted, proxy).status(host)).toBe(401)
      }
    },
  )

  it.each(["open.example", "admin.example", "other.example"])(
    "two Host lines are no host, whatever they say (%s last), and whoever proxies",
    async (last) => {
      for (const proxy of [false, true]) {
        const lines = ["GET / HTTP/1.1", "Host: open.example", `Host: ${last}`]
        expect([400, 401]).toContain(await build(opened, proxy).raw(...lines))
        expect([400, 401]).toContain(await build(restricted, proxy).raw(...lines))
      }
    },
  )

  it("a request without a Host is under no public rule that names a domain", async () => {
    expect(await build(opened).raw("GET / HTTP/1.0")).toBe(401)
    expect(await build(opened).raw("GET / HTTP/1.1", "Host:")).toBe(401)
  })

  it("of an absolute target and a Host that differ, neither makes a request public or unrestricted", async () => {
    const target = (host: string) => `GET http://${host}/ HTTP/1.1`
    expect(await build(opened).raw(target("admin.example"), "Host: open.example")).toBe(401)
    expect(await build(opened).raw(target("open.example"), "Host: admin.example")).toBe(401)
    expect(await build(restricted).raw(target("admin.example"), "Host: other.example")).toBe(401)
    expect(await build(restricted).raw(target("other.example"), "Host: admin.example")).toBe(401)
  })

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
    ["X-Real-Host", "open.example"],
  ])("%s opens nothing, app.proxy or not", async (name, value) => {
    const rules = [
      { match: { path: "/open" }, public: true as const },
      { match: { method: "OPTIONS" }, public: true as const },
      ...opened.rules,
    ]
    for (const proxy of [false, true]) {
      const app = new Koa({ proxy }).use(jwtAuth({ ...twoConsumers, rules })).use(echo)
      const headers = { [name]: value }
      expect((await ask(app, { path: "/closed", headers })).status).toBe(401)
      const known = await ask(app, { path: "/closed", headers: { ...headers, ...bearer("web") } })
      expect(known.status).toBe(200)
    }
  })
})
