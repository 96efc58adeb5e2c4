import { decodeBase64url, decodedLength } from "../base64url.js"
import type { Algorithm, Jwk } from "./document.js"

/** By `kty`, and `crv` where the kind has one: a curve belongs to one algorithm (RFC 7518 §3.4). */
const byKind: ReadonlyMap<string, readonly Algorithm[]> = new Map([
  ["oct", ["HS256", "HS384", "HS512"]],
  ["RSA", ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]],
  ["EC P-256", ["ES256"]],
  ["EC P-384", ["ES384"]],
  ["EC P-521", ["ES512"]],
  ["OKP Ed25519", ["EdDSA"]],
])

export const algorithms: readonly Algorithm[] = [...byKind.values()].flat()

/**
 * The algorithms a key of this kind can verify, from its `kty` and `crv` alone. The key decides; the token's `alg`
 * only has to agree (RFC 8725 §3.1). Never guessed from the bytes of the key.
 */
export function algorithmsOfKind({ kty, crv }: Pick<Jwk, "kty" | "crv">): readonly Algorithm[] {
  return byKind.get(kty === "oct" || kty === "RSA" ? kty : `${kty} ${crv}`) ?? []
}

/** The shortest HMAC secret, in bytes, that RFC 7518 §3.2 allows: as long as the hash. */
export const shortestSecret: Readonly<Partial<Record<Algorithm, number>>> = {
  HS256: 32,
  HS384: 48,
  HS512: 64,
}

export interface KeyPolicy {
  readonly algorithms?: readonly Algorithm[] | undefined
  readonly allow_weak_hmac?: boolean | undefined
}

/**
 * The algorithms this key may verify for this consumer: what its kind can do, narrowed by the key's own `alg`, `use`
 * and `key_ops`, by the consumer's `algorithms`, and by the length of an HMAC secret.
 */
export function algorithmsOfKey(jwk: Jwk, policy: KeyPolicy): readonly Algorithm[] {
  if (!isForVerifying(jwk)) return []
  const secretBytes = jwk.kty === "oct" ? decodedLength(jwk.k?.length ?? 0) : Number.POSITIVE_INFINITY
  return algorithmsOfKind(jwk).filter(
    (algorithm) =>
      (jwk.alg === undefined || jwk.alg === algorithm) &&
      (policy.algorithms?.includes(algorithm) ?? true) &&
      (policy.allow_weak_hmac === true || secretBytes >= (shortestSecret[algorithm] ?? 0)),
  )
}

/** RFC 7517 §4.2 and §4.3: a key marked for something else is not used to verify a signature. */
export function isForVerifying({ use, key_ops }: Pick<Jwk, "use" | "key_ops">): boolean {
  return (use === undefined || use === "sig") && (key_ops?.includes("verify") ?? true)
}

/** Signature lengths in bytes (RFC 7518 §3.2, §3.4; RFC 8032 §5.1.6). An HMAC is as long as its hash. */
const fixedLengths: Readonly<Partial<Record<Algorithm, number>>> = {
  ...shortestSecret,
  ES256: 64,
  ES384: 96,
  ES512: 132,
  EdDSA: 64,
}

/** The one length that a signature by this key has; for RSA that of the modulus (RFC 8017 §8.1.2, §8.2.2). */
export function signatureLength(jwk: Jwk, algorithm: Algorithm): number {
  const fixed = fixedLengths[algorithm]
  if (fixed !== undefined) return fixed
  const modulus = decodeBase64url(jwk.n ?? "") ?? new Uint8Array()
  return (
    modulus.length -
    Math.max(
      0,
      modulus.findIndex((byte) => byte !== 0),
    )
  )
}
