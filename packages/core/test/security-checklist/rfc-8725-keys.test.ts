import { describe, expect, it } from "vitest"
import { type Algorithm, checkConfig, type Jwk } from "../../src/index.js"
import {
  base64url,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  judge,
  mintKey,
  now,
  sign,
} from "../keyring.js"

// RFC 8725, JSON Web Token Best Current Practices: a compact check for each rule about algorithms and keys. The tables of spellings stand
// in test/attacks.

const key = await mintKey("ES256")
const rsa = await mintKey("RS256")
const door = gate(consumer(key))

function isConfigError(jwk: Jwk, path: string, fields: object = {}): boolean {
  const { config, issues } = checkConfig({
    consumers: [{ ...consumer(key), jwks: { keys: [jwk] }, ...fields }],
  })
  return config === undefined && issues.some((issue) => issue.path === `consumers[0].jwks.keys[0]${path}`)
}

describe("RFC 8725 §3.1 algorithm verification", () => {
  it("§3.1: the key decides the algorithm; the header only has to agree", async () => {
    const bound = gate(consumer({ ...rsa, jwk: { ...rsa.jwk, alg: "RS512" } }))
    const as = (alg: Algorithm) => sign(rsa, { header: { alg }, signedWith: alg })
    await expectRefused(bound, { RS256: await as("RS256"), PS512: await as("PS512") }, "alg_not_allowed")
    expect(await judge(bound, await as("RS512"))).toBe("allow web")
  })

  it.each(["none", "None", "NONE", "nOnE"])(
    "§3.1: %s is refused in any case, unsigned and signed",
    async (alg) => {
      const unsigned = `${base64url({ alg })}.${base64url(goodClaims)}.`
      await expectRefused(door, { unsigned }, "token_malformed")
      await expectRefused(door, { signed: await sign(key, { header: { alg } }) }, "alg_unsupported")
    },
  )
})

describe("RFC 8725 §3.2 appropriate algorithms", () => {
  it.each(["RSA1_5", "RSA-OAEP", "HS1", "RS1", "ES256K", "A128KW", "dir"])(
    "§3.2: %s is not on the list",
    async (alg) => {
      await expectRefused(door, { [alg]: await sign(key, { header: { alg } }) }, "alg_unsupported")
    },
  )

  it("§3.2: RSA of 1024 bits is a config error", () => {
    const n = Buffer.alloc(128, 0xff).toString("base64url")
    expect(isConfigError({ kty: "RSA", n, e: "AQAB" }, ".n")).toBe(true)
  })
})

describe("RFC 8725 §3.3 and §3.4 cryptographic operations and inputs", () => {
  it("§3.3: one failing check refuses the token, whatever else is good", async () => {
    const strict = gate(consumer(key, { types: ["at+jwt"], audiences: ["api"], claims: { tenant: "t" } }))
    const header = { alg: "ES256", typ: "at+jwt" }
    const payload = { ...goodClaims, aud: "api", tenant: "t" }
    expect(await judge(strict, await sign(key, { header, payload }))).toBe("allow web")
    const failing = [
      await sign(rsa, { header, payload }),
      await sign(key, { header: { alg: "ES256" }, payload }),
      await sign(key, { header: { ...header, crit: ["x"] }, payload }),
      await sign(key, { header, payload: { ...payload, aud: "x" } }),
      await sign(key, { header, payload: { ...payload, tenant: "x" } }),
      await sign(key, { header, payload: { ...payload, iss: "x" } }),
      await sign(key, { header, payload: { ...payload, exp: 1 } }),
      await sign(key, { header, payload: { ...payload, nbf: now + 999 } }),
    ]
    for (const token of failing)
      expect(await judge(strict, token)).toMatch(/^jwt_(verification_fails|expired): /)
  })

  it("§3.4: a point that is not on its curve is a config error", () => {
    expect(isConfigError({ ...key.jwk, y: key.jwk.x }, "")).toBe(true)
  })

  it("§3.4: an ECDSA signature with r = s = 0 is refused", async () => {
    const zero = `${base64url({ alg: "ES256" })}.${base64url(goodClaims)}.${base64url(new Uint8Array(64))}`
    await expectRefused(door, { zero }, "signature_invalid")
  })

  it("§3.4: an Ed25519 signature of zeros is refused, and so is a key of another length", async () => {
    const ed = await mintKey("EdDSA")
    const zero = `${base64url({ alg: "EdDSA" })}.${base64url(goodClaims)}.${base64url(new Uint8Array(64))}`
    await expectRefused(gate(consumer(ed)), { zero }, "signature_invalid")
    expect(isConfigError({ ...ed.jwk, x: base64url(new Uint8Array(31).fill(9)) }, ".x")).toBe(true)
  })
})

describe("RFC 8725 §3.5 entropy of keys", () => {
  it.each([
    ["HS256", 31],
    ["HS384", 47],
    ["HS512", 63],
  ] as const)("§3.5: an HMAC secret shorter than its hash is a config error: %s", (alg, bytes) => {
    expect(isConfigError({ kty: "oct", alg, k: base64url(new Uint8Array(bytes).fill(9)) }, ".k")).toBe(true)
  })

  it("§3.5: an empty HMAC secret is a config error even with allow_weak_hmac", () => {
    expect(isConfigError({ kty: "oct", k: "" }, ".k", { allow_weak_hmac: true })).toBe(true)
  })

  it("§3.5: a password is no key: what is not base64url is a config error", () => {
    expect(
      isConfigError({ kty: "oct", k: "correct horse battery staple!" }, ".k", { allow_weak_hmac: true }),
    ).toBe(true)
  })
})
