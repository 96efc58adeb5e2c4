import { duration } from "../time.js"
import { unitHint } from "./time-unit.js"
import type { Times } from "./token-times.js"

const halfHour = 1800
/** The time between issuing a token and looking at it. */
const tolerance = 120
/** Clocks that are not in step differ by minutes at most. */
const outOfStep = 900
/** A token that was issued longer ago is simply old. */
const longestLag = 3600
const widestZone = 14 * 3600

/** Why `nbf` or `iat` is in the future, though it may not have been meant so. */
export function aheadHint(name: "nbf" | "iat", times: Times, clockSkew: number): string | undefined {
  const { now, iat } = times
  const time = times[name]
  if (time === undefined) return undefined
  const unit = unitHint(name, times)
  if (unit !== undefined) return unit
  const isMeant = name === "nbf" && iat !== undefined && iat <= now + clockSkew
  if (isMeant) return undefined
  const zone = zoneOf(time - now)
  if (zone !== undefined) {
    return `${name} is about ${duration(zone)} ahead: probably the issuer's clock is, or it takes the time of its zone for UTC. Have it count the seconds since 1970 in UTC (RFC 7519 §2).`
  }
  if (time - now >= outOfStep) return undefined
  return `The issuer's clock seems to be ahead by ${duration(time - now)} or more. Keep both clocks in step with NTP, or raise clock_skew_seconds above ${clockSkew}.`
}

/** Why a token is too old that may be new. */
export function behindHint({ iat, exp, now }: Times): string | undefined {
  if (iat === undefined || exp === undefined) return undefined
  const zone = zoneOf(now - iat)
  const age = now - iat
  if (zone === undefined) return age > 0 && age < longestLag ? lagHint(age, exp - iat) : undefined
  return `It was issued about ${duration(zone)} ago. If it is new, the issuer's clock is that far behind, or it takes the time of its zone for UTC; otherwise get a new token.`
}

function lagHint(age: number, lifetime: number): string {
  return `It was issued ${duration(age)} ago for ${duration(lifetime)}. If it is new, the issuer's clock is ${duration(age)} behind: keep both in step with NTP. Otherwise have the client renew its token in time.`
}

/** A whole number of half hours, as time zones differ by, when it is close to one. */
function zoneOf(seconds: number): number | undefined {
  const zone = Math.round(seconds / halfHour) * halfHour
  return zone > 0 && zone <= widestZone && Math.abs(seconds - zone) <= tolerance ? zone : undefined
}
