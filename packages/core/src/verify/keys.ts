import type { Algorithm } from "../config/document.js"
import type { PolicyKey } from "../config/policy.js"
import type { Reason } from "../reasons.js"

/**
 * The keys that may verify a token: with `kid`, those of that kid or without one; without `kid`, all. Of these, those
 * bound to the token's algorithm. The key decides what it verifies; the token's `alg` only has to agree.
 */
export function fittingKeys(
  keys: readonly PolicyKey[],
  { alg, kid }: { readonly alg: Algorithm; readonly kid?: string },
): readonly PolicyKey[] | Reason {
  if (!keys.some((key) => key.algorithms.includes(alg))) return "alg_not_allowed"
  const named = kid === undefined ? keys : keys.filter(({ jwk }) => jwk.kid === undefined || jwk.kid === kid)
  if (named.length === 0) return "kid_unknown"
  const fitting = named.filter((key) => key.algorithms.includes(alg))
  return fitting.length === 0 ? "no_fitting_key" : fitting
}
