import { describe, expect, it } from "vitest"
import { secretOf } from "./documents.js"
import { at, errorsFor, type Key, keys, rsaOf } from "./key-material.js"

describe("a key that cannot be read is refused", () => {
  it.each([
    ["k", () => ({ kty: "oct" })],
    ["n", () => ({ kty: "RSA", e: "AQAB" })],
    ["e", () => ({ ...rsaOf(2048), e: undefined })],
    ["x", () => ({ ...keys.ES256, x: undefined })],
    ["y", () => ({ ...keys.ES256, y: undefined })],
    ["x", () => ({ kty: "OKP", crv: "Ed25519" })],
  ] as const)("a missing %s", (member, key) => {
    const made: Key = key()
    const fix = `A key of kind ${made["kty"]} has it.`
    expect(errorsFor(made)).toEqual([{ path: `${at}.${member}`, message: "is required", fix }])
  })

  it.each([
    ["padding", "AAAA".repeat(10).concat("AA==")],
    ["the alphabet of base64", "+/".repeat(22)],
    ["white space", ` ${"A".repeat(43)}`],
    ["bits that no byte has", `${"A".repeat(42)}B`],
    ["an impossible length", "A".repeat(45)],
    ["a text that is no base64 at all", "correct horse battery staple!"],
  ])("base64url with %s", (_, k) => {
    const fix = "Encode the bytes with the alphabet A-Z a-z 0-9 - _ and no padding (RFC 7515 §2)."
    expect(errorsFor({ kty: "oct", k })).toEqual([{ path: `${at}.k`, message: "is not base64url", fix }])
    expect(errorsFor({ ...rsaOf(2048), n: k })[0]).toMatchObject({
      path: `${at}.n`,
      message: "is not base64url",
    })
  })

  it("an Ed25519 key of the wrong length", () => {
    expect(errorsFor({ kty: "OKP", crv: "Ed25519", x: secretOf(31) })[0]).toMatchObject({
      path: `${at}.x`,
      message: "must be 32 bytes long, got 31",
    })
  })

  it("a key without kty", () => {
    expect(errorsFor({ k: secretOf() })[0]).toMatchObject({ path: `${at}.kty`, message: "is required" })
  })

  it.each(["EdDSA", "ES256"] as const)("a private key of %s, whatever else is right with it", (algorithm) => {
    const fix = "Remove d, p, q, dp, dq, qi and oth: the public part is enough to verify."
    expect(errorsFor({ ...keys[algorithm], d: secretOf() })).toEqual([
      { path: at, message: "is a private key", fix },
    ])
  })

  it.each([
    ["RSA", "ES256", () => rsaOf(2048), "Use RS256, RS384, RS512, PS256, PS384, PS512, or leave alg out."],
    ["RSA", "HS256", () => rsaOf(2048), "Use RS256, RS384, RS512, PS256, PS384, PS512, or leave alg out."],
    ["oct", "RS256", () => ({ kty: "oct", k: secretOf() }), "Use HS256, HS384, HS512, or leave alg out."],
    ["EC P-256", "ES384", () => keys.ES256, "Use ES256, or leave alg out."],
    ["OKP Ed25519", "ES256", () => keys.EdDSA, "Use EdDSA, or leave alg out."],
  ] as const)("a key of kind %s with the alg %s", (kind, alg, key, fix) => {
    expect(errorsFor({ ...key(), alg })).toEqual([
      { path: `${at}.alg`, message: `does not go with a key of kind ${kind}`, fix },
    ])
  })
})
