import { describe, expect, it } from "vitest"
import type { ParsedRule } from "../config/parse.js"
import type { AuthRequest } from "../decision.js"
import { compileRules, matchRule } from "./match-rule.js"
import { indexRules } from "./rule-index.js"
import { compilePattern } from "./rule-pattern.js"

type Match = ParsedRule["match"]

/** The position of the rule that decides, or -1. */
function decides(matches: readonly Match[], request: Partial<AuthRequest>): number {
  const rules = matches.map((match, i) => ({ match, allow: "any", scopes: [`${i}`] }))
  const table = compileRules(
    { rules: rules as unknown as ParsedRule[], global_auth: false },
    { groups: [], places: [] },
  )
  const access = matchRule(table, { method: "GET", host: "", path: "/", headers: {}, ...request })
  return access.kind === "open" ? -1 : Number(access.scopes[0])
}

const numbered = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i))

describe("the first rule that matches decides, wherever it is filed", () => {
  it.each<[string, Match, Match, Partial<AuthRequest>]>([
    ["a path and everything below a part of it", { path: "/a/*" }, { path: "/a/b" }, { path: "/a/b" }],
    ["all paths and one", { path: "/*" }, { path: "/" }, { path: "/" }],
    [
      "no field and all",
      {},
      { path: "/a", domain: "a.com", method: "GET", route: "r" },
      { path: "/a", host: "a.com", route: "r" },
    ],
    ["a suffix and a name", { domain: "*.com" }, { domain: "a.com" }, { host: "a.com" }],
    ["a prefix and a suffix", { domain: "a.*" }, { domain: "*.com" }, { host: "a.b.com" }],
    ["a longer suffix and a shorter one", { domain: "*.b.com" }, { domain: "*.com" }, { host: "a.b.com" }],
    ["every domain and one", { domain: "*" }, { domain: "a.com" }, { host: "a.com" }],
    ["a method and none", { method: "get" }, { path: "/" }, {}],
    ["a route and a path", { route: "r" }, { path: "/" }, { route: "r" }],
  ])("%s", (_, one, other, request) => {
    expect(decides([one, other], request)).toBe(0)
    expect(decides([other, one], request)).toBe(0)
    expect(decides([other], request)).toBe(0)
    expect(decides([one], request)).toBe(0)
  })

  it("one of a thousand, by any of its fields", () => {
    const fields: ((i: number) => [Match, Partial<AuthRequest>])[] = [
      (i) => [{ path: `/v${i}/*` }, { path: `/V${i}/users?x` }],
      (i) => [{ domain: `t${i}.example.com` }, { host: `T${i}.example.com.:443` }],
      (i) => [{ domain: `*.t${i}.com` }, { host: `a.b.t${i}.com` }],
      (i) => [{ domain: `t${i}.*` }, { host: `t${i}.com` }],
      (i) => [{ method: `M${i}` }, { method: `m${i}` }],
      (i) => [{ route: `r${i}` }, { route: `r${i}` }],
      (i) => [
        { domain: `t${i % 30}.com`, path: `/v${i}` },
        { host: `t${i % 30}.com`, path: `/v${i}/` },
      ],
    ]
    for (const field of fields) {
      const all = Array.from({ length: 1000 }, (_, i) => field(i))
      const matches = all.map(([match]) => match)
      for (const i of [0, 1, 500, 999]) expect(decides(matches, all[i]?.[1] ?? {})).toBe(i)
      expect(decides(matches, { host: "t1000.com", path: "/v1000", method: "M1000", route: "r1000" })).toBe(
        -1,
      )
    }
  })

  it("one with so many domains and paths that not every pair of them is filed", () => {
    const many = {
      domain: numbered(300, (i) => `t${i}.com`),
      path: numbered(400, (i) => `/p${i}/*`),
      method: "GET",
    }
    const request = { host: "t299.com", path: "/p399/x" }
    expect(decides([many, {}], request)).toBe(0)
    expect(decides([many, {}], { ...request, host: "t300.com" })).toBe(1)
    expect(decides([many, {}], { ...request, path: "/p400" })).toBe(1)
    expect(decides([many, {}], { ...request, method: "PUT" })).toBe(1)
    expect(indexRules([compilePattern(many)]).exact.size).toBe(0)
  })

  it("none that has no right domain", () => {
    expect(decides([{ domain: "not a domain" }], { host: "a.com" })).toBe(-1)
    expect(decides([{ domain: [] }], { host: "a.com" })).toBe(-1)
  })
})
