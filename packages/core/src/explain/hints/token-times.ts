import type { JwtClaims } from "../../decision.js"
import { ownValue } from "../../own-value.js"

/** The times of a token, and the clock that they are held against. All in seconds. */
export interface Times {
  readonly exp: number | undefined
  readonly nbf: number | undefined
  readonly iat: number | undefined
  readonly now: number
}

export function timesOf(claims: JwtClaims, now: number): Times {
  const timeOf = (name: "exp" | "nbf" | "iat") => {
    const value = ownValue(claims, name)
    return typeof value === "number" ? value : undefined
  }
  return { exp: timeOf("exp"), nbf: timeOf("nbf"), iat: timeOf("iat"), now }
}
