import { listed } from "../show.js"
import type { Times } from "./token-times.js"

const units = [
  ["milliseconds", 1e3],
  ["microseconds", 1e6],
  ["nanoseconds", 1e9],
] as const

/**
 * The unit of a time that is not in seconds. It is recognised when it is a time of these decades in a smaller unit: the end of
 * the year 9999, as some write for "never", is none.
 */
export function wrongUnit(time: number | undefined, now: number): (typeof units)[number] | undefined {
  return time === undefined
    ? undefined
    : units.find(([, perSecond]) => Math.abs(time / perSecond - now) < now / 2)
}

/** What to say of a time that is not in seconds, and of the others in the same unit. */
export function unitHint(name: "exp" | "nbf" | "iat", times: Times): string | undefined {
  const unit = wrongUnit(times[name], times.now)
  if (unit === undefined) return undefined
  const names = (["exp", "nbf", "iat"] as const).filter((one) => wrongUnit(times[one], times.now) === unit)
  const are = `${listed(names, "and")} ${names.length === 1 ? "is" : "are"} in ${unit[0]}`
  return `${are}. Times are in seconds (RFC 7519 §2): have the issuer divide by ${unit[1]}.`
}
