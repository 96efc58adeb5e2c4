import { describe, expect, it } from "vitest"
import { consumerWith, documentWith, errorsOf, goodKey, secretOf, withRules } from "./documents.js"

const place = (fields: object) => documentWith({ from_headers: [{ name: "X-Token", ...fields }] })
const forward = (fields: object) =>
  documentWith({ claims_to_headers: [{ claim: "a", header: "X-A", ...fields }] })
const inMatch = (fields: object) => withRules({ match: fields, allow: "any" })

describe("an unknown field is an error that names the field that was meant", () => {
  it.each([
    ["globalAuth", "global_auth", { ...documentWith(), globalAuth: true }],
    ["consumer", "consumers", { ...documentWith(), consumer: [] }],
    ["rulse", "rules", { ...documentWith(), rulse: [] }],
    ["consumer-header", "consumer_header", { ...documentWith(), "consumer-header": "X" }],
    ["consumers[0].fromHeaders", "from_headers", documentWith({ fromHeaders: [] })],
    ["consumers[0].from_param", "from_params", documentWith({ from_param: [] })],
    ["consumers[0].claimsToHeaders", "claims_to_headers", documentWith({ claimsToHeaders: [] })],
    ["consumers[0].clockSkewSeconds", "clock_skew_seconds", documentWith({ clockSkewSeconds: 1 })],
    ["consumers[0].KEEP_TOKEN", "keep_token", documentWith({ KEEP_TOKEN: true })],
    ["consumers[0].audience", "audiences", documentWith({ audience: "a" })],
    ["consumers[0].jwk", "jwks", documentWith({ jwk: goodKey })],
    ["consumers[0].alogrithms", "algorithms", documentWith({ alogrithms: ["HS256"] })],
    ["consumers[0].from_headers[0].valuePrefix", "value_prefix", place({ valuePrefix: "Bearer " })],
    ["consumers[0].claims_to_headers[0].overide", "override", forward({ overide: false })],
    ["rules[0].reportOnly", "report_only", withRules({ match: {}, allow: "any", reportOnly: true })],
    ["rules[0].scope", "scopes", withRules({ match: {}, allow: "any", scope: ["a"] })],
    ["rules[0].match.paths", "path", inMatch({ paths: "/x" })],
    ["rules[0].match.methods", "method", inMatch({ methods: ["GET"] })],
    [
      "rules[0].consumers[0].fromCookies",
      "from_cookies",
      withRules({ match: {}, consumers: [consumerWith({ name: "local", fromCookies: [] })] }),
    ],
  ])("%s: did you mean %s?", (path, meant, document) => {
    expect(errorsOf(document)).toEqual([
      { path, message: "is not a known field", fix: `Did you mean ${meant}?` },
    ])
  })

  it("and lists the known fields when it is like none of them", () => {
    expect(errorsOf(inMatch({ tenant: "a" }))).toEqual([
      {
        path: "rules[0].match.tenant",
        message: "is not a known field",
        fix: "Known here: domain, path, method, route.",
      },
    ])
  })

  it("but a key may have members that we do not know (RFC 7517 §4)", () => {
    expect(
      errorsOf(documentWith({ jwks: { keys: [{ ...goodKey, x5t: "a", ext: true }], issuer: "a" } })),
    ).toEqual([])
  })
})

describe("a field of a later version is refused by name, not taken for a typo", () => {
  it.each([
    [
      "jwks_uri",
      "https://issuer.example.com/jwks",
      "Remote key sets are not supported yet. Give the keys inline, as jwks.",
    ],
    ["discovery", true, "OIDC discovery is not supported yet. Give the keys inline, as jwks."],
  ])("%s", (field, value, fix) => {
    const path = `consumers[0].${field}`
    expect(errorsOf(documentWith({ [field]: value }))).toEqual([
      { path, message: "is not supported by this version", fix },
    ])
  })

  it("also where it stands instead of jwks", () => {
    const paths = errorsOf(documentWith({ jwks: undefined, jwks_uri: "https://a" })).map(({ path }) => path)
    expect(paths).toContain("consumers[0].jwks_uri")
  })
})

describe("a member called __proto__ is refused, not dropped", () => {
  const text = JSON.stringify(
    documentWith({ claims: { a: "b" } }, { rules: [{ match: { path: "/x" }, allow: ["web"] }] }),
  )
  const at = (before: string) =>
    JSON.parse(text.replace(before, `${before}"__proto__":{"a":"b"},`)) as unknown

  it.each([
    ["__proto__", "{"],
    ["consumers[0].__proto__", '"consumers":[{'],
    ["consumers[0].claims.__proto__", '"claims":{'],
    ["consumers[0].jwks.__proto__", '"jwks":{'],
    ["consumers[0].jwks.keys[0].__proto__", '"keys":[{'],
    ["rules[0].__proto__", '"rules":[{'],
    ["rules[0].match.__proto__", '"match":{'],
  ])("at %s", (path, before) => {
    const errors = errorsOf(before === "{" ? JSON.parse(`{"__proto__":{},${text.slice(1)}`) : at(before))
    expect(errors).toContainEqual({ path, message: "is not a usable name", fix: "Rename it." })
  })

  it("and consumers by the names of Object's own members are consumers like any other", () => {
    const names = ["constructor", "toString", "hasOwnProperty", "__defineGetter__"]
    const consumers = names.map((name) => consumerWith({ name, issuer: undefined, claims: { [name]: name } }))
    expect(errorsOf({ global_auth: true, consumers, rules: [{ match: {}, allow: names }] })).toEqual([])
  })
})

describe("a value that is not of the list names the one that was meant", () => {
  const supported =
    "HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA"

  it.each([
    ["hs256", "HS256"],
    ["RS-256", "RS256"],
    ["rs_512", "RS512"],
    ["EDDSA", "EdDSA"],
    ["ES521", "ES512"],
  ])("algorithm %s: did you mean %s?", (algorithm, meant) => {
    expect(errorsOf(documentWith({ algorithms: [algorithm] }))).toEqual([
      {
        path: "consumers[0].algorithms[0]",
        message: `"${algorithm}" is not one of the supported values`,
        fix: `Did you mean ${meant}? Supported: ${supported}.`,
      },
    ])
  })

  it.each(["none", "None", "ES256K", "dir", "HMAC-SHA-1"])(
    "algorithm %s is not among the supported ones",
    (algorithm) => {
      const [found, ...rest] = errorsOf(documentWith({ algorithms: ["HS256", algorithm] }))
      expect(rest).toEqual([])
      expect(found?.path).toBe("consumers[0].algorithms[1]")
      expect(found?.fix).toContain(`Supported: ${supported}.`)
    },
  )

  it("and a value that is like none of them is not shown: it may be a secret in the wrong place", () => {
    const secret = secretOf()
    expect(JSON.stringify(errorsOf(documentWith({ algorithms: [secret] })))).not.toContain(secret)
  })
})
