import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ParsedRule } from "../../src/config/parse.js"
import type { AuthRequest } from "../../src/index.js"
import { type Access, strictest } from "../../src/rules/access.js"
import { readPath } from "../../src/rules/canonical-path.js"
import { readHost } from "../../src/rules/match-domain.js"
import { compileRules, matchRule, type RuleTable } from "../../src/rules/match-rule.js"
import { isCertain, mismatchOf } from "../../src/rules/rule-pattern.js"
import { runs, textOf } from "./settings.js"
import { trickyTarget } from "./targets.js"

// A rule that the index misses is an open door. So the index is compared with the simplest thing that can be right: a walk
// over all rules that reads the whole request.

function walk({ rules, otherwise }: RuleTable, request: AuthRequest): Access {
  const view = {
    path: readPath(request.path),
    host: readHost(request.host, request.path),
    method: request.method.toUpperCase(),
    route: request.route ?? "",
  }
  const applying: Access[] = []
  for (const { pattern, access } of rules) {
    if (mismatchOf(pattern, view, access.kind === "open") !== undefined) continue
    applying.push(access)
    if (isCertain(pattern, view)) return strictest(applying)
  }
  return strictest([...applying, otherwise])
}

/** Few words, so that patterns and requests meet; some of which an object would have. */
const words = ["a", "b", "admin", "x-1", "__proto__", "constructor", "%61", "%c3%a9", "A", "a.b", "*a"]
const labels = ["a", "b", "api", "com", "x-1", "__proto__", "A"]
const joinedBy = (separator: string, parts: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength }).map((some) => some.join(separator))

const pathPattern = fc.oneof(
  fc.constantFrom("/", "/*", "/a", "/a/*", "/a/b/*"),
  joinedBy("/", words, 4).map((path) => `/${path}`),
  joinedBy("/", words, 4).map((path) => `/${path}/*`),
  joinedBy("/", words, 4).map((path) => `/${path}/`),
)
const domain = fc.oneof(
  joinedBy(".", labels, 3),
  joinedBy(".", labels, 3).map((name) => `*.${name}`),
  joinedBy(".", labels, 3).map((name) => `${name}.*`),
  fc.constantFrom("*", "[::1]", "[::ffff:1.2.3.4]", "*.[::1]", "[::1].*", "a.com.", "no domain"),
)
const method = fc.constantFrom("GET", "get", "HEAD", "POST", "S", "__proto__")
const route = fc.constantFrom("r", "R", "other", "constructor")

const oneOrMore = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 4 }), fc.array(value, { maxLength: 30 }))
const match = fc.record(
  {
    path: oneOrMore(pathPattern),
    domain: oneOrMore(domain),
    method: oneOrMore(method),
    route: oneOrMore(route),
  },
  { requiredKeys: [] },
)

/** Known by its scope when it restricts. */
const table = fc
  .tuple(fc.array(fc.tuple(match, fc.boolean()), { minLength: 1, maxLength: 12 }), fc.boolean())
  .map(([matches, global_auth]) => {
    const rules = matches.map(([match, isPublic], i) =>
      isPublic ? { match, public: true } : { match, allow: "any", scopes: [`rule ${i}`] },
    )
    return compileRules({ rules: rules as unknown as ParsedRule[], global_auth }, { groups: [], places: [] })
  })

const plainPath = joinedBy("/", words, 5).map((path) => `/${path}`)
const path = fc.oneof(
  plainPath,
  plainPath.map((path) => `${path}/?a=/b`),
  plainPath.map((path) => path.toUpperCase()),
  fc.constantFrom("/", "", "*", "//", "/a//b", "http://a.com/a", "/a/../admin", "/a?x#y", "/.a", "/a/.b"),
  trickyTarget,
  fc.string({ unit: "binary" }),
)
const host = fc.oneof(
  joinedBy(".", labels, 5),
  joinedBy(".", labels, 5).map((name) => `${name}:8080`),
  fc.constantFrom(
    "",
    ".",
    "a.",
    "a..com",
    ".a.com",
    "[::1]:80",
    "[::ffff:1.2.3.4]",
    "a.com.:1",
    "a,b",
    "u@a.com",
  ),
  textOf(["a", ".", "com", ":", "8", "[", "]", "@"]),
  fc.string({ unit: "binary" }),
)
const request: fc.Arbitrary<AuthRequest> = fc
  .record({
    method: fc.oneof(method, fc.constantFrom("ſ", "DELETE", ""), fc.string()),
    host,
    path,
    route: fc.oneof(route, fc.constantFrom(undefined, "", "r2")),
  })
  .map(({ route, ...request }) => ({ ...request, headers: {}, ...(route !== undefined && { route }) }))

describe("rules are found by look-ups as by a walk over all of them", () => {
  it("for any rules and any request, however hostile", () => {
    fc.assert(
      fc.property(table, fc.array(request, { minLength: 20, maxLength: 20 }), (table, requests) => {
        for (const request of requests) expect(matchRule(table, request)).toEqual(walk(table, request))
      }),
      runs(300),
    )
  })

  it("for the very values that the rules name, and for their neighbours", () => {
    const near = fc.constantFrom("", "/", "/x", "x", ".com", ":80", ".")
    fc.assert(
      fc.property(table, fc.infiniteStream(near), (table, additions) => {
        const next = () => additions.next().value as string
        for (const { pattern } of table.rules) {
          const { domains = [], paths = [], methods = ["GET"], routes = [""] } = pattern
          for (const { base } of paths.length > 0 ? paths : [{ base: "/" }]) {
            for (const one of domains.length > 0 ? domains : [{ kind: "any" } as const]) {
              const name = one.kind === "any" ? "a" : one.text.replace(/^\./, "a.").replace(/\.$/, ".a")
              const [method = ""] = methods
              const [route = ""] = routes
              const request = { method, route, host: name + next(), path: base + next(), headers: {} }
              expect(matchRule(table, request)).toEqual(walk(table, request))
            }
          }
        }
      }),
      runs(100),
    )
  })

  it("for a listener, who hears the same verdict", () => {
    fc.assert(
      fc.property(table, request, (table, request) => {
        expect(matchRule(table, request, { rule: () => undefined })).toEqual(matchRule(table, request))
      }),
      runs(300),
    )
  })

  it("for the name of a route given beside the request", () => {
    fc.assert(
      fc.property(table, request, route, (table, request, route) => {
        expect(matchRule(table, request, undefined, route)).toEqual(walk(table, { ...request, route }))
      }),
      runs(300),
    )
  })
})
