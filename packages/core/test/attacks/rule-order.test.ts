import { describe, expect, it } from "vitest"
import type { Rule } from "../../src/index.js"
import { bearer, consumer, gate, issuer, judge, mintKey, now, request, sign } from "../keyring.js"

// The first rule decides. A path or host that can be read in two ways must not let an easy rule, met first under one
// reading, excuse what a stricter rule says of the other.

const key = await mintKey("ES256")
const consumers = [consumer(key, { name: "admin", issuer: "admin" }), consumer(key)]
const web = await sign(key, { payload: { iss: issuer, exp: now + 60 } })
const admin = await sign(key, { payload: { iss: "admin", exp: now + 60 } })

/** Targets that some layer reads as below /app, and some as below /admin. */
const both = [
  ...[
    "/app/../admin/x",
    "/app/%2e%2e/admin/x",
    "/app/..%2fadmin/x",
    "/app%2f..%2fadmin/x",
    "/app/..%5cadmin/x",
  ],
  ...[
    "/app\\..\\admin\\x",
    "/app/..;/admin/x",
    "/app;/../admin/x",
    "/app/%252e%252e/admin/x",
    "/app/y/../../admin/x",
  ],
  ...["/app//../admin/x", "/app/./../admin/x", "/app/../%61dmin/x"],
]

const strict: Rule = { match: { path: "/admin/*" }, allow: ["admin"] }
const easier: Readonly<Record<string, Rule>> = {
  anybody: { match: { path: "/app/*" }, allow: "any" },
  "the other consumer": { match: { path: "/app/*" }, allow: ["web"] },
  "anybody or nobody": { match: { path: "/app/*" }, allow: "any", optional: true },
  "everybody, and only reports": { match: { path: "/app/*" }, allow: ["admin"], report_only: true },
  "a consumer of its own": {
    match: { path: "/app/*" },
    consumers: [consumer(key, { name: "local" })],
  },
}

describe.each(Object.entries(easier))("an easy rule before a strict one, for %s", (_name, easy) => {
  const door = gate(consumers, { global_auth: false, rules: [easy, strict] })

  it("does not let in by a path that may be the strict one's", async () => {
    for (const path of both) {
      expect(await judge(door, bearer(web, { path })), path).toMatch(/^access_denied: /)
      expect(await judge(door, request({ path })), path).toBe("jwt_missing: token_missing")
    }
  })

  it("still decides by itself about the paths that are its own", async () => {
    const verdict = await judge(door, bearer(web, { path: "/app/x" }))
    expect(verdict).toMatch(/^(allow (web|local)|pass)$/)
    expect(await judge(door, bearer(web, { path: "/admin/x" }))).toMatch(/^access_denied: /)
  })
})

describe("two rules that may both be meant", () => {
  const rules: Rule[] = [
    { match: { path: "/app/*" }, allow: "any", scopes: ["app"] },
    { match: { path: "/admin/*" }, allow: ["admin"], scopes: ["admin"] },
  ]
  const door = gate(consumers, { global_auth: false, rules })
  const scoped = (scope: string) => sign(key, { payload: { iss: "admin", exp: now + 60, scope } })

  it("let in whoever satisfies both", async () => {
    const [one, other, all] = [await scoped("app"), await scoped("admin"), await scoped("app admin")]
    for (const path of both) {
      expect(await judge(door, bearer(one, { path })), path).toBe("insufficient_scope: scope_missing")
      expect(await judge(door, bearer(other, { path })), path).toBe("insufficient_scope: scope_missing")
      expect(await judge(door, bearer(all, { path })), path).toBe("allow admin")
    }
  })
})

describe("hosts that may be two", () => {
  const hosts = [
    "app.example,admin.example",
    "u@admin.example",
    "app.example:x@admin.example",
    "admin.example app.example",
  ]
  const rules: Rule[] = [
    { match: { domain: "app.example" }, allow: "any" },
    { match: { domain: "admin.example" }, allow: ["admin"] },
  ]

  it("do not choose the easy rule, in either order", async () => {
    for (const order of [rules, rules.toReversed()]) {
      const door = gate(consumers, { global_auth: false, rules: order })
      for (const host of hosts) {
        expect(await judge(door, bearer(web, { host })), host).toMatch(/^access_denied: /)
        expect(await judge(door, bearer(admin, { host })), host).toBe("allow admin")
      }
    }
  })

  it("and one host is one", async () => {
    const door = gate(consumers, { global_auth: false, rules })
    expect(await judge(door, bearer(web, { host: "app.example" }))).toBe("allow web")
    expect(await judge(door, bearer(web, { host: "admin.example" }))).toMatch(/^access_denied: /)
  })
})

describe("a path too long to be read in every way", () => {
  it("is under every rule that restricts, and never public", async () => {
    const rules: Rule[] = [{ match: { path: "/public/*" }, public: true }, strict]
    for (const filler of [
      "/./".repeat(300),
      "/../x".repeat(800),
      "/%2561".repeat(800),
      ";".repeat(9000),
      "%".repeat(9000),
    ]) {
      const path = `/public/${filler}/../../admin/x`
      expect(await judge(gate(consumers, { global_auth: false, rules }), request({ path }))).toBe(
        "jwt_missing: token_missing",
      )
    }
  })
})
