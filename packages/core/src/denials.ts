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
 * What the client is told for each reason. Everything about an unproven token is one and the same answer,
 * so that nobody can probe which issuers, keys or consumers exist.
 */
const codes: Readonly<Record<Reason, DenialCode>> = {
  token_missing: "jwt_missing",
  token_malformed: "jwt_verification_fails",
  alg_unsupported: "jwt_verification_fails",
  alg_not_allowed: "jwt_verification_fails",
  crit_unsupported: "jwt_verification_fails",
  claim_missing: "jwt_verification_fails",
  claim_mismatch: "jwt_verification_fails",
  type_mismatch: "jwt_verification_fails",
  kid_unknown: "jwt_verification_fails",
  no_fitting_key: "jwt_verification_fails",
  signature_invalid: "jwt_verification_fails",
  exp_missing: "jwt_verification_fails",
  expired: "jwt_expired",
  not_yet_valid: "jwt_verification_fails",
  issued_in_future: "jwt_verification_fails",
  audience_mismatch: "jwt_verification_fails",
  keys_unavailable: "keys_unavailable",
  revoked: "jwt_revoked",
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
  const deepest = attempts.reduce((max, { reason }) => Math.max(max, depth.indexOf(codes[reason])), 0)
  return depth[deepest] ?? "jwt_verification_fails"
}
