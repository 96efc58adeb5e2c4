import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { hostsOverlap, readHostPattern } from "../../src/import/higress/domain-pattern.js"
import { compileDomain, matchDomain, readHost } from "../../src/rules/match-domain.js"
import { runs, textOf } from "../properties/settings.js"

/** As the gateway compares. */
function matchesThere(pattern: string, host: string): boolean {
  if (pattern.startsWith("*")) return host.endsWith(pattern.slice(1))
  return pattern.endsWith("*") ? host.startsWith(pattern.slice(0, -1)) : host === pattern
}

function matchesHere(patterns: readonly string[], host: string): boolean {
  const compiled = patterns.map((pattern) => compileDomain(pattern))
  expect(compiled).not.toContain(undefined)
  return matchDomain(
    compiled.flatMap((pattern) => pattern ?? []),
    readHost(host),
    true,
  )
}

const host = fc
  .array(textOf(["a", "b", "api", "-"], 2), { minLength: 1, maxLength: 4 })
  .map((labels) => labels.join("."))
  .filter((text) => !readHost(text).malformed && readHost(text).name === text && text !== "")
const pattern = fc.oneof(
  textOf(["a", "b", "api", ".", "-", "*", "*."], 6),
  host.map((text) => `*${text}`),
  host.map((text) => `${text}*`),
)

describe("a host pattern of the gateway", () => {
  it("is never said too broadly, and never too narrowly together with the broad one", () => {
    const seen = { exact: 0, loose: 0, refused: 0 }
    fc.assert(
      fc.property(pattern, fc.array(host, { minLength: 1, maxLength: 20 }), (text, hosts) => {
        const read = readHostPattern(text)
        for (const name of hosts) {
          const there = matchesThere(text, name)
          if (read === undefined) {
            seen.refused++
            expect({ text, name, there }).toEqual({ text, name, there: false })
            continue
          }
          const { certain, widest } = read
          if (matchesHere(certain, name)) expect({ text, name, there }).toEqual({ text, name, there: true })
          const broad = widest === undefined ? certain : [...certain, widest]
          if (there)
            expect({ text, name, broad, held: matchesHere(broad, name) }).toEqual({
              text,
              name,
              broad,
              held: true,
            })
          seen[widest === undefined ? "exact" : "loose"] += there ? 1 : 0
        }
      }),
      runs(1500),
    )
    expect(Math.min(seen.exact, seen.loose, seen.refused)).toBeGreaterThan(100)
  })

  it("surely does not overlap another only if no host matches both", () => {
    const known = fc.constantFrom("*", "*.a", "*.b.a", "a.*", "a.b.*", "a", "b.a", "a.b", "a.b.a")
    let together = 0
    fc.assert(
      fc.property(known, known, host, (one, other, name) => {
        if (!matchesHere([one], name) || !matchesHere([other], name)) return
        together++
        expect({ one, other, overlap: hostsOverlap(one, other) }).toEqual({ one, other, overlap: true })
      }),
      runs(3000),
    )
    expect(together).toBeGreaterThan(50)
    expect([hostsOverlap("*.a", "*.b"), hostsOverlap("a.*", "b.*"), hostsOverlap("a", "*.a")]).toEqual([
      false,
      false,
      false,
    ])
  })
})
