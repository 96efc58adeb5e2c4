import type { MaybePromise } from "../maybe-promise.js"
import type { Algorithm, Jwk, Jwks } from "./document.js"
import { entry } from "./entry.js"
import { algorithmsOfKey, type KeyPolicy } from "./key-algorithms.js"

/** A key and what it may verify. */
export interface PolicyKey {
  readonly jwk: Jwk
  readonly algorithms: readonly Algorithm[]
  /** By algorithm and engine, once asked for. Not in a map beside the keys: of thousands, that is one more thing to fetch. */
  readonly verifiers: (Verifier | undefined)[]
}

/**
 * Checks signatures by one key under one algorithm, their length included, on tokens of the right form: all is ASCII, and the
 * signature is canonical base64url. May throw when the signature cannot be checked; a promise never rejects.
 *
 * @param end of what is signed: there is the last dot
 */
export type Verifier = (token: string, end: number) => MaybePromise<boolean>

/** Keys, and lists of what they may verify, each once, under what it consists of. */
export interface KeyParts {
  readonly keys: Map<string, PolicyKey>
  readonly algorithms: Map<string, readonly Algorithm[]>
}

/** @param parts those of other consumers */
export function compileKeys(jwks: Jwks | string, policy: KeyPolicy, parts: KeyParts): readonly PolicyKey[] {
  return keysOf(jwks).flatMap((jwk) => compileKey(jwk, policy, parts))
}

function keysOf(jwks: Jwks | string): readonly Jwk[] {
  return (typeof jwks === "string" ? (JSON.parse(jwks) as Jwks) : jwks).keys
}

/** Nothing for a key that may not verify anything. */
function compileKey(jwk: Jwk, policy: KeyPolicy, parts: KeyParts): readonly PolicyKey[] {
  const allowed = algorithmsOfKey(jwk, policy)
  if (allowed.length === 0) return []
  const algorithms = entry(parts.algorithms, allowed.join(), () => allowed)
  // Of the members that count, which are texts: others may be anything, and say how they are to be written.
  const { kty, crv, k, n, e, x, y, kid } = jwk
  const identity = JSON.stringify([kty, crv, k, n, e, x, y, kid, ...algorithms])
  return [entry(parts.keys, identity, () => ({ jwk, algorithms, verifiers: [] }))]
}
