import type { Denial } from "./decision.js"
import type { Attempt, Reason } from "./reasons.js"

/** The public name of a refusal. Closed: clients may switch on it. */
export type DenialCode =
  | "jwt_missing"
  | "jwt_expired"
  | "jwt_verification_fails"
  | "jwt_revoked"
  | "access_denied"
  | "insufficient_scope"
  | "keys_unavailable"

/** Status and message of every denial. The messages are those of the gateway's document, word for word. */
export const denials: Readonly<Record<DenialCode, Pick<Denial, "status" | "message">>> = {
  jwt_missing: { status: 401, message: "Jwt missing" },
  jwt_expired: { status: 401, message: "Jwt expired" },
  jwt_verification_fails: { status: 401, message: "Jwt verification fails" },
  jwt_revoked: { status: 401, message: "Jwt revoked" },
  access_denied: { status: 403, message: "Access Denied" },
  insufficient_scope: { status: 403, message: "Insufficient scope" },
  keys_unavailable: { status: 503, message: "Keys unavailable" },
}

/**
 * What the client is told for these reasons. All others are one and the same answer, so that nobody can probe which
 * issuers, keys or consumers exist.
 */
const codes: Readonly<Partial<Record<Reason, DenialCode>>> = {
  token_missing: "jwt_missing",
  expired: "jwt_expired",
  revoked: "jwt_revoked",
  keys_unavailable: "keys_unavailable",
  consumer_not_allowed: "access_denied",
  scope_missing: "insufficient_scope",
}

/** From the shallowest failure to the deepest: the deepest is told. */
const depth: readonly DenialCode[] = [
  "jwt_missing",
  "jwt_verification_fails",
  "jwt_expired",
  "jwt_revoked",
  "keys_unavailable",
  "access_denied",
  "insufficient_scope",
]

/** The one answer for everything that was tried. */
export function deepestCode(attempts: readonly Attempt[]): DenialCode {
  const told = attempts.map(({ reason }) => codes[reason] ?? "jwt_verification_fails")
  return told.reduce((a, b) => (depth.indexOf(a) < depth.indexOf(b) ? b : a), "jwt_missing")
}
