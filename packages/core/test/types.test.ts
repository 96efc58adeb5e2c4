import { describe, expect, expectTypeOf, it } from "vitest"
import type * as z from "zod/mini"
import type { documentSchema } from "../src/config/parse.js"
import {
  type Algorithm,
  type Consumer,
  checkConfig,
  createAuthenticator,
  type JwtAuthConfig,
  parseConfig,
} from "../src/index.js"
import { jwksOf, newSecret } from "./properties/tokens.js"

// The type gate is `tsc -p tsconfig.json`: a wrong type here, or an error that is expected and does not come, fails it.

const jwks = jwksOf(newSecret())

/** As read-only as the document's own types: a parsed document is frozen. */
type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T

describe("a config document", () => {
  it("may be a read-only literal", () => {
    const literal = {
      global_auth: true,
      consumers: [
        {
          name: "web",
          issuer: "https://issuer.example.com",
          jwks: { keys: [{ kty: "RSA", n: "n", e: "AQAB", key_ops: ["verify"], x5c: ["a"] }] },
          algorithms: ["RS256", "EdDSA"],
          from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
          claims_to_headers: [{ claim: "sub", header: "X-User", override: false }],
        },
      ],
      rules: [
        { match: { path: ["/a", "/b/*"], method: "GET" }, allow: ["web"], scopes: ["read"] },
        { match: {}, public: true },
      ],
    } as const
    expectTypeOf(literal).toExtend<JwtAuthConfig>()
    const config: JwtAuthConfig = literal
    expect(checkConfig(config).issues.map(({ path }) => path)).toContain("consumers[0].jwks.keys[0].n")
  })

  it("may be an ordinary object, built bit by bit", () => {
    const algorithms: Algorithm[] = ["HS256"]
    const consumers: Consumer[] = []
    consumers.push({ name: "web", issuer: "a", jwks, algorithms })
    expectTypeOf({ consumers }).toExtend<JwtAuthConfig>()
    expect(createAuthenticator({ consumers }).config.consumers).toHaveLength(1)
  })

  it("has the shape that the schema takes, in both directions", () => {
    type Input = DeepReadonly<z.input<typeof documentSchema>>
    expectTypeOf<Input>().toExtend<JwtAuthConfig>()
    expectTypeOf<JwtAuthConfig>().toExtend<Input>()
    expectTypeOf<keyof Input>().toEqualTypeOf<keyof JwtAuthConfig>()
    expectTypeOf<keyof Input["consumers"][number]>().toEqualTypeOf<keyof Consumer>()
    type InputRule = NonNullable<Input["rules"]>[number]
    type Rule = NonNullable<JwtAuthConfig["rules"]>[number]
    expectTypeOf<keyof InputRule>().toEqualTypeOf<keyof Rule>()
    expectTypeOf<keyof InputRule["match"]>().toEqualTypeOf<keyof Rule["match"]>()
  })

  it("is still one after parsing, defaults and all", () => {
    expectTypeOf<DeepReadonly<z.output<typeof documentSchema>>>().toExtend<JwtAuthConfig>()
    expectTypeOf(parseConfig).returns.toEqualTypeOf<JwtAuthConfig>()
    expectTypeOf(parseConfig).parameter(0).toEqualTypeOf<unknown>()
    expectTypeOf(checkConfig({}).config).toEqualTypeOf<JwtAuthConfig | undefined>()
  })

  it("with a field that does not exist does not compile", () => {
    // @ts-expect-error: global_auth
    const document: JwtAuthConfig = { globalAuth: true, consumers: [] }
    // @ts-expect-error: from_headers
    const consumer: Consumer = { name: "a", issuer: "a", jwks, fromHeaders: [] }
    // @ts-expect-error: path
    const rules: JwtAuthConfig["rules"] = [{ match: { paths: "/a" }, allow: "any" }]
    // @ts-expect-error: not in this version
    const remote: Consumer = { name: "a", issuer: "a", jwks, jwks_uri: "https://a" }
    for (const config of [document, { consumers: [consumer, remote] }, { consumers: [consumer], rules }]) {
      expect(checkConfig(config).config).toBeUndefined()
    }
  })

  it("with an algorithm that is none does not compile", () => {
    // @ts-expect-error: the algorithm none does not exist here
    const none: Consumer = { name: "a", issuer: "a", jwks, algorithms: ["none"] }
    // @ts-expect-error: in this very case
    const lower: Consumer = { name: "a", issuer: "a", jwks, algorithms: ["hs256"] }
    expect(checkConfig({ consumers: [none] }).config).toBeUndefined()
    expect(checkConfig({ consumers: [lower] }).config).toBeUndefined()
    expectTypeOf<Algorithm>().not.toEqualTypeOf<string>()
    expectTypeOf<"none">().not.toExtend<Algorithm>()
  })

  it("without consumers, or a consumer without name or keys, does not compile", () => {
    // @ts-expect-error: consumers
    const none: JwtAuthConfig = { global_auth: true }
    // @ts-expect-error: jwks
    const keyless: Consumer = { name: "a", issuer: "a" }
    // @ts-expect-error: name
    const nameless: Consumer = { issuer: "a", jwks }
    // @ts-expect-error: match
    const everywhere: JwtAuthConfig["rules"] = [{ allow: "any" }]
    for (const config of [
      none,
      { consumers: [keyless] },
      { consumers: [nameless] },
      { consumers: [], rules: everywhere },
    ]) {
      expect(checkConfig(config).config).toBeUndefined()
    }
  })

  it("public: false does not compile: a rule is public or says something else", () => {
    // @ts-expect-error: only true
    const rules: JwtAuthConfig["rules"] = [{ match: {}, public: false }]
    expect(checkConfig({ consumers: [{ name: "a", issuer: "a", jwks }], rules }).config).toBeUndefined()
  })

  it("is read-only once it is parsed", () => {
    const { config } = createAuthenticator({ consumers: [{ name: "a", issuer: "a", jwks }] })
    expect(() => {
      // @ts-expect-error: a new config is reloaded, not written into the old one
      config.global_auth = false
    }).toThrow(TypeError)
  })
})
