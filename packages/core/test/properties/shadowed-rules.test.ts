import fc from "fast-check"
import { expect, it } from "vitest"
import { compilePattern, type RulePattern } from "../../src/rules/rule-pattern.js"
import { shadowedRules } from "../../src/rules/shadowed-rules.js"
import { shadows } from "../../src/rules/shadows.js"
import { runs } from "./settings.js"

// Few texts, so that many patterns include one another, and many nearly do.
const paths = ["/", "/*", "/a", "/A/", "/a/*", "/a.b/*", "/a/b", "/a/b/*", "/ab/*", "/a/b/c.d", "/%61/b"]
const domains = [
  ...[
    "*",
    "c",
    "b.c",
    "a.b.c",
    "xb.c",
    "*.c",
    "*.b.c",
    "*.a.b.c",
    "a.*",
    "a.b.*",
    "a.b.c.*",
    "x.*",
    "X.B.C.",
  ],
  ...["127.0.0.1", "[::1]", "no domain"],
]
const methods = ["GET", "head", "POST", "get", "A-B"]
const routes = ["r", "R", "r.s", "r/s", "/", ".", "r.", ".s"]

const field = (values: readonly string[]) => {
  const value = fc.constantFrom(...values)
  const given = fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }))
  return fc.option(given, { nil: undefined, freq: 2 })
}

const patterns = fc.array(
  fc
    .record({ path: field(paths), domain: field(domains), method: field(methods), route: field(routes) })
    .map(compilePattern),
  { maxLength: 40, size: "max" },
)

/** What the index is to find, by comparing all pairs. */
function allPairs(patterns: readonly RulePattern[]) {
  return patterns.flatMap((pattern, rule) => {
    const by = patterns.findIndex((earlier, i) => i < rule && shadows(earlier, pattern))
    return by === -1 ? [] : [{ rule, by }]
  })
}

it("the index finds the shadowed rules, and the first rule that shadows each, as comparing all pairs does", () => {
  let shadowed = 0
  fc.assert(
    fc.property(patterns, (patterns) => {
      const found = shadowedRules(patterns)
      expect(found).toEqual(allPairs(patterns))
      shadowed += found.length
    }),
    runs(300),
  )
  // Else the property says nothing.
  expect(shadowed).toBeGreaterThan(1000)
})
