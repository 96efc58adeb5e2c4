import { generateKeyPairSync } from "node:crypto"
import { describe, expect, it } from "vitest"
import { type Consumer, checkConfig, type Jwk } from "../../src/index.js"
import { consumer, gate, judge, macWith, mintKey } from "../keyring.js"

const rsa = await mintKey("RS256")
const ec = await mintKey("ES256")
const ed = await mintKey("EdDSA")
const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url")

/** The paths of the errors of a config whose one consumer has this key. */
function errorsOf(jwk: Jwk, fields: Partial<Consumer> = {}): readonly string[] {
  const { config, issues } = checkConfig({
    consumers: [{ ...consumer(rsa), jwks: { keys: [jwk] }, ...fields }],
  })
  const errors = issues.filter(({ severity }) => severity === "error").map(({ path }) => path)
  expect(config === undefined).toBe(errors.length > 0)
  return errors
}

const k = "consumers[0].jwks.keys[0].k"

describe("an HMAC secret that anybody can have", () => {
  it("empty, is refused even with allow_weak_hmac (CVE-2019-20933)", () => {
    expect(errorsOf({ kty: "oct", k: "" })).toEqual([k])
    expect(errorsOf({ kty: "oct", k: "" }, { allow_weak_hmac: true })).toEqual([k])
    expect(errorsOf({ kty: "oct", k: "", alg: "HS256" }, { allow_weak_hmac: true })).toEqual([k])
  })

  it("empty, is refused also in a key set that is text", () => {
    const jwks = JSON.stringify({ keys: [{ kty: "oct", k: "" }] })
    expect(errorsOf(rsa.jwk, { jwks, allow_weak_hmac: true })).toEqual([k])
  })

  it("missing, is refused", () => {
    expect(errorsOf({ kty: "oct" })).toEqual([k])
    expect(errorsOf({ kty: "oct" }, { allow_weak_hmac: true })).toEqual([k])
  })

  it.each(["my secret", "secret=", "s3cr3t!", "päss", "abcde", "AB", " AAAA", "AAAA\n"])(
    "in plain text is refused, not guessed at: %j",
    (text) => {
      expect(errorsOf({ kty: "oct", k: text }, { allow_weak_hmac: true })).toEqual([k])
    },
  )

  it.each([
    ["HS256", 31],
    ["HS384", 47],
    ["HS512", 63],
  ] as const)("for %s of %i bytes is one byte too short", (alg, length) => {
    expect(errorsOf({ kty: "oct", alg, k: b64(new Uint8Array(length).fill(7)) })).toEqual([k])
    expect(errorsOf({ kty: "oct", alg, k: b64(new Uint8Array(length + 1).fill(7)) })).toEqual([])
  })

  it("that is long enough for HS256 does not verify HS512 without alg", async () => {
    const secret = new Uint8Array(32).fill(7)
    const door = gate({ ...consumer(rsa), jwks: { keys: [{ kty: "oct", k: b64(secret) }] } })
    expect(await judge(door, macWith(secret, "HS512"))).toBe("jwt_verification_fails: alg_not_allowed")
    expect(await judge(door, macWith(secret, "HS384"))).toBe("jwt_verification_fails: alg_not_allowed")
    expect(await judge(door, macWith(secret, "HS256"))).toBe("allow web")
  })

  it("one weak secret among good keys is still an error", () => {
    const jwks = { keys: [rsa.jwk, { kty: "oct", k: "AAAA" }] }
    expect(errorsOf(rsa.jwk, { jwks })).toEqual(["consumers[0].jwks.keys[1].k"])
  })
})

describe("an RSA key that can be broken", () => {
  const n = "consumers[0].jwks.keys[0].n"
  const e = "consumers[0].jwks.keys[0].e"

  it.each([1024, 2040])("of %i bits is refused (RFC 7518 §3.3)", (modulusLength) => {
    const der = generateKeyPairSync("rsa", { modulusLength }).publicKey.export({
      type: "pkcs1",
      format: "der",
    })
    // PKCS #1 is SEQUENCE { INTEGER n, INTEGER e }, and e is the usual 65537 in its last three bytes.
    const start = der.indexOf(2, 3)
    const headerLength = der[start + 1] === 0x82 ? 4 : 3
    const modulus = der.subarray(start + headerLength + 1, der.length - 5)
    expect(modulus.length).toBe(modulusLength / 8)
    expect(errorsOf({ kty: "RSA", n: b64(modulus), e: "AQAB" })).toEqual([n])
  })

  it.each([
    ["0", [0]],
    ["1, with which a signature is its own message", [1]],
    ["2", [2]],
    ["even", [1, 0, 0]],
    ["empty", []],
  ] as const)("with an exponent of %s is refused", (_name, exponent) => {
    expect(errorsOf({ ...rsa.jwk, e: b64(Uint8Array.from(exponent)) })).toEqual([e])
    expect(errorsOf({ ...rsa.jwk, e: "Aw" })).toEqual([])
  })

  it("that is empty or all zero is refused", () => {
    expect(errorsOf({ ...rsa.jwk, n: "" })).toEqual([n])
    expect(errorsOf({ ...rsa.jwk, n: b64(new Uint8Array(256)) })).toEqual([n])
  })
})

describe("a point that is on no curve (RFC 8725 §3.4)", () => {
  const point = "consumers[0].jwks.keys[0]"
  const zero = b64(new Uint8Array(32))
  const hex = (digits: string) => Buffer.from(digits, "hex").toString("base64url")

  it.each([
    ["the zero point", { x: zero, y: zero }],
    ["y of another point", { y: zero }],
    ["x and y exchanged", { x: ec.jwk.y ?? "", y: ec.jwk.x ?? "" }],
    [
      "coordinates beyond p",
      { x: b64(new Uint8Array(32).fill(0xff)), y: b64(new Uint8Array(32).fill(0xff)) },
    ],
  ])("is refused: %s", (_name, members) => {
    expect(errorsOf({ ...ec.jwk, ...members })).toEqual([point])
  })

  it("is refused when x is written as x + p, so that one point has no two spellings", () => {
    const y = hex("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4")
    const p = hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff")
    expect(errorsOf({ ...ec.jwk, x: zero, y })).toEqual([])
    expect(errorsOf({ ...ec.jwk, x: p, y })).toEqual([point])
  })

  it("is refused when it is a point of another curve", async () => {
    const { x, y } = (await mintKey("ES384")).jwk
    expect(errorsOf({ kty: "EC", crv: "P-256", ...(x && { x }), ...(y && { y }) })).toEqual([
      `${point}.x`,
      `${point}.y`,
    ])
  })

  // A key of small order verifies signatures that nobody made: R neutral and S zero (RFC 8032 §8.4, RFC 8725 §3.4).
  it.each([
    ["the neutral element", new Uint8Array(32).with(0, 1)],
    ["all zero, of order 4", new Uint8Array(32)],
    ["of order 2", new Uint8Array(32).fill(0xff).with(0, 0xec).with(31, 0x7f)],
  ])("is refused as an Ed25519 key: %s", (_name, x) => {
    expect(errorsOf({ ...ed.jwk, x: b64(x) })).toEqual([`${point}.x`])
  })
})

describe("a private key in a config", () => {
  it.each([rsa, ec, ed])("is refused: $alg", ({ secretJwk }) => {
    expect(errorsOf(secretJwk)).toEqual(["consumers[0].jwks.keys[0]"])
  })
})
