import { describe, expect, it } from "vitest"
import { toJSONSchema } from "zod/mini"
import { documentSchema } from "../src/config/parse.js"

/** What the build writes the published schema from. */
const schema = toJSONSchema(documentSchema, { io: "input" }) as Schema

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly minimum?: number
  readonly minItems?: number
  readonly minLength?: number
  readonly pattern?: string
  readonly $ref?: string
}

/** The schema under a path of fields; of a list, the schema of its items. */
function at(path: string): Schema {
  return path.split(".").reduce((found, field) => {
    const next = (found.items ?? found).properties?.[field]
    if (next === undefined) throw new Error(`${path}: no ${field}`)
    return next
  }, schema)
}

const fieldsOf = ({ items, properties }: Schema) => Object.keys(items?.properties ?? properties ?? {})

const consumerFields = [
  "name",
  "issuer",
  "claims",
  "types",
  "audiences",
  "jwks",
  "algorithms",
  "from_headers",
  "from_params",
  "from_cookies",
  "claims_to_headers",
  "clock_skew_seconds",
  "require_exp",
  "keep_token",
  "allow_weak_hmac",
]

describe("the JSON Schema of the config document", () => {
  it.each([
    [
      "the document",
      schema,
      ["$schema", "global_auth", "realm", "consumer_header", "bypass_cors_preflight", "consumers", "rules"],
    ],
    ["a consumer", at("consumers"), consumerFields],
    ["a rule's own consumer", at("rules.consumers"), consumerFields],
    ["a header place", at("consumers.from_headers"), ["name", "value_prefix"]],
    ["a forwarded claim", at("consumers.claims_to_headers"), ["claim", "header", "override"]],
    [
      "a rule",
      at("rules"),
      ["name", "match", "allow", "public", "consumers", "optional", "scopes", "report_only"],
    ],
    ["a match", at("rules.match"), ["domain", "path", "method", "route"]],
  ])("knows the fields of %s, and allows no other", (_, object, fields) => {
    expect(fieldsOf(object)).toEqual(fields)
    expect((object.items ?? object).additionalProperties).toBe(false)
  })

  it.each([
    ["realm", "jwt-auth"],
    ["consumer_header", "X-Mse-Consumer"],
    ["bypass_cors_preflight", false],
    ["consumers.clock_skew_seconds", 60],
    ["consumers.require_exp", true],
    ["consumers.keep_token", true],
    ["consumers.allow_weak_hmac", false],
    ["consumers.from_headers.value_prefix", ""],
    ["consumers.claims_to_headers.override", true],
    ["rules.optional", false],
    ["rules.report_only", false],
  ])("says that %s is %o when it is left out", (path, value) => {
    expect(at(path).default).toBe(value)
  })

  it.each(["global_auth", "rules", "consumers.issuer", "consumers.algorithms", "rules.allow"])(
    "gives %s no default",
    (path) => {
      expect(at(path)).not.toHaveProperty("default")
    },
  )

  it.each([
    ["the document", schema, ["consumers"]],
    ["a consumer", at("consumers"), ["name", "jwks"]],
    ["a header place", at("consumers.from_headers"), ["name"]],
    ["a forwarded claim", at("consumers.claims_to_headers"), ["claim", "header"]],
    ["a rule", at("rules"), ["match"]],
    ["a match", at("rules.match"), undefined],
  ])("asks of %s only what has no default", (_, object, required) => {
    expect((object.items ?? object).required).toEqual(required)
  })

  it("lists the 13 algorithms, and none is not one of them", () => {
    const { items } = at("consumers.algorithms")
    expect(items?.enum).toHaveLength(13)
    expect(items?.enum).not.toContain("none")
  })

  it("takes a key set as an object or as JSON text, and keys with members of their own", () => {
    const [text, object] = at("consumers.jwks").anyOf ?? []
    expect(text?.type).toBe("string")
    expect(object?.required).toEqual(["keys"])
    expect(object?.properties?.["keys"]?.items?.additionalProperties).not.toBe(false)
  })

  it.each(["domain", "path", "method", "route"])(
    "takes one %s to match, or a list that is not empty",
    (field) => {
      const [one, several] = at(`rules.match.${field}`).anyOf ?? []
      expect(one?.type).toBe("string")
      expect(several).toMatchObject({ type: "array", minItems: 1, items: one })
    },
  )

  it('takes "any" or a list of names to allow, and only true to be public', () => {
    expect(at("rules.allow").anyOf).toMatchObject([{ const: "any" }, { type: "array", minItems: 1 }])
    expect(at("rules.public").const).toBe(true)
  })

  it("refuses what the parser refuses: empty lists, negative seconds", () => {
    expect(at("consumers").minItems).toBe(1)
    expect(at("consumers.types").minItems).toBe(1)
    expect(at("consumers.clock_skew_seconds")).toMatchObject({ type: "integer", minimum: 0 })
  })

  it.each([
    ["rules.match.method", ["GET", "post", "M-SEARCH"], ["GET POST", ""]],
    ["rules.match.path", ["/", "/a/*"], ["a"]],
    ["rules.scopes", ["read:a"], ["a b", '"']],
    ["consumers.name", ["a b"], ["a  b", "é"]],
    ["consumers.from_cookies", ["__Host-a"], ["a=b"]],
    ["consumers.claims_to_headers.header", ["X-A"], ["X A"]],
    ["realm", ["", "a b"], ['"']],
    ["consumer_header", ["X-A"], [":"]],
  ])(
    "has a pattern for %s that says what the parser says, with the flags that JSON Schema has not",
    (path, good, bad) => {
      const { anyOf = [], items, pattern = anyOf[0]?.pattern ?? items?.pattern ?? "" } = at(path)
      expect(pattern).not.toBe("")
      const test = new RegExp(pattern, "u")
      expect([good.filter((text) => !test.test(text)), bad.filter((text) => test.test(text))]).toEqual([
        [],
        [],
      ])
    },
  )
})
