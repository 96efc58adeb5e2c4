import { describe, expect, it } from "vitest"
import { checkConfig } from "../../src/index.js"
import { consumerWith, documentWith, warningsOf, withRules } from "./documents.js"

type Match = Readonly<Record<string, unknown>>

const allow = (match: Match) => ({ match, allow: "any" })
const open = (match: Match) => ({ match, public: true })

describe("a document with warnings is usable", () => {
  it("and has them beside its config", () => {
    const { config, issues } = checkConfig({ ...documentWith(), rules: [allow({})] })
    expect(config).toBeDefined()
    expect(issues.map(({ severity }) => severity)).toEqual(["warning"])
  })
})

describe("rules without an explicit global_auth", () => {
  const unset = (...rules: readonly object[]) => ({ ...documentWith(), rules })
  const warning = {
    path: "global_auth",
    message: "is not set, so whether requests that no rule matches need a token depends on the rules",
    fix: "Set global_auth: true to authenticate them, or false to let them pass.",
  }

  it.each([
    ["a restricting rule", allow({})],
    ["a public rule", open({ path: "/health" })],
  ])("are worth a warning: %s", (_, rule) => {
    expect(warningsOf(unset(rule))).toContainEqual(warning)
  })

  it.each([
    ["global_auth: true", { ...unset(allow({})), global_auth: true }],
    ["global_auth: false", { ...unset(allow({})), global_auth: false }],
    ["no rules", documentWith()],
    ["an empty list of rules", unset()],
  ])("no warning with %s", (_, document) => {
    expect(warningsOf(document)).toEqual([])
  })
})

describe("a rule that an earlier one always shadows", () => {
  const shadowed = (rule: number, by: number) => ({
    path: `rules[${rule}]`,
    message: `never applies: rules[${by}] matches everything it matches`,
    fix: "Put it before that rule, or remove it. The first rule that matches decides.",
  })

  const shadows: readonly (readonly [earlier: Match, later: Match])[] = [
    [{}, {}],
    [{}, { path: "/a", domain: "a.com", method: "GET", route: "r" }],
    [{ path: "/a" }, { path: "/a" }],
    [{ path: "/a" }, { path: "/A/" }],
    [{ path: "/a" }, { path: "/%61" }],
    [{ path: "/a/*" }, { path: "/a" }],
    [{ path: "/a/*" }, { path: "/a/b" }],
    [{ path: "/a/*" }, { path: "/a/b/*" }],
    [{ path: "/*" }, { path: "/" }],
    [{ path: "/*" }, { path: "/a/*" }],
    [{ path: ["/a", "/b/*"] }, { path: ["/b/c", "/a"] }],
    [{ path: "/a/*" }, { path: "/a", method: "GET" }],
    [{ domain: "*" }, { domain: "a.com" }],
    [{ domain: "*" }, { domain: "*.com" }],
    [{ domain: "A.com" }, { domain: "a.COM." }],
    [{ domain: "*.example.com" }, { domain: "a.example.com" }],
    [{ domain: "*.example.com" }, { domain: "*.a.example.com" }],
    [{ domain: "api.*" }, { domain: "api.example.com" }],
    [{ domain: "api.*" }, { domain: "api.example.*" }],
    [{ method: "GET" }, { method: "get" }],
    [{ method: "GET" }, { method: "HEAD" }],
    [{ method: ["GET", "POST"] }, { method: ["POST", "HEAD"] }],
    [{ route: ["a", "b"] }, { route: "b" }],
  ]

  it.each(shadows)("%o shadows %o", (earlier, later) => {
    expect(warningsOf(withRules(allow(earlier), allow(later)))).toEqual([shadowed(1, 0)])
  })

  const apart: readonly (readonly [earlier: Match, later: Match])[] = [
    [{ path: "/a" }, {}],
    [{ path: "/a" }, { path: "/a/b" }],
    [{ path: "/a" }, { path: "/a/*" }],
    [{ path: "/a/*" }, { path: "/ab" }],
    [{ path: "/a/*" }, { path: "/*" }],
    [{ path: "/a/*" }, { path: ["/a/b", "/c"] }],
    [{ path: "/a/*", method: "GET" }, { path: "/a" }],
    [
      { path: "/a/*", method: "GET" },
      { path: "/a", method: "POST" },
    ],
    [{ path: "/a/*", domain: "a.com" }, { path: "/a" }],
    [{ domain: "*.example.com" }, { domain: "example.com" }],
    [{ domain: "*.example.com" }, { domain: "*" }],
    [{ domain: "*.example.com" }, { domain: "badexample.com" }],
    [{ domain: "a.example.com" }, { domain: "*.example.com" }],
    [{ domain: "api.*" }, { domain: "api" }],
    [{ domain: "api.*" }, { domain: "*.com" }],
    [{ domain: "api.*" }, { domain: "apis.com" }],
    [{ method: "HEAD" }, { method: "GET" }],
    [{ method: "GET" }, { method: ["GET", "POST"] }],
    [{ route: "a" }, { route: "A" }],
    [{ route: "a" }, {}],
  ]

  it.each(apart)("%o does not shadow %o", (earlier, later) => {
    expect(warningsOf(withRules(allow(earlier), allow(later)))).toEqual([])
  })

  it("names the first rule that shadows it, and each shadowed rule is told", () => {
    const rules = [
      allow({ path: "/a/*" }),
      allow({ path: "/b" }),
      allow({ path: "/a/b" }),
      open({ path: "/a/b/c" }),
    ]
    expect(warningsOf(withRules(...rules))).toEqual([shadowed(2, 0), shadowed(3, 0)])
  })
})

describe("a domain rule without a deny default", () => {
  const byDomain = allow({ domain: "*.example.com" })
  const without = (global_auth: boolean | undefined, ...rules: readonly object[]) => ({
    consumers: [consumerWith()],
    ...(global_auth !== undefined && { global_auth }),
    rules,
  })
  const warning = (rule: number) => ({
    path: `rules[${rule}].match.domain`,
    message: "is only as good as the Host header, and a request with another host needs no token",
    fix: "Set global_auth: true, or end the rules with one whose match is {}.",
  })

  it("is worth a warning: who sends another Host is not asked for a token", () => {
    expect(warningsOf(without(false, byDomain))).toEqual([warning(0)])
    expect(warningsOf(without(undefined, byDomain))).toContainEqual(warning(0))
    expect(warningsOf(without(false, open({ path: "/health" }), byDomain))).toEqual([warning(1)])
  })

  it("is worth it also when a public rule comes last: that is no deny", () => {
    expect(warningsOf(without(false, byDomain, open({})))).toEqual([warning(0)])
  })

  it.each([
    ["global_auth: true", without(true, byDomain)],
    ["a last rule that takes everything", without(false, byDomain, allow({}))],
    ["a public rule for the domain", without(false, open({ domain: "*.example.com" }))],
    ["no domain in any rule", without(false, allow({ path: "/a" }))],
  ])("no warning with %s", (_, document) => {
    expect(warningsOf(document)).toEqual([])
  })

  it("no warning for the domain *: every host is one", () => {
    expect(warningsOf(without(false, allow({ domain: "*" })))).toEqual([])
  })
})
