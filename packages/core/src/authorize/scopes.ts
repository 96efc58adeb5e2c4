import type { JwtClaims } from "../decision.js"
import { ownValue } from "../own-value.js"

/** True when the token has all of these scopes, in `scope` (RFC 9068 §2.2.3) or in `scp`, as some issuers name it. */
export function hasScopes(claims: JwtClaims, required: readonly string[]): boolean {
  if (required.length === 0) return true
  const granted = new Set(scopesOf(claims))
  return required.every((scope) => granted.has(scope))
}

/** Everything that stands where scopes do; what is not a string in the list `scp` grants nothing. */
export function scopesOf(claims: JwtClaims): readonly unknown[] {
  return [...scopesIn(claims, "scope"), ...scopesIn(claims, "scp")]
}

function scopesIn(claims: JwtClaims, name: "scope" | "scp"): readonly unknown[] {
  const value = ownValue(claims, name)
  if (typeof value === "string") return value.split(" ")
  return name === "scp" && Array.isArray(value) ? value : []
}
