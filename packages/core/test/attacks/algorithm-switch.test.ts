import { describe, expect, it } from "vitest"
import type { Algorithm } from "../../src/index.js"
import { consumer, expectRefused, gate, judge, mintKey, sign } from "../keyring.js"

const rsa = await mintKey("RS256")
const secret = await mintKey("HS512")
const algorithms = {
  RSA: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  oct: ["HS256", "HS384", "HS512"],
} as const

describe.each([rsa, secret])("a key of kind $jwk.kty", (key) => {
  const family: readonly Algorithm[] = algorithms[key.jwk.kty as keyof typeof algorithms]

  it.each(family)("that says %s verifies no other algorithm of its family", async (alg) => {
    const door = gate(consumer({ ...key, jwk: { ...key.jwk, alg } }))
    const others = family.filter((other) => other !== alg)
    const cases = others.map(async (other) => [
      other,
      await sign(key, { header: { alg: other }, signedWith: other }),
    ])
    await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "alg_not_allowed")
    expect(await judge(door, await sign(key, { header: { alg }, signedWith: alg }))).toBe("allow web")
  })

  it("without alg takes a signature only for the algorithm that made it", async () => {
    const door = gate(consumer(key))
    for (const signedWith of family) {
      const lies = family.filter((alg) => alg !== signedWith)
      const cases = lies.map(async (alg) => [alg, await sign(key, { header: { alg }, signedWith })])
      await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "signature_invalid")
      expect(await judge(door, await sign(key, { header: { alg: signedWith }, signedWith }))).toBe(
        "allow web",
      )
    }
  })

  it("is narrowed by the consumer's algorithms", async () => {
    const [only, ...others] = family
    const door = gate(consumer(key, { algorithms: [only as Algorithm] }))
    const cases = others.map(async (alg) => [alg, await sign(key, { header: { alg }, signedWith: alg })])
    await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "alg_not_allowed")
  })
})

describe("a curve belongs to one algorithm", async () => {
  const keys = await Promise.all((["ES256", "ES384", "ES512", "EdDSA"] as const).map((alg) => mintKey(alg)))

  it.each(keys)("a key for $alg takes no token of another curve", async (key) => {
    const door = gate(consumer(key))
    const strangers = keys.filter((other) => other !== key)
    const cases = strangers.map(async (other) => [other.alg, await sign(other)])
    await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "alg_not_allowed")
    expect(await judge(door, await sign(key))).toBe("allow web")
  })

  it.each(keys)("a token of another curve cannot call itself $alg", async (key) => {
    const strangers = keys.filter((other) => other !== key)
    const cases = strangers.map(async (other) => [other.alg, await sign(other, { header: { alg: key.alg } })])
    await expectRefused(
      gate(consumer(key)),
      Object.fromEntries(await Promise.all(cases)),
      "signature_invalid",
    )
  })
})

describe("an algorithm that is not on the list", () => {
  const names = [
    ...[
      "rs256",
      "Rs256",
      "RS256 ",
      " RS256",
      "RS256\0",
      "RS-256",
      "RSA256",
      "RS1",
      "RS224",
      "RS257",
      "ＲＳ256",
    ],
    ...["RS256,HS256", "HS1", "HS224", "ES256K", "Ed25519", "Ed448", "ML-DSA-44", "ESP256"],
    ...["dir", "A256KW", "RSA1_5", "RSA-OAEP", "PBES2-HS256+A128KW", "constructor", "__proto__", "toString"],
  ]

  it("is refused under a true signature of the right key", async () => {
    const cases = names.map(async (alg) => [
      alg,
      await sign(rsa, { header: `{"alg":${JSON.stringify(alg)}}` }),
    ])
    const tokens = Object.fromEntries(await Promise.all(cases))
    await expectRefused(gate(consumer(rsa)), tokens, "alg_unsupported")
  })

  it.each(names)("is refused in a key: %j", async (alg) => {
    const config = () => gate(consumer({ ...rsa, jwk: { ...rsa.jwk, alg } }))
    expect(config).toThrow("has no key that can verify a token")
  })
})
