import { createHmac } from "node:crypto"
import { compactVerify } from "jose"
import { describe, expect, it } from "vitest"
import type { Verifier } from "../../src/config/policy-key.js"
import { joseEngine } from "../../src/verify/jose-engine.js"
import { nodeEngine } from "../../src/verify/node-engine.js"
import { createTokenBytes } from "../../src/verify/token-bytes.js"
import { base64url, consumer, gate, goodClaims, judge } from "../keyring.js"

// RFC 2104 treats a secret by its length: up to a block of the hash it is filled up with zeros, above it is hashed.

/** The length of a block and of the hash, in bytes (FIPS 180-4). */
const hashes = { HS256: [64, 32], HS384: [128, 48], HS512: [128, 64] } as const
type Hmac = keyof typeof hashes
const algorithms = Object.keys(hashes) as Hmac[]

/** No two bytes that stand side by side are alike, and no secret is the beginning of another. */
function secretOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (7 * length + 41 * i + 1) % 256)
}

function lengths(alg: Hmac): readonly number[] {
  const [block, size] = hashes[alg]
  const around = [size, block, 2 * block].flatMap((length) => [length - 1, length, length + 1])
  return [...new Set([1, 2, 16, ...around, 300, 1000])]
}

const cases = algorithms.flatMap((alg) => lengths(alg).map((length) => ({ alg, length })))

function macOf(alg: Hmac, secret: Uint8Array, text: string): Uint8Array {
  return new Uint8Array(
    createHmac(`sha${alg.slice(2)}`, secret)
      .update(text)
      .digest(),
  )
}

const textOf = (alg: Hmac, claims: object = goodClaims) => `${base64url({ alg })}.${base64url(claims)}`
const newEngine = () => nodeEngine(createTokenBytes(8192)) ?? joseEngine

/** What a verifier says of a text and its MAC. */
function ask(verify: Verifier, text: string, mac: string): ReturnType<Verifier> {
  return verify(`${text}.${mac}`, text.length)
}

const jwkOf = (secret: Uint8Array) => ({ kty: "oct" as const, k: base64url(secret) })

/** Every byte that may be wrong in a MAC, one at a time. */
function bent(mac: Uint8Array): readonly Uint8Array[] {
  return [...mac.keys()].map((i) => mac.with(i, (mac[i] ?? 0) ^ (1 << (i % 8))))
}

describe("an HMAC", () => {
  it.each(cases)("$alg by a secret of $length bytes lets in whom Node and jose let in", async (one) => {
    const { alg, length } = one
    const secret = secretOf(length)
    const text = textOf(alg)
    const token = `${text}.${base64url(macOf(alg, secret, text))}`
    await compactVerify(token, secret, { algorithms: [alg] })
    const web = consumer({ alg, jwk: jwkOf(secret) } as Parameters<typeof consumer>[0], {
      allow_weak_hmac: true,
      algorithms: [alg],
    })
    expect(await judge(gate(web, {}, { cache: false }), token)).toBe("allow web")
  })

  it.each(cases)("$alg by a secret of $length bytes is exact in every byte, for each engine", async (one) => {
    const { alg, length } = one
    const secret = secretOf(length)
    const text = textOf(alg)
    const mac = macOf(alg, secret, text)
    for (const engine of [newEngine(), joseEngine]) {
      const verify = engine(jwkOf(secret), alg)
      expect(await ask(verify, text, base64url(mac))).toBe(true)
      expect(await ask(verify, `${text}A`, base64url(mac))).toBe(false)
      const verdicts = await Promise.all(bent(mac).map((other) => ask(verify, text, base64url(other))))
      expect(verdicts.filter((good) => good)).toEqual([])
    }
  })

  it.each(cases)(
    "$alg by a secret of $length bytes is not that by a secret that is almost it",
    async (one) => {
      const { alg, length } = one
      const secret = secretOf(length)
      const text = textOf(alg)
      const verify = newEngine()(jwkOf(secret), alg)
      const others = [
        secret.with(0, 0),
        secret.with(length - 1, (secret[length - 1] ?? 0) ^ 1),
        Uint8Array.of(...secret, 1),
        Uint8Array.of(0, ...secret),
        ...(length > 1 ? [secret.slice(0, -1), secret.slice(0, hashes[alg][0] / 2 - 1)] : []),
      ].filter((other) => other.length > 0)
      for (const other of others) {
        const mac = macOf(alg, other, text)
        // RFC 2104 §3: the same where one is the other with zeros after it.
        const same = Buffer.from(mac).equals(macOf(alg, secret, text))
        expect(await ask(verify, text, base64url(mac))).toBe(same)
      }
    },
  )

  it("is not mixed up with the one before it: of all lengths and hashes in turn, texts short and long", async () => {
    const engine = newEngine()
    const verifiers = cases.map(({ alg, length }) => engine(jwkOf(secretOf(length)), alg))
    const questions = cases.map(({ alg, length }, i) => {
      const text = textOf(alg, { filler: "x".repeat((i * 977) % 6000) })
      return { text, mac: base64url(macOf(alg, secretOf(length), text)) }
    })
    for (const [i, verify] of verifiers.entries()) {
      for (const [j, { text, mac }] of questions.entries()) expect(await ask(verify, text, mac)).toBe(i === j)
    }
  })

  it("of a text as long as the engine was told is judged, and of a longer one is not", async () => {
    for (const alg of algorithms) {
      const secret = secretOf(hashes[alg][0])
      const text = textOf(alg)
      const mac = base64url(macOf(alg, secret, text))
      const verify = nodeEngine(createTokenBytes(`${text}.${mac}`.length))?.(jwkOf(secret), alg)
      if (verify === undefined) return
      expect(ask(verify, text, mac)).toBe(true)
      const longer = text + "A".repeat(132)
      expect(ask(verify, longer, base64url(macOf(alg, secret, longer)))).toBe(false)
      expect(ask(verify, longer, mac)).toBe(false)
    }
  })
})
