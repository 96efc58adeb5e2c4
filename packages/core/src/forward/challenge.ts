import type { Denial } from "../decision.js"
import { type DenialCode, denials } from "../denials.js"

/** Seconds after which a client may ask again when the keys could not be had. */
const retryAfterSeconds = 5

/** A denial with the response headers that belong to it (RFC 6750 §3). */
export function denialOf(code: DenialCode, realm: string, scopes: readonly string[]): Denial {
  return { ...denials[code], code, headers: headersOf(code, `Bearer realm="${realm}"`, scopes) }
}

function headersOf(code: DenialCode, challenge: string, scopes: readonly string[]): Record<string, string> {
  switch (code) {
    case "jwt_missing":
      // RFC 6750 §3.1: a request without credentials is told nothing but how to authenticate.
      return { "WWW-Authenticate": challenge }
    case "access_denied":
      return {}
    case "keys_unavailable":
      return { "Retry-After": String(retryAfterSeconds) }
    case "insufficient_scope":
      return {
        "WWW-Authenticate": `${challenge}, error="insufficient_scope", scope="${scopes.map(scopeToken).join(" ")}"`,
      }
    default:
      return {
        "WWW-Authenticate": `${challenge}, error="invalid_token", error_description="${denials[code].message}"`,
      }
  }
}

/** Scopes that come from code have passed no schema: what may not stand in a challenge is left out. */
function scopeToken(scope: string): string {
  return scope.replace(/[^!#-[\]-~]/g, "")
}
