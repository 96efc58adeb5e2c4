import type { Reason } from "../reasons.js"

/** What a reason means, and what to look at when no near miss is recognised. One sentence each. */
export interface Meaning {
  readonly meaning: string
  readonly lookAt: string
}

/** For every reason; the page docs/reasons.md is made of it. */
export const meanings: Readonly<Record<Reason, Meaning>> = {
  token_missing: {
    meaning: "No place where the consumer looks has a token.",
    lookAt: "Compare where the client sends it with from_headers, from_params and from_cookies.",
  },
  token_malformed: {
    meaning: "What was found is not a compact JWS in its one spelling, or one of its times is not a number.",
    lookAt: "Look at the value as the client sends it: cut off, quoted, two tokens, longer than 8192 bytes?",
  },
  crit_unsupported: {
    meaning: "The header has crit or b64, extensions that no JWT needs.",
    lookAt: "Have the issuer leave them out (RFC 7515 §4.1.11, RFC 7797).",
  },
  alg_unsupported: {
    meaning:
      "The header's alg is not one of the thirteen that are supported; an unsigned token (alg none) is never accepted.",
    lookAt: "Have the issuer sign with one of them, such as ES256 or RS256.",
  },
  claim_missing: {
    meaning: "The token lacks the claims that the consumer is recognised by, or they are not strings.",
    lookAt: "Compare the token's claims with issuer and claims of the consumer.",
  },
  claim_mismatch: {
    meaning: "The token has the claims that the consumer is recognised by, with other values.",
    lookAt: "Compare them to the letter: case, and a slash at the end, count.",
  },
  type_mismatch: {
    meaning: "The header's typ is none of the consumer's types.",
    lookAt: "See whether the client sends an ID token where an access token is asked for.",
  },
  alg_not_allowed: {
    meaning: "No key of the consumer may verify this alg.",
    lookAt:
      "Compare alg with the kind of the keys, their own alg, use and key_ops, and the consumer's algorithms.",
  },
  kid_unknown: {
    meaning: "No key of the consumer has the token's kid.",
    lookAt: "See whether the issuer has changed its keys, and take its current key set.",
  },
  no_fitting_key: {
    meaning: "The keys with the token's kid are for another alg.",
    lookAt: "Compare alg and kid of the token with those of the keys.",
  },
  keys_unavailable: {
    meaning: "The keys could not be had. Never in this version, which has no remote key sets.",
    lookAt: "Look at the issuer's key endpoint.",
  },
  signature_invalid: {
    meaning: "None of the keys that fit has made the signature.",
    lookAt: "Compare the issuer's current key with the one in jwks; for HMAC, k is base64url of the secret.",
  },
  exp_missing: {
    meaning: "The token has no exp, and would be good forever.",
    lookAt: "Have the issuer set exp. With require_exp: false, tokens that never end are accepted.",
  },
  expired: {
    meaning: "The signature is good, and exp has passed, the allowed skew included.",
    lookAt: "Get a new token; if it is new, compare the clocks.",
  },
  not_yet_valid: {
    meaning: "The signature is good, and nbf is in the future.",
    lookAt: "Compare the issuer's clock with this one.",
  },
  issued_in_future: {
    meaning: "The signature is good, and iat is in the future.",
    lookAt: "Compare the issuer's clock with this one, and seconds with milliseconds.",
  },
  audience_mismatch: {
    meaning: "aud has none of the consumer's audiences.",
    lookAt: "Ask the issuer for a token for this API, or add its aud to audiences.",
  },
  revoked: {
    meaning: "The token was revoked. Never in this version, which has no revocation.",
    lookAt: "Get a new token.",
  },
  consumer_not_allowed: {
    meaning: "The token is good, and what applies to this request allows other consumers.",
    lookAt: "Look at the rule that applied, and at those before it.",
  },
  scope_missing: {
    meaning: "The consumer is allowed, and its token lacks a scope that the request needs.",
    lookAt: "Have the client ask the issuer for the scope.",
  },
}
