import type { PolicyConsumer } from "../config/policy.js"
import type { JwtClaims } from "../decision.js"
import { ownValue } from "../own-value.js"
import type { Reason } from "../reasons.js"

/**
 * The checks that need a true signature first, so that only the holder of a real token learns that it expired. Every
 * comparison is written so that NaN refuses.
 */
export function checkClaims(claims: JwtClaims, consumer: PolicyConsumer, now: number): Reason | undefined {
  return checkTimes(claims, consumer, now) ?? checkAudience(claims, consumer)
}

/** RFC 7519 §4.1.4 to §4.1.6. A time that is no finite number is not "absent" (CVE-2026-44459): it refuses. */
function checkTimes(
  claims: JwtClaims,
  { clockSkew, requireExp }: PolicyConsumer,
  now: number,
): Reason | undefined {
  const exp = timeOf(claims, "exp")
  const nbf = timeOf(claims, "nbf")
  const iat = timeOf(claims, "iat")
  if (exp === "malformed" || nbf === "malformed" || iat === "malformed") return "token_malformed"
  if (exp === undefined && requireExp) return "exp_missing"
  if (exp !== undefined && !(now < exp + clockSkew)) return "expired"
  if (nbf !== undefined && !(now >= nbf - clockSkew)) return "not_yet_valid"
  if (iat !== undefined && !(iat <= now + clockSkew)) return "issued_in_future"
  return undefined
}

function timeOf(claims: JwtClaims, name: "exp" | "nbf" | "iat"): number | undefined | "malformed" {
  if (!Object.hasOwn(claims, name)) return undefined
  const value: unknown = claims[name]
  return typeof value === "number" && Number.isFinite(value) ? value : "malformed"
}

/** RFC 7519 §4.1.3: a string, or an array of strings. Anything else names no audience. */
function checkAudience(claims: JwtClaims, { audiences }: PolicyConsumer): Reason | undefined {
  if (audiences === undefined) return undefined
  return isFor(audiences, ownValue(claims, "aud")) ? undefined : "audience_mismatch"
}

function isFor(audiences: ReadonlySet<string>, aud: unknown): boolean {
  if (typeof aud === "string") return audiences.has(aud)
  if (!Array.isArray(aud)) return false
  return aud.every((one) => typeof one === "string") && aud.some((one) => audiences.has(one))
}
