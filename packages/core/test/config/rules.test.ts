import { describe, expect, it } from "vitest"
import { consumerWith, errorsOf, withRules } from "./documents.js"

const own = [consumerWith({ name: "local" })]

describe("a rule says exactly one of allow, public and consumers", () => {
  const fix = "Give exactly one: allow (names or any), public: true, or consumers of its own."

  it.each([
    ["has none of allow, public and consumers", {}],
    ["has both allow and public", { allow: "any", public: true }],
    ["has both allow and consumers", { allow: ["web"], consumers: own }],
    ["has both public and consumers", { public: true, consumers: own }],
  ])("%s", (message, verbs) => {
    expect(errorsOf(withRules({ match: {}, ...verbs }))).toEqual([{ path: "rules[0]", message, fix }])
  })

  it("has all three", () => {
    const [only] = errorsOf(withRules({ match: {}, allow: "any", public: true, consumers: own }))
    expect(only?.message).toContain("allow and public and consumers")
  })

  it.each([
    [{ allow: "any" }],
    [{ allow: ["web", "partner"], optional: true, scopes: ["a"], report_only: true, name: "r" }],
    [{ public: true, name: "r" }],
    [{ consumers: own, optional: true }],
  ])("%o is one", (verbs) => {
    expect(errorsOf(withRules({ match: {}, ...verbs }))).toEqual([])
  })

  it("public: true is the only way to be public", () => {
    expect(errorsOf(withRules({ match: {}, public: false }))).toContainEqual({
      path: "rules[0].public",
      message: "must be true, got false",
      fix: "Or leave the field out.",
    })
  })
})

describe("a public rule has nothing that means nothing there", () => {
  const dead = (field: string) => ({
    path: `rules[0].${field}`,
    message: "means nothing in a public rule",
    fix: "Leave it out, or use allow instead of public.",
  })

  it.each([
    ["optional", true],
    ["report_only", true],
    ["scopes", ["read"]],
  ])("%s: %o", (field, value) => {
    expect(errorsOf(withRules({ match: {}, public: true, [field]: value }))).toEqual([dead(field)])
  })

  it("all of them at once", () => {
    const rule = { match: {}, public: true, optional: true, report_only: true, scopes: ["read"] }
    expect(errorsOf(withRules(rule))).toEqual([dead("optional"), dead("report_only"), dead("scopes")])
  })

  it("but the defaults, written out, are harmless", () => {
    expect(errorsOf(withRules({ match: {}, public: true, optional: false, report_only: false }))).toEqual([])
  })
})

describe("allow names consumers that are there", () => {
  it.each([
    ["wbe", 'Did you mean "web"?'],
    ["Web", 'Did you mean "web"?'],
    ["Partners", 'Did you mean "partner"?'],
    ["mobile", "The consumers are: web, partner."],
    ["*", "The consumers are: web, partner."],
  ])("%s is none: %s", (name, fix) => {
    expect(errorsOf(withRules({ match: {}, allow: ["partner", name] }))).toEqual([
      { path: "rules[0].allow[1]", message: `"${name}" is not the name of a consumer`, fix },
    ])
  })

  it("every unknown one is told", () => {
    const paths = errorsOf(withRules({ match: {}, allow: ["a", "web", "b"] })).map(({ path }) => path)
    expect(paths).toEqual(["rules[0].allow[0]", "rules[0].allow[2]"])
  })

  it("a rule's own consumer is not one that another rule can allow", () => {
    const document = withRules({ match: { path: "/a" }, consumers: own }, { match: {}, allow: ["local"] })
    expect(errorsOf(document).map(({ path }) => path)).toEqual(["rules[1].allow[0]"])
  })

  it('"any" within a list is a name like others', () => {
    expect(errorsOf(withRules({ match: {}, allow: ["any"] })).map(({ path }) => path)).toEqual([
      "rules[0].allow[0]",
    ])
  })

  it("when there is no consumer at all, the fix names none", () => {
    const found = errorsOf({ global_auth: true, consumers: [], rules: [{ match: {}, allow: ["web"] }] })
    expect(JSON.stringify(found)).not.toContain("are: .")
  })

  it("a name with a line break does not break the line of the report", () => {
    const [only] = errorsOf(withRules({ match: {}, allow: ["we\nb\u001b[2J"] }))
    expect(only?.message).not.toMatch(/[\n\u001b]/)
  })
})

describe("a domain pattern", () => {
  const fix =
    "Write api.example.com, *.example.com, api.* or *: no scheme, no port, international names as xn--."

  it.each([
    "https://example.com",
    "example.com:8080",
    "example.com/",
    "*example.com",
    "a.*.com",
    "*.*",
    "**",
    ".example.com",
    "a..com",
    "user@example.com",
    "a b",
    "bücher.example",
    "a,b",
    ".",
  ])("%s is none", (domain) => {
    const error = { path: "rules[0].match.domain", message: `${JSON.stringify(domain)} is not a domain`, fix }
    expect(errorsOf(withRules({ match: { domain }, allow: "any" }))).toEqual([error])
    expect(errorsOf(withRules({ match: { domain: ["*", domain] }, allow: "any" }))).toEqual([error])
  })

  it.each([
    "example.com",
    "EXAMPLE.com.",
    "*.example.com",
    "api.*",
    "*",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "xn--bcher-kva.example",
    "a_b.example.com",
  ])("%s is one", (domain) => {
    expect(errorsOf(withRules({ match: { domain }, allow: "any" }))).toEqual([])
  })
})

describe("a path pattern", () => {
  const fix = "Write /exact, or /below/* for everything below; the star stands only at the end."
  const unread = `${fix} No "..", "//", ";" or %2f.`

  it.each([
    ["/a*", "is not a path pattern", fix],
    ["/*/b", "is not a path pattern", fix],
    ["/a/**", "is not a path pattern", fix],
    ["/a?b=1", "is not a path pattern", fix],
    ["/a#b", "is not a path pattern", fix],
    ["/a/../b", "can be read as more than one path", unread],
    ["/a/%2e%2e/*", "can be read as more than one path", unread],
    ["//a", "can be read as more than one path", unread],
    ["/a//*", "can be read as more than one path", unread],
    ["/a;v=1", "can be read as more than one path", unread],
    ["/a%2fb", "can be read as more than one path", unread],
    ["/a%252fb", "can be read as more than one path", unread],
    ["/a\\b", "can be read as more than one path", unread],
    ["/a%00", "can be read as more than one path", unread],
    ["/100%", "can be read as more than one path", unread],
    ["/%ff", "can be read as more than one path", unread],
    ["/./a", "can be read as more than one path", unread],
  ])("%s %s", (path, message, fix) => {
    const error = { path: "rules[0].match.path", message: `${JSON.stringify(path)} ${message}`, fix }
    expect(errorsOf(withRules({ match: { path }, allow: "any" }))).toEqual([error])
    expect(errorsOf(withRules({ match: { path: ["/ok", path] }, public: true }))).toEqual([error])
  })

  it.each([
    "/",
    "/*",
    "/a",
    "/a/",
    "/a/*",
    "/A/b.html",
    "/café",
    "/caf%C3%A9/*",
    "/a%20b",
    "/a b",
    "/.well-known/*",
    "/a:b@c,d",
  ])("%s is one", (path) => {
    expect(errorsOf(withRules({ match: { path }, public: true }))).toEqual([])
  })
})
