import { describe, expect, it } from "vitest"
import { secretOf } from "./documents.js"
import { at, errorsFor, keys, rsaOf } from "./key-material.js"

describe("a key that is too weak is named with its size and the size it needs", () => {
  it.each([1024, 2040, 2047])("RSA of %i bits", (bits) => {
    expect(errorsFor(rsaOf(bits))).toEqual([
      {
        path: `${at}.n`,
        message: `is too weak: RSA of ${bits} bits, and 2048 is the least (RFC 7518 §3.3)`,
        fix: "Make a key of 2048 bits or more.",
      },
    ])
  })

  it("RSA of 2048 bits of which the first are zero is as weak as what is left", () => {
    const padded = Buffer.concat([Buffer.alloc(128), Buffer.alloc(128, 0xff)]).toString("base64url")
    expect(errorsFor({ ...rsaOf(2048), n: padded })[0]?.message).toContain("RSA of 1024 bits")
  })

  it.each([2048, 2049, 4096])("RSA of %i bits is strong enough", (bits) => {
    expect(errorsFor(rsaOf(bits))).toEqual([])
  })

  it.each([
    ["HS256", 31, 32],
    ["HS384", 47, 48],
    ["HS512", 63, 64],
    ["HS512", 1, 64],
  ])("a secret for %s of %i bytes", (alg, bytes, needed) => {
    const error = {
      path: `${at}.k`,
      message: `is too weak: ${bytes * 8} bits, and ${alg} needs at least ${needed * 8} (RFC 7518 §3.2)`,
      fix: `Use ${needed} or more random bytes, or accept the weak secret with allow_weak_hmac: true on this consumer.`,
    }
    const k = secretOf(bytes)
    expect(errorsFor({ kty: "oct", alg, k })).toEqual([error])
    expect(errorsFor({ kty: "oct", k }, { algorithms: [alg] })).toEqual([error])
    expect(errorsFor({ kty: "oct", alg, k }, { allow_weak_hmac: true })).toEqual([])
    expect(errorsFor({ kty: "oct", alg, k: secretOf(needed) })).toEqual([])
  })

  it("a secret that is long enough for one of its algorithms is no error: it verifies that one", () => {
    expect(errorsFor({ kty: "oct", k: secretOf(32) })).toEqual([])
    expect(errorsFor({ kty: "oct", k: secretOf(32) }, { algorithms: ["HS256", "HS512"] })).toEqual([])
  })
})

describe("a key for which anybody can sign is refused", () => {
  const pem = (label: string) =>
    `Bag Attributes\n-----BEGIN ${label}-----\nMIIBIjANBgkqhkiG9w0BAQ\n-----END ${label}-----\n`

  it.each([
    ...["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "EC PRIVATE KEY"].map(pem),
    '{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA somebody@example.com",
  ])("the text of a key that others know, as the secret: %j", (text) => {
    const k = Buffer.from(text).toString("base64url")
    expect(errorsFor({ kty: "oct", k }, { allow_weak_hmac: true })).toEqual([
      {
        path: `${at}.k`,
        message: "is the text of another key, no secret",
        fix: "Make a JWK of it: jwt-auth jwks key.pem",
      },
    ])
  })

  it.each([false, true])("an empty secret, with allow_weak_hmac: %s", (allow_weak_hmac) => {
    const fix = "Give a secret of at least 32 random bytes, base64url-encoded."
    expect(errorsFor({ kty: "oct", k: "" }, { allow_weak_hmac })).toEqual([
      { path: `${at}.k`, message: "is empty", fix },
    ])
  })

  it.each([
    ["0", "AA"],
    ["1", "AQ"],
    ["2", "Ag"],
    ["65536", "AQAA"],
    ["1, with zeros before it", "AAAB"],
    ["empty", ""],
  ])("RSA with an exponent of %s", (_, e) => {
    expect(errorsFor(rsaOf(2048, e))).toEqual([
      {
        path: `${at}.e`,
        message: "is not a safe exponent",
        fix: 'Use an odd number of 3 or more; "AQAB" (65537) is usual.',
      },
    ])
  })

  it("RSA with an exponent of 3 is weak in no way that concerns a signature", () => {
    expect(errorsFor(rsaOf(2048, "Aw"))).toEqual([])
  })

  it.each([
    ["0", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
    ["1", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
    ["1, with the sign bit", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA"],
    ["p, which is 0", "7f_______________________________________38"],
  ])("Ed25519 with the point of small order whose y is %s", (_, x) => {
    expect(errorsFor({ kty: "OKP", crv: "Ed25519", x }).map(({ path }) => path)).toEqual([`${at}.x`])
  })

  it("both weaknesses of one key are told", () => {
    expect(errorsFor(rsaOf(1024, "AQ")).map(({ path }) => path)).toEqual([`${at}.e`, `${at}.n`])
  })
})

describe("an elliptic-curve key is checked to be on its curve", () => {
  it.each(["ES256", "ES384", "ES512"] as const)("%s: a point that is on it", (algorithm) => {
    expect(errorsFor(keys[algorithm])).toEqual([])
  })

  it.each(["ES256", "ES384", "ES512"] as const)("%s: a point that is not (RFC 8725 §3.4)", (algorithm) => {
    const { x, y, crv } = keys[algorithm]
    const error = {
      path: at,
      message: `is not a point on the curve ${crv}`,
      fix: "Check that x and y were copied whole.",
    }
    expect(errorsFor({ ...keys[algorithm], x: y, y: x })).toEqual([error])
    const zeros = Buffer.alloc(Buffer.from(String(x), "base64url").length).toString("base64url")
    expect(errorsFor({ ...keys[algorithm], x: zeros, y: zeros })).toEqual([error])
  })

  it("a coordinate that is the true one plus p is another spelling, and refused", () => {
    const p = 2n ** 521n - 1n
    const x = BigInt(`0x${Buffer.from(String(keys.ES512["x"]), "base64url").toString("hex")}`)
    const spelled = Buffer.from((x + p).toString(16).padStart(132, "0"), "hex").toString("base64url")
    expect(errorsFor({ ...keys.ES512, x: spelled }).map(({ path }) => path)).toEqual([at])
  })

  it("a key of one curve under the name of another has coordinates of the wrong length", () => {
    expect(errorsFor({ ...keys.ES256, crv: "P-384" })).toEqual(
      ["x", "y"].map((member) => ({
        path: `${at}.${member}`,
        message: "must be 48 bytes long, got 32",
        fix: "Keep leading zeros when encoding.",
      })),
    )
  })
})
