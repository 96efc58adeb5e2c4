import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { textOf } from "./installed.js"

const schema = JSON.parse(textOf("core", "dist/config.schema.json"))
const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema)

const document = {
  $schema: "./node_modules/@jwt-auth/core/dist/config.schema.json",
  consumers: [
    {
      name: "web",
      issuer: "https://login.example.com",
      jwks: { keys: [{ kty: "RSA", kid: "1", n: "AQAB", e: "AQAB" }] },
      from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
      claims_to_headers: [{ claim: "sub", header: "X-User-Id" }],
      keep_token: false,
    },
    { name: "partner", claims: { tenant: "partner" }, jwks: `{"keys":[]}`, from_params: ["access_token"] },
  ],
  rules: [
    { match: { path: "/health" }, public: true },
    { match: { domain: ["*.example.com", "test.com"], method: "GET" }, allow: ["web"], scopes: ["read"] },
  ],
  global_auth: true,
}

describe("the published JSON Schema of the config", () => {
  it("accepts a document that uses consumers and rules", () => {
    validate(document)
    expect(validate.errors).toBeNull()
  })

  it.each([
    ["a misspelt field", { ...document, global_aut: true }],
    ["a misspelt field of a rule", { ...document, rules: [{ match: { pat: "/" }, public: true }] }],
    ["no consumers", { ...document, consumers: [] }],
    ["a rule that is public: false", { ...document, rules: [{ match: {}, public: false }] }],
  ])("refuses %s", (_, wrong) => {
    expect(validate(wrong)).toBe(false)
  })

  it("describes every field, for editors to show", () => {
    expect(undescribed(schema, "")).toEqual([])
  })
})

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly description?: string
}

/** Paths of the fields without a description; the members of a key belong to RFC 7517, not to us. */
function undescribed({ properties = {}, items, anyOf = [] }: Schema, path: string): readonly string[] {
  const fields = Object.entries(properties).flatMap(([name, field]) => {
    const at = `${path}.${name}`
    const nested = name === "jwks" ? [] : undescribed(field, at)
    return field.description === undefined ? [at, ...nested] : nested
  })
  const variants = items === undefined ? anyOf : [items, ...anyOf]
  return [...fields, ...variants.flatMap((variant) => undescribed(variant, path))]
}
