import { type ConfigIssue, error } from "../config/config-error.js"
import type { Jwk } from "../config/document.js"

/** The members that make a public key (RFC 7518 §6, RFC 8037 §2), and those that say what it is for. */
const publicMembers = ["kty", "kid", "alg", "use", "crv", "n", "e", "x", "y"] as const

/** What everybody may know of a key. A list of what is kept: a private member that nobody has heard of is not. */
export function publicJwk(jwk: Jwk): Jwk {
  return Object.fromEntries(
    publicMembers.filter((name) => jwk[name] !== undefined).map((name) => [name, jwk[name]]),
  )
}

/** RFC 7517 §4.5. An empty name would be no name to whoever asks for "a kid". */
export function checkKid(kid: unknown, path: string): ConfigIssue[] {
  if (kid === undefined || (typeof kid === "string" && kid !== "")) return []
  return [error(path, "must be a text that is not empty", "Leave it out, or give the key a name.")]
}
