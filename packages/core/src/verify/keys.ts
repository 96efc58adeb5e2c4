import type { PolicyKey } from "../config/policy-key.js"
import type { Reason } from "../reasons.js"
import type { SupportedHeader } from "./compact-jws.js"

/**
 * True for a key that may verify a token: with `kid`, one of that kid or without one; and bound to the token's algorithm. The
 * key decides what it verifies; the token's `alg` only has to agree.
 */
export function fits({ jwk, algorithms }: PolicyKey, { alg, kid }: SupportedHeader): boolean {
  return isNamed(jwk.kid, kid) && algorithms.includes(alg)
}

/** True for a key of this `kid`, and for one that has no name: it may be meant by any. */
export function isNamed(name: string | undefined, kid: string | undefined): boolean {
  return kid === undefined || name === undefined || name === kid
}

/** Why no key fits. */
export function misfitReason(keys: readonly PolicyKey[], { alg, kid }: SupportedHeader): Reason {
  if (!keys.some(({ algorithms }) => algorithms.includes(alg))) return "alg_not_allowed"
  return keys.some(({ jwk }) => isNamed(jwk.kid, kid)) ? "no_fitting_key" : "kid_unknown"
}
