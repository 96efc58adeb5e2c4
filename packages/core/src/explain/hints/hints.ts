import type { MaybePromise } from "../../maybe-promise.js"
import type { Reason } from "../../reasons.js"
import type { Finding } from "../finding.js"
import { algorithmHint } from "./algorithm.js"
import { audienceHint } from "./audience.js"
import { claimsHint } from "./claims.js"
import { formHint } from "./form.js"
import { keyHint } from "./key.js"
import { placeHint } from "./place.js"
import { scopesHint } from "./scopes.js"
import { signatureHint } from "./signature.js"
import { timeHint } from "./time.js"
import { typeHint } from "./type.js"

/** A near miss in plain words and what to do about it, or undefined: no guess is better than a wrong one. */
export type Hinter = (finding: Finding) => MaybePromise<string | undefined>

/** Who knows the near misses of each reason. */
export const hints: Readonly<Record<Reason, Hinter>> = {
  token_missing: placeHint,
  token_malformed: (finding) => (finding.step === "time" ? timeHint(finding) : formHint(finding)),
  crit_unsupported: () =>
    "This is an extension of JWS that no JWT needs (RFC 7515 §4.1.11, RFC 7797). Have it left out.",
  alg_unsupported: algorithmHint,
  claim_missing: claimsHint,
  claim_mismatch: claimsHint,
  type_mismatch: typeHint,
  alg_not_allowed: keyHint,
  kid_unknown: keyHint,
  no_fitting_key: keyHint,
  signature_invalid: signatureHint,
  exp_missing: timeHint,
  expired: timeHint,
  not_yet_valid: timeHint,
  issued_in_future: timeHint,
  audience_mismatch: audienceHint,
  consumer_not_allowed: () => undefined,
  scope_missing: scopesHint,
  revoked: () => undefined,
  keys_unavailable: () => undefined,
}
