import {
  constants,
  createHmac,
  createPrivateKey,
  type JsonWebKeyInput,
  type KeyObject,
  sign,
} from "node:crypto"
import { type Algorithm, checkConfig, type Jwk } from "@jwt-auth/core"
import type { Dice } from "./dice.js"

/** A key of this run, as a config shows it. */
export interface FuzzKey {
  readonly name: string
  readonly jwk: Jwk
  readonly algorithms: readonly Algorithm[]
  /** What signs: none for a key that somebody made up. */
  readonly signer: KeyObject | Uint8Array | undefined
}

const hmac = ["HS256", "HS384", "HS512"] as const
const rsa = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] as const

/** Of every algorithm several keys, and keys that nobody should have but the config check lets through. */
export async function makeKeys(dice: Dice): Promise<readonly FuzzKey[]> {
  const secrets = [64, 64, 65, 128, 129, 300].map((bytes) => secretKey(dice.bytes(bytes)))
  const pairs = await Promise.all([
    ...[2048, 2048, 2056, 3072].map((bits) => keyPair(`RSA ${bits}`, rsa, rsaParams(bits, [1, 0, 1]))),
    keyPair("RSA 2048, e = 3", rsa, rsaParams(2048, [3])),
    ...(["P-256", "P-384", "P-521"] as const).flatMap((namedCurve) =>
      [1, 2].map(() => keyPair(namedCurve, [ofCurve[namedCurve]], { name: "ECDSA", namedCurve })),
    ),
    keyPair("Ed25519", ["EdDSA"], { name: "Ed25519" }),
    keyPair("Ed25519", ["EdDSA"], { name: "Ed25519" }),
  ])
  return [...secrets, ...pairs, ...oddKeys(dice, pairs)].filter(isAccepted)
}

const ofCurve = { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512" } as const

function secretKey(signer: Uint8Array): FuzzKey {
  const name = `secret of ${signer.length} bytes`
  return { name, jwk: { kty: "oct", k: base64url(signer) }, algorithms: hmac, signer }
}

function rsaParams(modulusLength: number, exponent: readonly number[]) {
  return {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength,
    publicExponent: Uint8Array.from(exponent),
  }
}

async function keyPair(name: string, algorithms: readonly Algorithm[], params: object): Promise<FuzzKey> {
  const made = await crypto.subtle.generateKey(params as RsaHashedKeyGenParams, true, ["sign", "verify"])
  const jwk = await crypto.subtle.exportKey("jwk", made.privateKey)
  const { kty, crv, x, y, n, e } = jwk
  const shown = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined)
  const signer = createPrivateKey({ key: jwk, format: "jwk" } as JsonWebKeyInput)
  return { name, jwk: Object.fromEntries(shown) as unknown as Jwk, algorithms, signer }
}

/** Other spellings of true keys, and numbers that are no keys. */
function oddKeys(dice: Dice, pairs: readonly FuzzKey[]): FuzzKey[] {
  const [first, ...others] = pairs.filter(({ jwk }) => jwk.kty === "RSA") as [FuzzKey, ...FuzzKey[]]
  const of = (key: FuzzKey, name: string, members: Partial<Jwk>, signer = key.signer): FuzzKey => ({
    ...key,
    name: `${key.name}, ${name}`,
    jwk: { ...key.jwk, ...members },
    signer,
  })
  const zeros = (text: string | undefined, count: number) =>
    base64url(Buffer.concat([Buffer.alloc(count), Buffer.from(text ?? "", "base64url")]))
  const madeUp = (name: string, members: Partial<Jwk>) => ({ ...of(first, name, members), signer: undefined })
  const number = (bytes: number, last: number) =>
    base64url(
      dice
        .bytes(bytes)
        .with(0, 0xff)
        .with(bytes - 1, last),
    )
  const edwards = pairs.find(({ jwk }) => jwk.kty === "OKP") as FuzzKey
  const point = (name: string, x: Uint8Array) => ({
    ...of(edwards, name, { x: base64url(x) }),
    signer: undefined,
  })
  return [
    of(first, "zeros before n", { n: zeros(first.jwk.n, 3) }),
    of(first, "zeros before e", { e: zeros(first.jwk.e, 2) }),
    ...others
      .slice(0, 1)
      .map((key) => of(key, "with foreign members", { x5c: ["AA"], y: "AA", crv: "P-256", k: "AA" })),
    of(edwards, "with foreign members", { n: "AA", e: "AQAB", k: "AA" }),
    madeUp("n even", { n: number(256, 2) }),
    madeUp("n made up", { n: number(256, 1) }),
    madeUp("n of 4104 bits", { n: number(513, 1) }),
    madeUp("e of 33 bits", { e: "AQAAAAE" }),
    madeUp("e of 128 bits", { e: number(16, 1) }),
    madeUp("e as long as n", { e: number(255, 1) }),
    madeUp("e greater than n", { e: number(257, 1) }),
    point("made up", dice.bytes(32)),
    point("made up otherwise", dice.bytes(32)),
    // RFC 8032 §5.1.3: y is below p, and some readers take it modulo p.
    point(
      "y = p + 2",
      Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0xef : i === 31 ? 0x7f : 0xff)),
    ),
    point("y = 2^255 - 1", new Uint8Array(32).fill(0xff)),
    { ...secretKey(dice.bytes(1)), name: "secret of 1 byte" },
    { ...secretKey(new Uint8Array(64)), name: "secret of zeros" },
  ]
}

/** What a config may hold: of any other key no engine ever hears. */
function isAccepted({ jwk }: FuzzKey): boolean {
  const consumers = [{ name: "a", issuer: "a", jwks: { keys: [jwk] }, allow_weak_hmac: true }]
  return checkConfig({ global_auth: true, consumers }).config !== undefined
}

/** How a signature is made otherwise than the algorithm has it. */
export interface Signing {
  readonly saltLength?: number
  readonly dsaEncoding?: "der"
}

export function signatureOf(
  { signer }: FuzzKey,
  alg: Algorithm,
  text: string,
  how: Signing = {},
): Uint8Array {
  if (signer === undefined) return new Uint8Array(256)
  const hash = `sha${alg.slice(2)}`
  if (signer instanceof Uint8Array) return createHmac(hash, signer).update(text).digest()
  if (alg === "EdDSA") return sign(null, Buffer.from(text), signer)
  const { RSA_PKCS1_PSS_PADDING, RSA_PKCS1_PADDING } = constants
  return sign(hash, Buffer.from(text), {
    key: signer,
    dsaEncoding: how.dsaEncoding ?? "ieee-p1363",
    ...(alg.startsWith("RS") && { padding: RSA_PKCS1_PADDING }),
    ...(alg.startsWith("PS") && {
      padding: RSA_PKCS1_PSS_PADDING,
      saltLength: how.saltLength ?? Number(alg.slice(2)) / 8,
    }),
  })
}

export function base64url(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString("base64url")
}
