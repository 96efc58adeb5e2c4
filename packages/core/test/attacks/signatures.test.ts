import { createPrivateKey, sign as nodeSign } from "node:crypto"
import type { JWK } from "jose"
import { describe, expect, it } from "vitest"
import type { Algorithm } from "../../src/index.js"
import {
  base64url,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  judge,
  mintKey,
  signatureOf,
  type TestKey,
} from "../keyring.js"

const algorithms = [
  ...(["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] as const),
  ...(["ES256", "ES384", "ES512", "EdDSA"] as const),
]

const inputFor = (alg: Algorithm) => `${base64url({ alg })}.${base64url(goodClaims)}`
const bytes = (length: number, fill = 0) => new Uint8Array(length).fill(fill)
const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

function flipped(signature: Uint8Array, at: number): Uint8Array {
  return signature.with(at, (signature.at(at) ?? 0) ^ 1)
}

/** Checks that none of these signatures is taken for the key's own, while that one is. */
async function expectForged(key: TestKey, signatures: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const door = gate(consumer(key))
  const input = inputFor(key.alg)
  const tokens = Object.entries(signatures).map(([name, bytes]) => [name, `${input}.${base64url(bytes)}`])
  await expectRefused(door, Object.fromEntries(tokens), "signature_invalid")
  const own = await signatureOf(key, input)
  expect(await judge(door, `${input}.${base64url(own)}`)).toBe("allow web")
}

describe.each(algorithms)("a %s signature", async (alg) => {
  const key = await mintKey(alg)
  const own = await signatureOf(key, inputFor(alg))

  it("cannot be made up", async () => {
    await expectForged(key, {
      "all zero": bytes(own.length),
      "all ones": bytes(own.length, 0xff),
      "one, as a big number": bytes(own.length).with(own.length - 1, 1),
      "one byte": bytes(1),
      "far too long": bytes(3000),
      "by a stranger": await signatureOf(await mintKey(alg), inputFor(alg)),
      "over another text": await signatureOf(key, `${inputFor(alg)}A`),
      "over the payload alone": await signatureOf(key, base64url(goodClaims)),
      "over nothing": await signatureOf(key, ""),
    })
  })

  it("cannot be cut, stretched or bent", async () => {
    await expectForged(key, {
      "one byte shorter": own.slice(0, -1),
      "without its first byte": own.slice(1),
      half: own.slice(0, own.length / 2),
      "the other half": own.slice(own.length / 2),
      "one byte longer": concat(own, bytes(1)),
      "a zero before it": concat(bytes(1), own),
      twice: concat(own, own),
      "first bit": flipped(own, 0),
      "last bit": flipped(own, -1),
      reversed: own.toReversed(),
    })
  })
})

const curves = [
  { alg: "ES256", order: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551" },
  {
    alg: "ES384",
    order: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
  },
  {
    alg: "ES512",
    order:
      "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
  },
] as const

describe.each(curves)("an ECDSA signature for $alg", ({ alg, order }) => {
  const n = new Uint8Array(Buffer.from(order, "hex"))
  const zero = bytes(n.length)
  const one = zero.with(n.length - 1, 1)

  it("with r or s of 0, 1 or the order of the curve is refused (CVE-2022-21449)", async () => {
    const key = await mintKey(alg)
    const own = await signatureOf(key, inputFor(alg))
    const [r, s] = [own.slice(0, n.length), own.slice(n.length)]
    await expectForged(key, {
      "r = s = 0": concat(zero, zero),
      "r = 0": concat(zero, s),
      "s = 0": concat(r, zero),
      "r = s = 1": concat(one, one),
      "r = s = n": concat(n, n),
      "r = n": concat(n, s),
      "s = n": concat(r, n),
      "r = 1": concat(one, s),
      "s = 1": concat(r, one),
      "r and s exchanged": concat(s, r),
    })
  })

  it("in DER is refused: JWS wants r and s side by side (RFC 7518 §3.4)", async () => {
    const key = await mintKey(alg)
    const privateKey = createPrivateKey({ key: key.secretJwk as JWK, format: "jwk" })
    const hash = `sha${alg.slice(2)}`
    const der = nodeSign(hash, Buffer.from(inputFor(alg)), { key: privateKey, dsaEncoding: "der" })
    await expectForged(key, { DER: new Uint8Array(der) })
  })
})

describe("an Ed25519 signature", () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n

  it("with S beyond the order of the group is refused, so that it has no second form (RFC 8032 §5.1.7)", async () => {
    const key = await mintKey("EdDSA")
    const own = await signatureOf(key, inputFor("EdDSA"))
    const s = BigInt(`0x${Buffer.from(own.slice(32)).reverse().toString("hex")}`) + order
    const beyond = Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse()
    await expectForged(key, {
      "S + L": concat(own.slice(0, 32), new Uint8Array(beyond)),
      "R = 0": concat(bytes(32), own.slice(32)),
      "S = 0": concat(own.slice(0, 32), bytes(32)),
      "the neutral point and 0": bytes(64).with(0, 1),
      "R and S exchanged": concat(own.slice(32), own.slice(0, 32)),
    })
  })
})

describe("an RSA signature", () => {
  it("that is the modulus, or more, is refused", async () => {
    const key = await mintKey("RS256")
    const own = await signatureOf(key, inputFor("RS256"))
    const n = BigInt(`0x${Buffer.from(key.jwk.n ?? "", "base64url").toString("hex")}`)
    const big = (value: bigint) => new Uint8Array(Buffer.from(value.toString(16).padStart(512, "0"), "hex"))
    const signature = BigInt(`0x${Buffer.from(own).toString("hex")}`)
    await expectForged(key, {
      n: big(n),
      "n - 1": big(n - 1n),
      "n - signature": big(n - signature),
      "signature + n, in one byte more": new Uint8Array(
        Buffer.from((signature + n).toString(16).padStart(514, "0"), "hex"),
      ),
    })
  })
})
