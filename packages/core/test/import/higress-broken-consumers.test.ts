import { describe, expect, it } from "vitest"
import { consumerWith, problemLines } from "./higress-source.js"

describe("a broken consumer refuses the whole import", () => {
  it.each<[string, object, readonly string[]]>([
    ["no name", { name: undefined }, ["name: is required"]],
    ["a name that no header can carry", { name: "名前" }, ["name: cannot stand in a header"]],
    ["a name that is a list", { name: ["a"] }, ["name: must be a string"]],
    ["no keys", { jwks: undefined }, ["jwks: is required"]],
    ["keys that are no JSON", { jwks: "{" }, ["jwks: is not valid JSON"]],
    ["no key in the set", { jwks: '{"keys":[]}' }, ["jwks: has no key that can verify a token"]],
    [
      "a short secret",
      { jwks: '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}' },
      ["jwks.keys[0].k: is too weak: 48 bits, and HS256 needs at least 256 (RFC 7518 §3.2)"],
    ],
    [
      "remote keys",
      { remote_jwks: {}, jwks: undefined },
      ["remote_jwks: is not supported by this version", "jwks: is required"],
    ],
    ["an empty issuer", { issuer: " " }, ["issuer: must not be empty"]],
    ["an issuer of null", { issuer: null }, ["issuer: must be a string"]],
    ["a negative number as an issuer", { issuer: -5 }, ["issuer: must be a string"]],
    ["claims in a list", { claims: [] }, ["claims: must be an object"]],
    ["a claim that is true", { claims: { admin: true } }, ["claims.admin: must be a string"]],
    ["one header place, not in a list", { from_headers: { name: "X" } }, ["from_headers: must be a list"]],
    ["a header place without a name", { from_headers: [{}] }, ["from_headers[0].name: is required"]],
    ["a header place of null", { from_headers: [null] }, ["from_headers[0]: must be an object"]],
    ["one parameter, not in a list", { from_params: "t" }, ["from_params: must be a list"]],
    [
      "a claim to no header",
      { claims_to_headers: [{ claim: "sub" }] },
      ["claims_to_headers[0].header: is required"],
    ],
    [
      "a claim forwarded twice",
      {
        claims_to_headers: [
          { claim: "sub", header: "X-A" },
          { claim: "sub", header: "X-B" },
        ],
      },
      ['claims_to_headers[1].claim: "sub" is forwarded twice'],
    ],
    [
      "a claim to the header of the consumer",
      { claims_to_headers: [{ claim: "sub", header: "x-mse-consumer" }] },
      ["claims_to_headers[0].header: is the header that carries the consumer's name"],
    ],
    [
      "an override of yes",
      { claims_to_headers: [{ claim: "sub", header: "X-A", override: "yes" }] },
      ["claims_to_headers[0].override: must be true or false"],
    ],
    [
      "a negative skew",
      { clock_skew_seconds: -1 },
      ["clock_skew_seconds: must be a number of seconds, 0 or more"],
    ],
    [
      "a skew of 1.9 in quotes",
      { clock_skew_seconds: "1.9" },
      ["clock_skew_seconds: must be a number of seconds, 0 or more"],
    ],
    [
      "a skew that is no number",
      { clock_skew_seconds: "1m" },
      ["clock_skew_seconds: must be a number of seconds, 0 or more"],
    ],
    ["keep_token ture", { keep_token: "ture" }, ["keep_token: must be true or false"]],
    ["keep_token 1", { keep_token: 1 }, ["keep_token: must be true or false"]],
  ])("%s", (_, fields, expected) => {
    const source = { consumers: [consumerWith({ name: "good" }), consumerWith(fields)] }
    expect(problemLines(source)).toEqual(expected.map((line) => `consumers[1].${line}`))
  })

  it("a name that is taken already, also as a number", () => {
    const [one, two] = [consumerWith({ name: "7" }), consumerWith({ name: 7 })]
    expect(problemLines({ consumers: [one, two] })).toEqual([
      'consumers[1].name: "7" is already the name of consumers[0]',
    ])
  })

  it("no consumers at all, an empty list, and something else than a list", () => {
    expect(problemLines({ global_auth: true })).toEqual([
      "consumers: is missing: without consumers the gateway asks for no token",
    ])
    expect(problemLines({ consumers: [] })).toEqual(["consumers: must not be empty"])
    expect(problemLines({ consumers: {} })).toEqual(["consumers: must be a list"])
    expect(problemLines({ consumers: ["web"] })).toEqual(["consumers[0]: must be an object"])
  })

  it("and every problem of every consumer is told at once", () => {
    const source = { consumers: [consumerWith({ jwks: "{" }), consumerWith({ name: "b", keep_token: 1 }), 7] }
    expect(problemLines(source)).toEqual([
      "consumers[0].jwks: is not valid JSON",
      "consumers[1].keep_token: must be true or false",
      "consumers[2]: must be an object",
    ])
  })
})
