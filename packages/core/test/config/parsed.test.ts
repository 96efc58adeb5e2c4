import { describe, expect, it } from "vitest"
import { checkConfig, createAuthenticator, type JwtAuthConfig, parseConfig } from "../../src/index.js"
import { consumerWith, goodKey, jwksOf, secretOf, withRules } from "./documents.js"

const full = {
  $schema: "./node_modules/@jwt-auth/core/dist/config.schema.json",
  global_auth: false,
  realm: "",
  consumer_header: "X-Who",
  bypass_cors_preflight: true,
  consumers: [
    consumerWith({
      claims: { tenant: "a" },
      types: ["JWT"],
      audiences: ["a"],
      jwks: {
        ...jwksOf({ ...goodKey, kid: "1", use: "sig", key_ops: ["verify"], x5c: ["a"], oth: { deep: [1] } }),
        more: [1],
      },
      algorithms: ["HS256"],
      from_headers: [{ name: "X-Token" }],
      from_params: ["t"],
      from_cookies: ["c"],
      claims_to_headers: [{ claim: "sub", header: "X-Sub" }],
    }),
    consumerWith({ name: "text", jwks: JSON.stringify(jwksOf(goodKey)) }),
  ],
  rules: [
    {
      name: "r",
      match: { domain: ["a.com"], path: "/a", method: "GET", route: "r" },
      allow: ["web"],
      scopes: ["s"],
    },
    { match: {}, consumers: [consumerWith({ name: "local" })] },
  ],
}

describe("a parsed config", () => {
  it("has every default of the contract filled in", () => {
    const config = parseConfig({
      consumers: [
        consumerWith({ from_headers: [{ name: "A" }], claims_to_headers: [{ claim: "a", header: "X-A" }] }),
      ],
      rules: [{ match: {}, allow: "any" }],
    })
    expect(config).toMatchObject({
      realm: "jwt-auth",
      consumer_header: "X-Mse-Consumer",
      bypass_cors_preflight: false,
      consumers: [
        {
          clock_skew_seconds: 60,
          require_exp: true,
          keep_token: true,
          allow_weak_hmac: false,
          from_headers: [{ name: "A", value_prefix: "" }],
          claims_to_headers: [{ claim: "a", header: "X-A", override: true }],
        },
      ],
      rules: [{ optional: false, report_only: false }],
    })
    expect(config).not.toHaveProperty("global_auth")
  })

  it("keeps what was given", () => {
    expect(parseConfig(full)).toMatchObject(full)
  })

  it.each([
    ["with every field", full],
    ["with none but the required", { consumers: [consumerWith()] }],
    [
      "with rules of every kind",
      withRules({ match: {}, public: true }, { match: { path: ["/a"] }, allow: ["web"] }),
    ],
  ])("parses to itself, %s", (_, document) => {
    const once = parseConfig(document)
    const { config, issues } = checkConfig(once)
    expect(config).toEqual(once)
    expect(issues).toEqual(checkConfig(document).issues)
    expect(parseConfig(JSON.parse(JSON.stringify(once)))).toEqual(once)
  })

  it("is frozen at every depth", () => {
    const thawed: string[] = []
    walk(parseConfig(full), (value, path) => {
      if (!Object.isFrozen(value)) thawed.push(path)
    })
    expect(thawed).toEqual([])
  })

  it("takes nothing from its author: the document is not frozen, and not changed", () => {
    const document = structuredClone(full)
    parseConfig(document)
    expect(document).toEqual(full)
    const frozen: string[] = []
    walk(document, (value, path) => {
      if (Object.isFrozen(value)) frozen.push(path)
    })
    expect(frozen).toEqual([])
  })

  it("does not follow later changes of the document", () => {
    const document = structuredClone(full)
    const config = parseConfig(document)
    const before = structuredClone(config)
    walk(document, (value) => {
      if (Array.isArray(value)) value.length = 0
    })
    expect(config).toEqual(before)
  })

  it("is what the authenticator shows", () => {
    const config = parseConfig(full)
    expect(createAuthenticator(config).config).toEqual(config)
    expect(Object.isFrozen(createAuthenticator(full as unknown as JwtAuthConfig).config)).toBe(true)
  })
})

describe("checkConfig never throws", () => {
  const cyclic: Record<string, unknown> = { consumers: [] }
  cyclic["self"] = cyclic
  const key: Record<string, unknown> = { kty: "oct", k: secretOf() }
  key["parent"] = key
  const deep = (depth: number) => {
    let value: unknown = "x"
    for (let i = 0; i < depth; i++) value = [value]
    return value
  }

  it.each([
    ["that contains itself, as a YAML anchor can", cyclic],
    ["whose key contains itself", { consumers: [consumerWith({ jwks: jwksOf(key) })] }],
    ["that is nested very deep", { consumers: deep(20_000) }],
    [
      "whose key is nested very deep",
      { consumers: [consumerWith({ jwks: jwksOf({ ...goodKey, deep: deep(20_000) }) })] },
    ],
    ["with a bigint, a symbol and a function", { consumers: [1n, Symbol("a"), () => {}], realm: 1n }],
    ["with a date and a map", { consumers: [new Date(0), new Map()], rules: new Set() }],
    ["without a prototype", Object.assign(Object.create(null), { consumers: [Object.create(null)] })],
  ])("for a document %s", (_, document) => {
    expect(() => checkConfig(document)).not.toThrow()
  })
})

function walk(value: unknown, visit: (value: object, path: string) => void, path = ""): void {
  if (typeof value !== "object" || value === null) return
  for (const [name, member] of Object.entries(value)) walk(member, visit, `${path}/${name}`)
  visit(value, path)
}
