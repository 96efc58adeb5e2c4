import type { JwtClaims } from "../../decision.js"
import type { Finding } from "../finding.js"
import { claimName, foldName, kindOf } from "./claim-name.js"
import { aheadHint } from "./clock-difference.js"
import { expiredHint } from "./expired.js"
import { timesOf } from "./token-times.js"

/** Why a token is not good now, though it may have been meant to be. */
export function timeHint({ reason, jws, now, consumer: { clockSkew } }: Finding): string | undefined {
  if (jws === undefined || now === undefined) return undefined
  const times = timesOf(jws.claims, now)
  switch (reason) {
    case "exp_missing":
      return noExpHint(jws.claims)
    case "expired":
      return expiredHint(times, clockSkew)
    case "not_yet_valid":
      return aheadHint("nbf", times, clockSkew)
    case "issued_in_future":
      return aheadHint("iat", times, clockSkew)
    case "token_malformed":
      return notTimeHint(jws.claims)
    default:
      return undefined
  }
}

/** Other names for it, folded. */
const namesOfExp: ReadonlySet<string> = new Set([
  "exp",
  "expat",
  "expire",
  "expireat",
  "expires",
  "expiresat",
  "expiresin",
  "expireson",
  "expiration",
  "expirationtime",
  "expiry",
  "exptime",
  "validuntil",
])

function noExpHint(claims: JwtClaims): string {
  const other = Object.keys(claims).find((name) => namesOfExp.has(foldName(name)))
  return other === undefined
    ? "A token without exp is good forever. Have the issuer set it, or accept such tokens with require_exp: false, if that is meant."
    : `The token has ${claimName(other)}, and only exp counts (RFC 7519 §4.1.4). Have the issuer write the time at which the token ends into exp, in seconds since 1970.`
}

function notTimeHint(claims: JwtClaims): string | undefined {
  const wrong = ["exp", "nbf", "iat"].find(
    (name) => Object.hasOwn(claims, name) && !Number.isFinite(claims[name]),
  )
  if (wrong === undefined) return undefined
  const value = claims[wrong]
  if (typeof value === "string" && /^\d+$/.test(value)) {
    return `${wrong} is a string. Have the issuer write the number without quotes (RFC 7519 §2).`
  }
  return `${wrong} is ${kindOfTime(value)}. Have the issuer write the seconds since 1970 as a number (RFC 7519 §2).`
}

function kindOfTime(value: unknown): string {
  if (typeof value === "number") return "too large a number"
  return typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? "a date as a string" : kindOf(value)
}
