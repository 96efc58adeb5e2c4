import type { DenialCode } from "../denials.js"
import type { ExpectedAllow, ExpectedDeny, ExpectedDownstream, ExpectedPass } from "./row.js"

// Written out by hand: a row must not expect whatever the code under test happens to say.

export const missing: ExpectedDeny = {
  outcome: "deny",
  status: 401,
  code: "jwt_missing",
  wwwAuthenticate: 'Bearer realm="jwt-auth"',
}

export const fails: ExpectedDeny = {
  outcome: "deny",
  status: 401,
  code: "jwt_verification_fails",
  wwwAuthenticate:
    'Bearer realm="jwt-auth", error="invalid_token", error_description="Jwt verification fails"',
}

export const expired: ExpectedDeny = {
  outcome: "deny",
  status: 401,
  code: "jwt_expired",
  wwwAuthenticate: 'Bearer realm="jwt-auth", error="invalid_token", error_description="Jwt expired"',
}

/** RFC 6750 §3.1 has no error code for a good token of the wrong caller, and another token would not help. */
export const accessDenied: ExpectedDeny = {
  outcome: "deny",
  status: 403,
  code: "access_denied",
  wwwAuthenticate: null,
}

export function lacksScope(scope: string): ExpectedDeny {
  return {
    outcome: "deny",
    status: 403,
    code: "insufficient_scope",
    wwwAuthenticate: `Bearer realm="jwt-auth", error="insufficient_scope", scope="${scope}"`,
  }
}

export function allows(
  consumer: string,
  more: Partial<Pick<ExpectedAllow, "cacheControl">> & ExpectedDownstream = {},
): ExpectedAllow {
  return { outcome: "allow", consumer, cacheControl: null, ...more }
}

/** Allowed by a token that a shared cache does not know for a credential. */
export function allowsPrivately(consumer: string, more: ExpectedDownstream = {}): ExpectedAllow {
  return { outcome: "allow", consumer, cacheControl: "private", ...more }
}

export const passes: ExpectedPass = { outcome: "pass", wouldDeny: null }

export function passesWith(downstream: NonNullable<ExpectedPass["downstream"]>): ExpectedPass {
  return { outcome: "pass", wouldDeny: null, downstream }
}

/** A `report_only` rule: let through, and reported. */
export function passesDespite(wouldDeny: DenialCode): ExpectedPass {
  return { outcome: "pass", wouldDeny }
}
