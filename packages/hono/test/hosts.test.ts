import { sendRaw } from "@jwt-auth/test-support/http"
import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { type App, bearer, echo, onNode, portOf, twoConsumers, ways } from "./apps.js"

const restricted = {
  ...twoConsumers,
  global_auth: false,
  rules: [{ match: { domain: "admin.example" }, allow: ["web"] }],
}
const opened = {
  ...twoConsumers,
  rules: [{ match: { domain: ["open.example", "open.*", "*.open"] }, public: true as const }],
}

const build = (config: typeof restricted | typeof opened) => new Hono().use(jwtAuth(config)).all("*", echo)

describe.each(ways)("domain rules through $way", ({ ask }) => {
  it("look at the host that the client asked for: port, case and a trailing dot do not matter", async () => {
    for (const host of ["ADMIN.example", "admin.example:8443", "admin.example.", "admin.EXAMPLE.:80"])
      expect([host, (await ask(build(restricted), { host })).status]).toEqual([host, 401])
    expect((await ask(build(restricted), { host: "other.example" })).status).toBe(200)
    expect((await ask(build(opened), { host: "open.example" })).status).toBe(200)
    expect((await ask(build(opened), { host: "other.example" })).status).toBe(401)
  })

  it.each([
    ["X-Forwarded-Host", "open.example"],
    ["X-Forwarded-Method", "OPTIONS"],
    ["X-HTTP-Method-Override", "OPTIONS"],
    ["X-Original-URL", "/open"],
    ["X-Rewrite-URL", "/open"],
    ["X-Forwarded-Uri", "/open"],
    ["X-Forwarded-Prefix", "/open"],
    ["Forwarded", "host=open.example"],
    ["X-Original-Host", "open.example"],
  ])("%s opens nothing", async (name, value) => {
    const rules = [
      { match: { path: "/open" }, public: true as const },
      { match: { method: "OPTIONS" }, public: true as const },
      ...opened.rules,
    ]
    const app = new Hono().use(jwtAuth({ ...twoConsumers, rules })).all("*", echo)
    expect((await ask(app, { path: "/closed", headers: { [name]: value } })).status).toBe(401)
    const headers = { [name]: value, ...bearer("web") }
    expect((await ask(app, { path: "/closed", headers })).status).toBe(200)
  })
})

describe("odd hosts on Node", () => {
  const statusOf = async (app: App, lines: readonly string[]) =>
    Number((await sendRaw(await portOf(app), lines)).split(" ")[1])

  it.each([
    ["a list", ["GET / HTTP/1.1", "Host: open.example, admin.example"]],
    ["userinfo", ["GET / HTTP/1.1", "Host: open.example@admin.example"]],
    ["two ports", ["GET / HTTP/1.1", "Host: open.example:80:admin.example"]],
    ["a path", ["GET / HTTP/1.1", "Host: open.example/admin.example"]],
    ["a query", ["GET / HTTP/1.1", "Host: open.example?admin.example"]],
    ["a fragment", ["GET / HTTP/1.1", "Host: open.example#admin.example"]],
    ["a backslash", ["GET / HTTP/1.1", "Host: open.example\\admin.example"]],
    ["nothing", ["GET / HTTP/1.1", "Host:"]],
    ["none at all", ["GET / HTTP/1.0"]],
    ["an absolute target with userinfo", ["GET http://open.example@admin.example/ HTTP/1.1", "Host: a"]],
    [
      "an absolute target with userinfo and a port",
      ["GET http://open.example:80@admin.example/ HTTP/1.1", "Host: a"],
    ],
    ["an absolute target whose user is open.*", ["GET http://open.x@admin.example/ HTTP/1.1", "Host: a"]],
  ])("%s is under no public rule for a part of it", async (_what, lines) => {
    expect([400, 401]).toContain(await statusOf(build(opened), lines))
  })

  it.each([
    ["userinfo", ["GET / HTTP/1.1", "Host: other.example@admin.example"]],
    ["an absolute target", ["GET http://admin.example/ HTTP/1.1", "Host: other.example"]],
    ["an absolute target with userinfo", ["GET http://other.example@admin.example/ HTTP/1.1", "Host: a"]],
    ["an absolute target with a port", ["GET http://ADMIN.example:8080/ HTTP/1.1", "Host: a"]],
    ["two Host lines", ["GET / HTTP/1.1", "Host: other.example", "Host: admin.example"]],
  ])("%s slips past no restricting rule for the host that Hono reads there", async (_what, lines) => {
    expect([400, 401]).toContain(await statusOf(build(restricted), lines))
  })

  it("an absolute target is refused as its path is, whatever host it names", async () => {
    const rules = [{ match: { path: "/admin" }, allow: ["web"] }]
    const app = new Hono().use(jwtAuth({ ...twoConsumers, global_auth: false, rules })).get("/admin", echo)
    for (const path of ["http://other.example/admin", "http://other.example/x/../admin", "HTTP://a/admin"]) {
      expect([path, await statusOf(app, [`GET ${path} HTTP/1.1`, "Host: a"])]).not.toEqual([path, 200])
    }
    const good = { path: "http://other.example/admin", headers: bearer("web") }
    expect((await onNode.ask(app, good)).status).toBe(200)
  })
})
