import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkConfig, createAuthenticator, type JwtAuthConfig } from "../../src/index.js"
import { runs } from "./settings.js"
import { jwksOf, newSecret } from "./tokens.js"

const jwks = jwksOf(newSecret(), newSecret(64))
const good = {
  global_auth: true,
  realm: "a",
  consumers: [
    {
      name: "web",
      issuer: "a",
      claims: { tenant: "b" },
      jwks: { keys: [...jwks.keys, { kty: "RSA", n: "AA", e: "AQAB", use: "enc" }] },
      algorithms: ["HS256"],
      from_headers: [{ name: "X-Token", value_prefix: "Bearer " }],
      from_params: ["t"],
      claims_to_headers: [{ claim: "sub", header: "X-Sub" }],
    },
    {
      name: "partner",
      claims: { tenant: "c" },
      jwks: JSON.stringify(jwks),
      types: ["JWT"],
      audiences: ["a"],
    },
  ],
  rules: [
    {
      match: { domain: "*.example.com", path: ["/a/*", "/b"], method: "GET" },
      allow: ["web"],
      scopes: ["read"],
    },
    { match: { path: "/public/*" }, public: true },
    { match: { route: "r" }, consumers: [{ name: "local", issuer: "l", jwks }], optional: true },
  ],
}

type Path = readonly (string | number)[]

/** Every place of the document at which something else could stand. */
function pathsIn(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [at]
  const below = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value)
  return [
    at,
    ...below.flatMap((key) => pathsIn((value as Record<string | number, unknown>)[key], [...at, key])),
  ]
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.with(Number(key), replaced(value[Number(key)], rest, by))
  const object = value as Record<string, unknown>
  return { ...object, [key]: replaced(object[key], rest, by) }
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, maxDepth: 2 }),
  fc.constantFrom(
    "",
    "any",
    "web",
    "/a/../b",
    "*",
    "*.",
    0,
    -1,
    Number.NaN,
    [],
    {},
    [[]],
    [{}],
    { keys: [{}] },
    null,
  ),
)
const nearlyGood = fc
  .array(fc.tuple(fc.constantFrom(...pathsIn(good)), anything), { minLength: 1, maxLength: 3 })
  .map((changes) =>
    changes.reduce<unknown>((document, [path, by]) => {
      try {
        return replaced(document, path, by)
      } catch {
        return document
      }
    }, good),
  )

describe("checkConfig, for arbitrary documents", () => {
  it("starts from one with nothing wrong: the tests below could fail", () => {
    expect(checkConfig(good).issues.filter(({ severity }) => severity === "error")).toEqual([])
  })

  it("never throws, and has a config exactly when no issue is an error", () => {
    const outcomes = new Set<boolean>()
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: nearlyGood }, anything), (document) => {
        const { config, issues } = checkConfig(document)
        expect(config === undefined).toBe(issues.some(({ severity }) => severity === "error"))
        outcomes.add(config === undefined)
      }),
      runs(600),
    )
    expect(outcomes.size).toBe(2)
  })

  it("says what is wrong with words of its own, on one line", () => {
    fc.assert(
      fc.property(nearlyGood, (document) => {
        for (const { message, fix = "" } of checkConfig(document).issues) {
          expect(message).toMatch(/^\S.*[^.\s]/)
          expect(message + fix).not.toMatch(/\[object|NaN|\n/)
        }
      }),
      runs(400),
    )
  })

  it("accepts nothing that the authenticator could not be made of", () => {
    fc.assert(
      fc.property(nearlyGood, (document) => {
        const { config } = checkConfig(document)
        if (config === undefined) return
        expect(createAuthenticator(document as JwtAuthConfig).config).toEqual(config)
        expect(checkConfig(config).config).toEqual(config)
      }),
      runs(400),
    )
  })
})
