import { duration } from "../time.js"
import { unitHint } from "./time-unit.js"
import type { Times } from "./token-times.js"

const halfHour = 1800
/** The time between issuing a token and looking at it. */
const tolerance = 120
/** Clocks that are not in step differ by minutes at most. */
const outOfStep = 900
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
export function behindHint({ iat, now }: Times): string | undefined {
  const zone = iat === undefined ? undefined : zoneOf(now - iat)
  if (zone === undefined) return undefined
  return `It was issued about ${duration(zone)} ago. If it is new, the issuer's clock is that far behind, or it takes the time of its zone for UTC; otherwise get a new token.`
}

/** A whole number of half hours, as time zones differ by, when it is close to one. */
function zoneOf(seconds: number): number | undefined {
  const zone = Math.round(seconds / halfHour) * halfHour
  return zone > 0 && zone <= widestZone && Math.abs(seconds - zone) <= tolerance ? zone : undefined
}
