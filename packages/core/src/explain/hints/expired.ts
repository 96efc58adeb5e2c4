import { duration } from "../time.js"
import { behindHint } from "./clock-difference.js"
import { wrongUnit } from "./time-unit.js"
import type { Times } from "./token-times.js"

/** No date that a token bears is so early; no lifetime that is meant is so long. */
const threeYears = 1e8

/** Beyond the skew; a token that is older has simply expired. */
const justNow = 300

/** Why a token is too old, though it may not have been meant so. */
export function expiredHint(times: Times, clockSkew: number): string | undefined {
  const { exp, now } = times
  if (exp === undefined) return undefined
  if (exp === 0) {
    return "exp 0 is the year 1970, and does not mean never. Have the issuer write the time at which the token ends."
  }
  if (exp > 0 && exp < threeYears && threeYears < now) {
    return "exp looks like a lifetime, and has to be the time at which the token ends, in seconds since 1970. Have the issuer add the lifetime to iat."
  }
  return startHint(times, exp) ?? (now - exp - clockSkew < justNow ? lateHint(now - exp) : behindHint(times))
}

function startHint({ nbf, iat, now }: Times, exp: number): string | undefined {
  const isAfter = (start: number | undefined) =>
    start !== undefined && exp <= start && wrongUnit(start, now) === undefined
  const name = isAfter(iat) ? "iat" : isAfter(nbf) ? "nbf" : undefined
  if (name === undefined) return undefined
  return `exp is not after ${name}: the token ends where it begins, or before. Look at how the issuer computes exp.`
}

function lateHint(late: number): string {
  return `It ended only ${duration(late)} ago: have the client renew its token in time. If the token is new, the clocks differ: keep both in step with NTP.`
}
