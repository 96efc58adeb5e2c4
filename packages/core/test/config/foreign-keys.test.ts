import { describe, expect, it } from "vitest"
import { documentWith, errorsOf, jwksOf, secretOf, warningsOf } from "./documents.js"
import { at, errorsFor, type Key, rsaOf } from "./key-material.js"

describe("a key that is none of our business is ignored with a warning (RFC 7517 §5)", () => {
  const foreign: readonly (readonly [what: string, key: Key])[] = [
    ["of an unknown kind", { kty: "AKP", alg: "ML-DSA-44", pub: "AA" }],
    ["of an unknown curve", { kty: "EC", crv: "secp256k1", x: "AA", y: "AA" }],
    ["for key agreement", { kty: "OKP", crv: "X25519", x: "AA" }],
    ["for encryption", { kty: "oct", use: "enc", k: secretOf() }],
    ["that may only sign", { kty: "oct", key_ops: ["sign"], k: secretOf() }],
    ["that may do nothing", { kty: "oct", key_ops: [], k: secretOf() }],
    ["with an encryption algorithm", { ...rsaOf(2048), alg: "RSA-OAEP-256" }],
    ["with the algorithm none", { kty: "oct", alg: "none", k: secretOf() }],
    ["of an unknown kind that names one of our algorithms", { kty: "AKP", alg: "HS256" }],
    ["of a kind in the wrong case", { kty: "rsa", n: "AA", e: "AQAB" }],
  ]
  const good = { kty: "oct", k: secretOf() }

  it.each(foreign)("a key %s, next to a good one", (_, key) => {
    const document = documentWith({ jwks: jwksOf(key, good) })
    expect(errorsOf(document)).toEqual([])
    const [warning, ...rest] = warningsOf(document)
    expect(rest).toEqual([])
    expect(warning?.path).toBe(at)
    expect(warning?.message).toMatch(/^is ignored: its /)
    expect(warning?.fix).toBe("Remove it, if it was meant to verify tokens.")
  })

  it.each(foreign)("a key %s and no other is an error: nobody could call", (_, key) => {
    expect(errorsFor(key)).toEqual([
      {
        path: "consumers[0].jwks",
        message: "has no key that can verify a token",
        fix: "Add the public or symmetric key that the issuer signs with.",
      },
    ])
  })

  it("an empty key set is an error", () => {
    expect(errorsOf(documentWith({ jwks: jwksOf() }))[0]?.message).toBe("has no key that can verify a token")
  })

  it("keys for other algorithms than the consumer's are an error that names these", () => {
    expect(errorsFor(good, { algorithms: ["RS256", "ES256"] })).toEqual([
      {
        path: "consumers[0].jwks",
        message: "has no key that can verify a token with RS256 or ES256",
        fix: "Add the public or symmetric key that the issuer signs with.",
      },
    ])
  })

  it("a broken key is an error even next to a good one", () => {
    const document = documentWith({ jwks: jwksOf(good, { kty: "oct", k: "!" }, good) })
    expect(errorsOf(document).map(({ path }) => path)).toEqual(["consumers[0].jwks.keys[1].k"])
  })

  it("key_ops with verify among others, and use: sig, are ours", () => {
    const document = documentWith({ jwks: jwksOf({ ...good, use: "sig", key_ops: ["sign", "verify"] }) })
    expect([...errorsOf(document), ...warningsOf(document)]).toEqual([])
  })
})
