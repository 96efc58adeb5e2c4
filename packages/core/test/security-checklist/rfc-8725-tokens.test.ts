import { describe, expect, it, vi } from "vitest"
import {
  base64url,
  bearer,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  issuer,
  judge,
  macWith,
  mintKey,
  sign,
} from "../keyring.js"

// RFC 8725, JSON Web Token Best Current Practices: a compact check for each rule about what is in a token. The tables of spellings stand
// in test/attacks.

const key = await mintKey("ES256")
const rsa = await mintKey("RS256")
const door = gate(consumer(key))

describe("RFC 8725 §3.6 and §3.7 compression and encoding", () => {
  it("§3.6: nothing is decompressed, and a JWE is refused outright", async () => {
    const zipped = await sign(key, {
      header: { alg: "ES256", zip: "DEF" },
      payload: new Uint8Array([0x4b, 4, 0]),
    })
    const jwe = `${base64url({ alg: "PBES2-HS256+A128KW", enc: "A256GCM", p2c: 1e9 })}.AAAA.AAAA.AAAA.AAAA`
    await expectRefused(door, { zipped, jwe }, "token_malformed")
  })

  it("§3.7: header and payload are valid UTF-8", async () => {
    const bytes = new Uint8Array(Buffer.from('{"alg":"ES256","x":"\xff"}', "latin1"))
    const header = await sign(key, { header: bytes })
    await expectRefused(door, { header, payload: await sign(key, { payload: bytes }) }, "token_malformed")
  })
})

describe("RFC 8725 §3.8 to §3.10 claims", () => {
  it("§3.8: iss is compared as a whole string", async () => {
    const from = (iss: unknown) => sign(key, { payload: { ...goodClaims, iss } })
    await expectRefused(
      door,
      { part: await from("issuer"), more: await from(`${issuer}/`) },
      "claim_mismatch",
    )
    await expectRefused(door, { array: await from([issuer]) }, "claim_missing")
  })

  it("§3.8: sub, where the config names it, is compared as a whole string", async () => {
    const alice = gate(consumer(key, { claims: { sub: "alice" } }))
    const of = (sub: unknown) => sign(key, { payload: { ...goodClaims, sub } })
    await expectRefused(alice, { more: await of("alice2"), part: await of("ali") }, "claim_mismatch")
    expect(await judge(alice, await of("alice"))).toBe("allow web")
  })

  it("§3.9: aud is checked where the config names audiences, and missing is not matching", async () => {
    const api = gate(consumer(key, { audiences: ["api"] }))
    await expectRefused(api, { missing: await sign(key) }, "audience_mismatch")
  })

  it("§3.10: kid is only compared, jku and x5u are never followed", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("nothing may be fetched"))
    const named = gate(consumer({ ...key, jwk: { ...key.jwk, kid: "1" } }))
    const kids = ["../../dev/null", "' OR 1=1 --", "https://attacker.example/key"]
    const cases = kids.map(async (kid) => [
      kid,
      await sign(key, { header: { alg: "ES256", kid, jku: kid, x5u: kid } }),
    ])
    await expectRefused(named, Object.fromEntries(await Promise.all(cases)), "kid_unknown")
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })
})

describe("RFC 8725 §3.11 and §3.12 kinds of tokens", () => {
  it("§3.11: types keeps tokens of another typ out", async () => {
    const typed = gate(consumer(key, { types: ["at+jwt"] }))
    await expectRefused(
      typed,
      { JWT: await sign(key, { header: { alg: "ES256", typ: "JWT" } }) },
      "type_mismatch",
    )
  })

  it("§3.12: one consumer's token never satisfies another", async () => {
    const rules = [{ match: {}, allow: ["b"] }]
    const two = gate([consumer(key), consumer(rsa, { name: "b", issuer: "b" })], { rules })
    await expectRefused(two, { web: await sign(key) }, "consumer_not_allowed", "access_denied")
    const crossed = await sign(key, { payload: { ...goodClaims, iss: "b" } })
    await expectRefused(two, { crossed }, "alg_not_allowed")
  })
})

describe("attacks described since RFC 8725", () => {
  it("sign/encrypt confusion: a public key is no secret, and an encrypted token is no signed one", async () => {
    await expectRefused(door, { mac: macWith(JSON.stringify(key.jwk)) }, "alg_not_allowed")
    await expectRefused(
      door,
      { jwe: `${base64url({ alg: "ECDH-ES", enc: "A256GCM" })}..AAAA.AAAA.AAAA` },
      "token_malformed",
    )
  })

  it("billion hashes: a count in the token makes no work", async () => {
    const derive = vi.spyOn(crypto.subtle, "deriveBits")
    await expectRefused(
      door,
      { p2c: await sign(rsa, { header: { alg: "ES256", p2c: 2 ** 31, p2s: "AAAA" } }) },
      "signature_invalid",
    )
    await expectRefused(
      door,
      { PBES2: await sign(key, { header: { alg: "PBES2-HS512+A256KW", p2c: 2 ** 31 } }) },
      "alg_unsupported",
    )
    expect(derive).not.toHaveBeenCalled()
    derive.mockRestore()
  })

  it("polyglots: a token that is also JSON, or also something else, is no token", async () => {
    const token = await sign(key)
    const [header, payload, signature] = token.split(".")
    const json = JSON.stringify({ protected: header, payload, signature, token })
    await expectRefused(
      door,
      { json, prefixed: `{"a":"${token}"}`, disclosed: `${token}~WyJ4Il0~` },
      "token_malformed",
    )
    expect(await judge(door, bearer(token))).toBe("allow web")
  })
})
