import type { PolicyConsumer } from "../config/policy.js"
import { ownValue } from "../own-value.js"
import type { Reason } from "../reasons.js"
import type { CompactJws } from "./compact-jws.js"

// The checks that need a true signature first, so that only the holder of a real token learns that it expired.

/**
 * RFC 7519 §4.1.4 to §4.1.6. A time that is no finite number is not "absent" (CVE-2026-44459): it refuses. So does NaN in every
 * comparison, by the way it is written.
 */
export function checkTimes(
  { exp, nbf, iat }: CompactJws,
  { clockSkew, requireExp }: PolicyConsumer,
  now: number,
): Reason | undefined {
  if (Number.isNaN(exp) || Number.isNaN(nbf) || Number.isNaN(iat)) return "token_malformed"
  if (exp === undefined && requireExp) return "exp_missing"
  if (exp !== undefined && !(now < exp + clockSkew)) return "expired"
  if (nbf !== undefined && !(now >= nbf - clockSkew)) return "not_yet_valid"
  if (iat !== undefined && !(iat <= now + clockSkew)) return "issued_in_future"
  return undefined
}

/** RFC 7519 §4.1.3: a string, or an array of strings. Anything else names no audience. */
export function checkAudience({ claims }: CompactJws, { audiences }: PolicyConsumer): Reason | undefined {
  if (audiences === undefined) return undefined
  return isFor(audiences, ownValue(claims, "aud")) ? undefined : "audience_mismatch"
}

function isFor(audiences: ReadonlySet<string>, aud: unknown): boolean {
  if (typeof aud === "string") return audiences.has(aud)
  if (!Array.isArray(aud)) return false
  return aud.every((one) => typeof one === "string") && aud.some((one) => audiences.has(one))
}
