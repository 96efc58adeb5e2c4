import { decodeBase64url, isCanonicalBase64url } from "../base64url.js"
import type { Algorithm } from "../config/document.js"
import { algorithms } from "../config/key-algorithms.js"
import type { JwsHeader, JwtClaims } from "../decision.js"
import type { Reason } from "../reasons.js"
import { parseJsonObject } from "./strict-json.js"

/** A token that has the right form. Nothing in it is proven yet. */
export interface CompactJws {
  readonly token: string
  readonly header: JwsHeader & { readonly alg: Algorithm }
  readonly claims: JwtClaims
}

/** Longer tokens are refused unread: work must not grow with what a stranger sends. */
export const maxTokenBytes = 8192

const supported: ReadonlySet<unknown> = new Set(algorithms)

/**
 * Reads the compact serialisation (RFC 7515 §7.1), strictly: one token has one spelling. JSON serialisations, JWE and
 * nested tokens are not read at all.
 */
export function parseCompactJws(token: string): CompactJws | Reason {
  if (token.length > maxTokenBytes) return "token_malformed"
  const [protectedHeader = "", payload = "", signature = "", ...rest] = token.split(".", 4)
  if (rest.length > 0 || signature === "" || !isCanonicalBase64url(signature)) return "token_malformed"
  const header = decodeObject(protectedHeader)
  if (header === undefined) return "token_malformed"
  // RFC 7515 §4.1.11: extensions we do not know must be refused, and we know none. `b64` is one (RFC 7797).
  if ("crit" in header || "b64" in header) return "crit_unsupported"
  if (!isSupported(header)) return "alg_unsupported"
  if (header.kid !== undefined && typeof header.kid !== "string") return "token_malformed"
  const claims = decodeObject(payload)
  return claims === undefined ? "token_malformed" : { token, header, claims }
}

function decodeObject(segment: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = segment === "" ? undefined : decodeBase64url(segment)
  return bytes === undefined ? undefined : parseJsonObject(bytes)
}

function isSupported(header: Readonly<Record<string, unknown>>): header is JwsHeader & { alg: Algorithm } {
  return supported.has(header["alg"])
}
