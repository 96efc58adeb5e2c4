import { describe, expect, it } from "vitest"
import { configErrorOf, problemsOf } from "../../test/config-problems.js"
import { ConfigError, type Jwk } from "../index.js"
import { createIssuer, generateKey, type IssuerOptions } from "./index.js"

const [ec, otherEc, rsa, otherRsa, okp, otherOkp, hmac] = await Promise.all([
  generateKey("ES256"),
  generateKey("ES256"),
  generateKey("RS256"),
  generateKey("RS256"),
  generateKey("EdDSA"),
  generateKey("EdDSA"),
  generateKey("HS256"),
])
const good = {
  issuer: "https://login.example.com",
  privateJwk: ec.privateJwk,
  expiresInSeconds: 600,
} satisfies IssuerOptions

const without = (jwk: Jwk, ...names: readonly string[]): Jwk =>
  Object.fromEntries(Object.entries(jwk).filter(([name]) => !names.includes(name)))

/** 1024 bits that are no modulus: size is looked at first. */
const weakRsa = { ...rsa.privateJwk, n: Buffer.alloc(128, 0xff).toString("base64url") }
const short = (bytes: number) => Buffer.alloc(bytes, 7).toString("base64url")

describe("keys that are refused, each by its member", () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["no key", { privateJwk: undefined }, "privateJwk: is required"],
    ["a key as text", { privateJwk: "secret" }, "privateJwk: must be an object, got a string"],
    [
      "a public key",
      { privateJwk: ec.publicJwk },
      "privateJwk: is a public key, and only a private one signs",
    ],
    ["a key of no kind", { privateJwk: {} }, "privateJwk.kty: is required"],
    ["a kind nobody has", { privateJwk: { kty: "AKP" } }, "privateJwk.kty: is not supported"],
    [
      "a curve for Bitcoin",
      { privateJwk: { ...ec.privateJwk, crv: "secp256k1" } },
      "privateJwk.crv: is not supported",
    ],
    [
      "a curve for encryption",
      { privateJwk: { ...okp.privateJwk, crv: "X25519" } },
      "privateJwk.crv: is not supported",
    ],
    [
      "an RSA key that does not say its algorithm",
      { privateJwk: without(rsa.privateJwk, "alg") },
      "privateJwk.alg: is required: a key of kind RSA fits several",
    ],
    [
      "a secret that does not say its algorithm",
      { privateJwk: without(hmac.privateJwk, "alg") },
      "privateJwk.alg: is required: a key of kind oct fits several",
    ],
    [
      "the algorithm of another curve",
      { privateJwk: { ...ec.privateJwk, alg: "ES384" } },
      "privateJwk.alg: does not go with a key of kind EC P-256",
    ],
    [
      "alg none",
      { privateJwk: { ...rsa.privateJwk, alg: "none" } },
      "privateJwk.alg: does not go with a key of kind RSA",
    ],
    [
      "a key for encryption",
      { privateJwk: { ...ec.privateJwk, use: "enc" } },
      'privateJwk.use: is not "sig"',
    ],
    [
      "a key that may only verify",
      { privateJwk: { ...ec.privateJwk, key_ops: ["verify"] } },
      "privateJwk.key_ops: does not include sign",
    ],
    [
      "an empty kid",
      { privateJwk: { ...ec.privateJwk, kid: "" } },
      "privateJwk.kid: must be a text that is not empty",
    ],
    [
      "RSA of 1024 bits",
      { privateJwk: weakRsa },
      "privateJwk.n: is too weak: RSA of 1024 bits, and 2048 is the least (RFC 7518 §3.3)",
    ],
    [
      "RSA without its primes, which Web Crypto needs",
      { privateJwk: without(rsa.privateJwk, "q") },
      "privateJwk.q: is required",
    ],
    [
      "a secret one byte too short",
      { privateJwk: { ...hmac.privateJwk, k: short(31) } },
      "privateJwk.k: is too weak: 248 bits, and HS256 needs at least 256 (RFC 7518 §3.2)",
    ],
    ["an empty secret", { privateJwk: { ...hmac.privateJwk, k: "" } }, "privateJwk.k: is empty"],
    [
      "a secret in base64",
      { privateJwk: { ...hmac.privateJwk, k: `${short(32)}=` } },
      "privateJwk.k: is not base64url",
    ],
    [
      "a secret that is a number",
      { privateJwk: { ...hmac.privateJwk, k: 5 } },
      "privateJwk.k: must be a string",
    ],
    [
      "a private scalar cut short",
      { privateJwk: { ...ec.privateJwk, d: short(31) } },
      "privateJwk.d: is not 32 bytes in base64url",
    ],
    [
      "a point off the curve",
      { privateJwk: { ...ec.privateJwk, y: otherEc.privateJwk.y } },
      "privateJwk: is not a point on the curve P-256",
    ],
    ["a next key with the same kid", { nextJwk: ec.publicJwk }, "nextJwk.kid: is also the kid of privateJwk"],
    [
      "a previous key with the kid of the next",
      { nextJwk: otherEc.publicJwk, previousJwk: otherEc.publicJwk },
      "previousJwk.kid: is also the kid of nextJwk",
    ],
    [
      "a key pair without a name, which the published set could not name either",
      { privateJwk: without(ec.privateJwk, "kid") },
      "privateJwk.kid: is required",
    ],
    ["a next key without a name", { nextJwk: without(otherEc.publicJwk, "kid") }, "nextJwk.kid: is required"],
    [
      "a previous key without a name",
      { previousJwk: without(otherEc.publicJwk, "kid") },
      "previousJwk.kid: is required",
    ],
    [
      "a secret to be published",
      { previousJwk: hmac.privateJwk },
      "previousJwk: is a secret, and no secret is published",
    ],
    [
      "a weak key to be published",
      { previousJwk: { ...weakRsa, kid: "old" } },
      "previousJwk.n: is too weak: RSA of 1024 bits, and 2048 is the least (RFC 7518 §3.3)",
    ],
  ])("%s", (_, change, expected) => {
    expect(problemsOf(() => createIssuer({ ...good, ...change } as IssuerOptions))).toEqual([expected])
  })
})

describe("keys that are accepted", () => {
  it.each<[string, Partial<IssuerOptions>]>([
    ["without alg, where the curve says it", { privateJwk: without(ec.privateJwk, "alg") }],
    ["a secret without kid, which no set is published with", { privateJwk: without(hmac.privateJwk, "kid") }],
    ["with members that nobody knows", { privateJwk: { ...ec.privateJwk, "x-note": {} } }],
    ["the private half of a key that is only published", { previousJwk: otherEc.privateJwk }],
  ])("%s", async (_, change) => {
    await expect(createIssuer({ ...good, ...change }).issue()).resolves.toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  })
})

it("a key without a name is told where names come from", () => {
  const privateJwk = without(ec.privateJwk, "kid")
  expect(configErrorOf(() => createIssuer({ ...good, privateJwk })).message).toBe(
    [
      "The jwt-auth issuer has 1 problem:",
      "  - privateJwk.kid: is required",
      "    Name the key: generateKey and jwt-auth jwks use its RFC 7638 thumbprint, calculateJwkThumbprint of jose.",
    ].join("\n"),
  )
})

describe("halves of two keys are found out with the first token, not by the first verifier", () => {
  it.each<[string, Jwk]>([
    ["EC", { ...ec.privateJwk, d: otherEc.privateJwk["d"] }],
    ["Ed25519", { ...okp.privateJwk, d: otherOkp.privateJwk["d"] }],
    ["RSA", { ...rsa.privateJwk, n: otherRsa.privateJwk.n }],
  ])("%s", async (_, privateJwk) => {
    const { issue } = createIssuer({ ...good, privateJwk })
    await expect(issue()).rejects.toThrow("privateJwk: is not one key")
    await expect(issue()).rejects.toBeInstanceOf(ConfigError)
  })
})
