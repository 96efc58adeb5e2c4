/**
 * Why a token, or the whole request, was refused. Internal: a reason is for logs, tests and `explain`,
 * never for the client, who reads only the {@link DenialCode}.
 */
export type Reason =
  | "token_missing"
  | "token_malformed"
  | "alg_unsupported"
  | "alg_not_allowed"
  | "crit_unsupported"
  | "claim_missing"
  | "claim_mismatch"
  | "type_mismatch"
  | "kid_unknown"
  | "no_fitting_key"
  | "signature_invalid"
  | "exp_missing"
  | "expired"
  | "not_yet_valid"
  | "issued_in_future"
  | "audience_mismatch"
  | "keys_unavailable"
  | "revoked"
  | "consumer_not_allowed"
  | "scope_missing"

/** One thing that was tried and failed. */
export interface Attempt {
  /** The consumer it was tried for; absent when the request failed before any consumer came into question. */
  readonly consumer?: string
  readonly reason: Reason
}
