import type { Algorithm } from "@jwt-auth/core"
import type { Dice } from "./dice.js"
import { type FuzzKey, signatureOf } from "./keys.js"

/** A text, who signs it, and the true signature. */
export interface Signed {
  readonly key: FuzzKey
  readonly alg: Algorithm
  readonly text: string
  readonly signature: Uint8Array
}

type Bend = (signed: Signed, dice: Dice, keys: readonly FuzzKey[]) => Uint8Array

const concat = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

/** The orders of the curves (SEC 2), and of the group of Ed25519 (RFC 8032 §5.1). */
const orders: Readonly<Partial<Record<Algorithm, bigint>>> = {
  ES256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  ES384: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  ES512:
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  EdDSA: 2n ** 252n + 27742317777372353535851937790883648493n,
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes).toString("hex")}`)
}

/** As many bytes, big-endian; what does not fit is cut. */
function toBytes(integer: bigint, length: number): Uint8Array {
  const hex = integer.toString(16).padStart(2 * length, "0")
  return new Uint8Array(Buffer.from(hex.slice(-2 * length), "hex"))
}

/** Bends one of the two numbers of an ECDSA signature, or S of Ed25519, which is little-endian. */
function number(change: (value: bigint, order: bigint, dice: Dice) => bigint): Bend {
  return ({ alg, signature }, dice) => {
    const order = orders[alg] ?? 1n
    const half = signature.length / 2
    const [r, s] = [signature.slice(0, half), signature.slice(half)]
    if (alg === "EdDSA")
      return concat(r, toBytes(change(toInteger(s.toReversed()), order, dice), half).toReversed())
    const bend = (part: Uint8Array) => toBytes(change(toInteger(part), order, dice), half)
    return dice.onceIn(2) ? concat(bend(r), s) : concat(r, bend(s))
  }
}

/** y-coordinates of points of small order, also spelled beyond p (RFC 8032 §5.1.3). */
const smallOrder = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
].map((hex) => new Uint8Array(Buffer.from(hex, "hex")))

/** Of the same length, so that only the engine can refuse it. */
const sameLength: Readonly<Record<string, Bend>> = {
  "a bit flipped": ({ signature }, dice) => {
    const at = dice.below(signature.length)
    return signature.with(at, (signature[at] ?? 0) ^ (1 << dice.below(8)))
  },
  "a byte replaced": ({ signature }, dice) => signature.with(dice.below(signature.length), dice.below(256)),
  random: ({ signature }, dice) => dice.bytes(signature.length),
  zeros: ({ signature }) => new Uint8Array(signature.length),
  ones: ({ signature }) => new Uint8Array(signature.length).fill(0xff),
  reversed: ({ signature }) => signature.toReversed(),
  "halves exchanged": ({ signature }) =>
    concat(signature.slice(signature.length / 2), signature.slice(0, signature.length / 2)),
  "by another key": ({ text }, dice, keys) => {
    const key = dice.pick(keys)
    return signatureOf(key, dice.pick(key.algorithms), text)
  },
  "for another algorithm": ({ key, text }, dice) => signatureOf(key, dice.pick(key.algorithms), text),
  "over another text": ({ key, alg, text }) => signatureOf(key, alg, `${text}A`),
}

const otherLength: Readonly<Record<string, Bend>> = {
  "the end cut": ({ signature }, dice) => signature.slice(0, dice.below(signature.length)),
  "the start cut": ({ signature }, dice) => signature.slice(1 + dice.below(3)),
  "longer at the end": ({ signature }, dice) => concat(signature, dice.bytes(1 + dice.below(4))),
  "zeros before it": ({ signature }, dice) => concat(new Uint8Array(1 + dice.below(3)), signature),
  twice: ({ signature }) => concat(signature, signature),
}

const ofKind: Readonly<Record<string, Readonly<Record<string, Bend>>>> = {
  ES: {
    "r or s is 0": number(() => 0n),
    "r or s is n": number((_, order) => order),
    "r or s and n": number((value, order) => value + order),
    "r or s negated": number((value, order) => order - value),
    "r or s small": number((_, __, dice) => BigInt(dice.below(4))),
    "in DER": ({ key, alg, text }) => signatureOf(key, alg, text, { dsaEncoding: "der" }),
  },
  Ed: {
    "S and L": number((value, order) => value + order),
    "S and several L": number((value, order, dice) => value + order * BigInt(2 + dice.below(14))),
    "S negated": number((value, order) => order - value),
    "S is 0": number(() => 0n),
    "R of small order": ({ signature }, dice) => concat(dice.pick(smallOrder), signature.slice(32)),
    "R of small order, S is 0": (_, dice) => concat(dice.pick(smallOrder), new Uint8Array(32)),
  },
  PS: {
    "salt of another length": ({ key, alg, text }, dice) =>
      signatureOf(key, alg, text, { saltLength: dice.pick([0, 1, 20, 31, 32, 33, 47, 48, 49, 64, 65, 100]) }),
  },
  RS: {},
  HS: {},
}

const rsaNumbers: Readonly<Record<string, Bend>> = {
  "the modulus added": ({ key, signature }) =>
    toBytes(toInteger(signature) + toInteger(Buffer.from(key.jwk.n ?? "", "base64url")), signature.length),
  "taken from the modulus": ({ key, signature }) =>
    toBytes(toInteger(Buffer.from(key.jwk.n ?? "", "base64url")) - toInteger(signature), signature.length),
}

/** A signature that is not the true one, and in what way. */
export function bentSignature(signed: Signed, dice: Dice, keys: readonly FuzzKey[]) {
  const bends = {
    ...sameLength,
    ...(dice.onceIn(4) && otherLength),
    ...ofKind[signed.alg.slice(0, 2)],
    ...(signed.key.jwk.kty === "RSA" && rsaNumbers),
  }
  const [how, bend] = dice.pick(Object.entries(bends)) as [string, Bend]
  return { how, signature: bend(signed, dice, keys) }
}
