import { describe, expect, it } from "vitest"
import { ConfigError, checkConfig, parseConfig } from "../../src/index.js"
import { consumerWith, documentWith, errorsOf, jwksOf, secretOf, withRules } from "./documents.js"

/** One mistake of every kind that one document can hold. */
const broken = {
  globalAuth: true,
  realm: 'a "realm"',
  consumer_header: "Cookie",
  bypass_cors_preflight: "yes",
  consumers: [
    { jwks: jwksOf({ kty: "oct", k: secretOf(16) }) },
    consumerWith({
      issuer: "",
      claims: { tenant: "a" },
      types: [],
      audiences: [1],
      jwks: jwksOf({ kty: "EC", crv: "P-256", x: "!", y: secretOf(31) }, {}),
      algorithms: ["none", "RS25"],
      from_headers: [{ name: "no colon:", value_prefix: 1, prefix: "" }],
      from_params: [""],
      from_cookies: ["a;b"],
      claims_to_headers: [{ claim: "sub" }, { claim: "", header: "X-A" }],
      clock_skew_seconds: -1,
      require_exp: null,
    }),
    consumerWith({ jwks: "{", fromHeaders: [], discovery: true }),
  ],
  rules: [
    { match: { path: "x", method: "GET POST", paths: [] }, allow: ["wbe"] },
    { match: { domain: ["a.example.com", "https://x"] }, allow: ["web", "partner"] },
    { public: true, scopes: ["a b"] },
    { match: { path: "/a*b" }, allow: "any", consumers: [consumerWith({ name: "\n" })] },
  ],
}

describe("all problems of a document are reported at once", () => {
  it("each with its own path, in the order of the document", () => {
    expect(errorsOf(broken).map(({ path }) => path)).toMatchInlineSnapshot(`
      [
        "bypass_cors_preflight",
        "consumer_header",
        "consumers[0]",
        "consumers[0].jwks.keys[0].k",
        "consumers[0].name",
        "consumers[1].algorithms[0]",
        "consumers[1].algorithms[1]",
        "consumers[1].audiences[0]",
        "consumers[1].claims_to_headers[0].header",
        "consumers[1].claims_to_headers[1].claim",
        "consumers[1].clock_skew_seconds",
        "consumers[1].from_cookies[0]",
        "consumers[1].from_headers[0].name",
        "consumers[1].from_headers[0].prefix",
        "consumers[1].from_headers[0].value_prefix",
        "consumers[1].from_params[0]",
        "consumers[1].issuer",
        "consumers[1].jwks.keys[0].x",
        "consumers[1].jwks.keys[0].y",
        "consumers[1].jwks.keys[1].kty",
        "consumers[1].require_exp",
        "consumers[1].types",
        "consumers[2].discovery",
        "consumers[2].fromHeaders",
        "consumers[2].jwks",
        "consumers[2].name",
        "globalAuth",
        "realm",
        "rules[0].allow[0]",
        "rules[0].match.method",
        "rules[0].match.path",
        "rules[0].match.paths",
        "rules[1].allow[1]",
        "rules[1].match.domain",
        "rules[2].match",
        "rules[2].scopes",
        "rules[2].scopes[0]",
        "rules[3]",
        "rules[3].consumers[0].name",
        "rules[3].match.path",
      ]
    `)
  })

  it("each with what is wrong, in words that end without a full stop, and most with a fix", () => {
    const errors = errorsOf(broken)
    for (const { message, fix } of errors) {
      expect(message).toMatch(/[^.]$/)
      if (fix !== undefined) expect(fix).toMatch(/[^ ]/)
    }
    expect(errors.filter(({ fix }) => fix === undefined).length).toBeLessThan(errors.length / 4)
  })

  it("in one ConfigError, whose message counts and names every one of them", () => {
    const thrown = errorThrownBy(() => parseConfig(broken))
    expect(thrown).toBeInstanceOf(ConfigError)
    expect(thrown.message).toContain(`The jwt-auth config has ${errorsOf(broken).length} problems:`)
    for (const { path } of errorsOf(broken)) expect(thrown.message).toContain(`\n  - ${path}: `)
  })

  it("and what is wrong with consumers[2] stands before what is wrong with consumers[10]", () => {
    const consumers = Array.from({ length: 12 }, (_, i) => consumerWith({ name: `c${i}`, keep_token: "no" }))
    const paths = consumers.map((_, i) => `consumers[${i}].keep_token`)
    expect(errorsOf({ consumers }).map(({ path }) => path)).toEqual(paths)
  })

  it.each([
    [
      "a claim header",
      "consumers[0].claims_to_headers[1].header",
      {
        claims_to_headers: [
          { claim: 1, header: "X-A" },
          { claim: "a", header: "Host" },
        ],
      },
    ],
    [
      "a key",
      "consumers[0].jwks.keys[1].k",
      {
        jwks: jwksOf({ kty: 1 }, { kty: "oct", k: secretOf(8) }),
      },
    ],
  ])("%s with a problem is found behind a neighbour of the wrong shape", (_, path, consumer) => {
    const paths = errorsOf(documentWith(consumer)).map(({ path }) => path)
    expect(paths).toHaveLength(2)
    expect(paths).toContain(path)
  })

  it("a domain that is none is found next to a path of the wrong shape", () => {
    const rule = { match: { domain: "https://x", path: 1 }, allow: "any" }
    expect(errorsOf(withRules(rule)).map(({ path }) => path)).toEqual([
      "rules[0].match.domain",
      "rules[0].match.path",
    ])
  })

  it("with warnings and errors side by side", () => {
    const { config, issues } = checkConfig({
      ...documentWith({ keep_token: 1 }),
      rules: [{ match: {}, allow: ["web"] }],
    })
    expect(config).toBeUndefined()
    expect(issues.map(({ severity, path }) => [severity, path])).toEqual([
      ["error", "consumers[0].keep_token"],
      ["warning", "global_auth"],
    ])
  })

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a list", []],
    ["a string", "consumers: []"],
    ["true", true],
  ])("%s is no document", (_, input) => {
    const [first, ...rest] = errorsOf(input)
    expect(first?.path).toBe("")
    expect(rest).toEqual([])
  })

  it("an empty document lacks its consumers, and nothing else", () => {
    expect(errorsOf({})).toEqual([{ path: "consumers", message: "is required", fix: "Add it: a list." }])
  })
})

function errorThrownBy(run: () => unknown): Error {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof Error) return thrown
  }
  throw new Error("nothing was thrown")
}
