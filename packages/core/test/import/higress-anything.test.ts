import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fromHigress } from "../../src/import/index.js"
import { ConfigError, checkConfig } from "../../src/index.js"
import { runs } from "../properties/settings.js"
import { consumerWith, notesAt, problemLines, sourceWith } from "./higress-source.js"

describe("whatever stands in the source", () => {
  const names = [
    "consumers",
    "_rules_",
    "global_auth",
    "allow",
    "name",
    "issuer",
    "claims",
    "jwks",
    "from_headers",
    "kind",
  ]
  const more = [
    "_match_domain_",
    "_match_route_",
    "_match_service_",
    "_disable_",
    "spec",
    "matchRules",
    "__proto__",
    "items",
  ]
  const values = fc.oneof(
    fc.constantFrom<unknown>(
      true,
      "true",
      "*",
      "*a",
      "web",
      "",
      null,
      undefined,
      5,
      -1,
      1.5,
      [],
      {},
      "WasmPlugin",
      "List",
    ),
    fc.constant(consumerWith()),
  )
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      values,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names, ...more), tie("tree"), { maxKeys: 4 }),
    ),
  }))
  const near = fc
    .record({ consumers: fc.constant([consumerWith()]), _rules_: fc.array(tree, { maxLength: 3 }) })
    .chain((source) => tree.map((extra) => (typeof extra === "object" ? { ...extra, ...source } : source)))

  it("either a config comes of it that parses, or a ConfigError with paths, messages and fixes", () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.oneof(tree, near), (source) => {
        try {
          const { config, notes } = fromHigress(source)
          expect(checkConfig(config).config).toBeDefined()
          expect(notes.every(({ there, here }) => there !== "" && here !== "")).toBe(true)
          seen.add("imported")
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error
          expect(error.issues.length).toBeGreaterThan(0)
          expect(error.issues.every(({ message, fix }) => message !== "" && fix !== "")).toBe(true)
          seen.add("refused")
        }
      }),
      runs(1500),
    )
    expect([...seen].sort()).toEqual(["imported", "refused"])
  })

  it("a member called __proto__ is named, and changes nothing", () => {
    const source = { ...sourceWith(), ...JSON.parse('{"x":1}') }
    const inClaims = JSON.parse('{"__proto__":"a"}')
    expect(problemLines({ consumers: [consumerWith({ claims: inClaims })] })).toEqual([
      "consumers[0].claims.__proto__: is not a usable name",
    ])
    expect(notesAt(source, "x")).toHaveLength(1)
    const atTop = Object.defineProperty(sourceWith(), "__proto__", {
      value: { global_auth: false },
      enumerable: true,
    })
    expect(fromHigress(atTop).config.global_auth).toBeUndefined()
    expect(notesAt(atTop, "__proto__")).toHaveLength(1)
  })
})
