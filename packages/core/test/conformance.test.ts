import { type ConformanceRow, conformanceRows, mismatches, type Observation } from "@jwt-auth/core/testing"
import { describe, expect, it } from "vitest"
import { observeDecision } from "./observe-decision.js"

const rows = await conformanceRows()

describe("the conformance suite, through decide()", () => {
  it.for(rows.map((row) => [`${row.point} ${row.name}`, row] as const))("%s", async ([, row]) => {
    expect(mismatches(row, await observeDecision(row))).toEqual([])
  })
})

describe("the conformance suite itself", () => {
  it("names every row once", () => {
    const names = rows.map(({ point, name }) => `${point} ${name}`)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  it("has rows that go through and rows that are refused for every point", () => {
    const points = [...new Set(rows.map(({ point }) => point))].sort()
    const with_ = (test: (row: ConformanceRow) => boolean) =>
      [...new Set(rows.filter(test).map(({ point }) => point))].sort()
    const all = ["2", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "4"]
    expect(points).toEqual(all)
    expect(with_(({ expect }) => expect.outcome === "deny")).toEqual(all)
    expect(with_(({ expect }) => expect.outcome !== "deny")).toEqual(all)
  })

  it("expects every denial that a config of this version can lead to", () => {
    const codes = rows.flatMap(({ expect }) => (expect.outcome === "deny" ? [expect.code] : []))
    expect([...new Set(codes)].sort()).toEqual([
      "access_denied",
      "insufficient_scope",
      "jwt_expired",
      "jwt_missing",
      "jwt_verification_fails",
    ])
  })
})

const token = `${"h".repeat(20)}.${"p".repeat(40)}.${"s".repeat(43)}`

const answer = { status: 401, code: "jwt_missing", wwwAuthenticate: "Bearer", body: "Jwt missing" } as const
const deny: ConformanceRow = {
  ...{ point: "3.9", name: "a refused request", config: { consumers: [] }, now: 0 },
  request: { headers: [["Authorization", `Bearer ${token}`]] },
  expect: { outcome: "deny", ...answer, contentType: "text/plain" },
}
const denied = { outcome: "deny", ...answer, contentType: "text/plain; charset=utf-8" } as const

const allow: ConformanceRow = {
  ...deny,
  request: {
    path: `/a?t=${token}`,
    headers: Object.entries({ "X-Sent": "1", "X-Gone": "1", Cookie: "a=1", cookie: "b=2" }),
  },
  expect: {
    ...{ outcome: "allow", consumer: "web", cacheControl: "private", path: "/a" },
    downstream: { "x-role": ["guest", "admin"], "x-gone": null },
  },
}
const view = { "x-mse-consumer": "web", "x-role": "guest, admin", "x-sent": "1", cookie: "a=1; b=2" }
const lists = { ...view, "x-role": ["guest", "admin"], "x-sent": ["1"], cookie: ["a=1", "b=2"] }
const got = { outcome: "allow", consumer: "web", cacheControl: "private", path: "/a" } as const
const allowed = { ...got, views: { view, lists } } as const

describe("the checker", () => {
  it("finds nothing where everything is as expected", () => {
    expect(mismatches(deny, denied)).toEqual([])
    expect(mismatches(allow, allowed)).toEqual([])
  })

  it.for<readonly [string, Partial<typeof denied> | object, string]>([
    ["status", { status: 403 }, "status: expected 401, got 403"],
    ["code", { code: "jwt_expired" }, 'code: expected "jwt_missing", got "jwt_expired"'],
    ["challenge", { wwwAuthenticate: null }, 'WWW-Authenticate: expected "Bearer", got null'],
    ["type", { contentType: "text/html" }, 'Content-Type: expected "text/plain", got "text/html"'],
    ["body", { body: "Jwt expired" }, 'body: expected "Jwt missing", got "Jwt expired"'],
    ["outcome", allowed, "outcome: expected deny, got allow (consumer web)"],
  ])("tells a refusal with another %s", ([, change, line]) => {
    expect(mismatches(deny, { ...denied, ...change } as Observation)).toContain(line)
  })

  it.for<readonly [string, object, string]>([
    ["consumer", { consumer: "partner" }, 'consumer: expected "web", got "partner"'],
    ["cache control", { cacheControl: null }, 'Cache-Control: expected "private", got null'],
    ["path", { path: "/" }, 'path: expected "/a", got "/"'],
    [
      "identity",
      { views: { view: { ...view, "x-mse-consumer": "root" } } },
      'x-mse-consumer in view: expected ["web"], got "root"',
    ],
    [
      "added header",
      { views: { view: { ...view, "x-new": "1" } } },
      'x-new in view: expected no such header, got "1"',
    ],
    [
      "header that should be gone",
      { views: { view: { ...view, "x-gone": "1" } } },
      'x-gone in view: expected no such header, got "1"',
    ],
    [
      "header that got lost",
      { views: { view: { ...view, "x-sent": undefined } } },
      'x-sent in view: expected ["1"], got none',
    ],
    [
      "list of values",
      { views: { view, lists: { ...lists, "x-role": ["admin"] } } },
      'x-role in lists: expected ["guest","admin"], got ["admin"]',
    ],
    ["outcome", denied, "outcome: expected allow, got deny (401 jwt_missing)"],
  ])("tells a passage with another %s", ([, change, line]) => {
    expect(mismatches(allow, { ...allowed, ...change } as Observation)).toContain(line)
  })

  it("tells a report_only rule that reports something else", () => {
    const row: ConformanceRow = { ...deny, expect: { outcome: "pass", wouldDeny: "jwt_missing" } }
    const views = { view: { authorization: `Bearer ${token}` } }
    const passed = {
      outcome: "pass",
      path: "/",
      cacheControl: null,
      views,
      wouldDeny: "jwt_missing",
    } as const
    expect(mismatches(row, passed)).toEqual([])
    expect(mismatches(row, { ...passed, wouldDeny: null })).toEqual([
      'wouldDeny: expected "jwt_missing", got null',
    ])
  })

  it("tells an answer that repeats a token, and repeats none itself", () => {
    const lines = [
      ...mismatches(deny, { ...denied, body: `Bad token ${token}` }),
      ...mismatches(allow, { ...allowed, path: `/a?t=${token}`, views: { view: { authorization: token } } }),
    ]
    expect(lines).toContain("the answer repeats a token")
    expect(lines.join("\n")).not.toContain("s".repeat(12))
  })
})
