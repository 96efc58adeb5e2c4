import type { PolicyConsumer } from "../config/policy.js"
import { ownValue } from "../own-value.js"
import type { Reason } from "../reasons.js"
import { type Step, type StepName, steps } from "./explanation.js"
import type { Reading, Recording } from "./recording.js"

/** The step at which each reason is found. A time that is no number is `token_malformed` too, and found at `time`. */
export const stepOf: Readonly<Record<Reason, StepName>> = {
  token_missing: "place",
  token_malformed: "form",
  crit_unsupported: "form",
  alg_unsupported: "algorithm",
  claim_missing: "claims",
  claim_mismatch: "claims",
  type_mismatch: "claims",
  alg_not_allowed: "key",
  kid_unknown: "key",
  no_fitting_key: "key",
  keys_unavailable: "key",
  signature_invalid: "signature",
  exp_missing: "time",
  expired: "time",
  not_yet_valid: "time",
  issued_in_future: "time",
  audience_mismatch: "audience",
  revoked: "audience",
  consumer_not_allowed: "allowed",
  scope_missing: "scopes",
}

/** How far a consumer came. */
export interface Progress {
  /** The first step that was not passed; undefined when all were. */
  readonly stoppedAt: StepName | undefined
  /** Why, when that step was tried. */
  readonly reason?: Reason
}

/** Reads off the recording how far this consumer came. */
export function progressOf(
  consumer: PolicyConsumer,
  reading: Reading | undefined,
  recording: Recording,
): Progress {
  if (reading === undefined) return failure("token_missing")
  const { jws } = reading
  if (typeof jws === "string") return failure(jws)
  if (!recording.candidates.has(consumer)) {
    const named = consumer.claims.every(([name]) => typeof ownValue(jws.claims, name) === "string")
    return failure(named ? "claim_mismatch" : "claim_missing")
  }
  if (!recording.verdicts.has(consumer)) return { stoppedAt: "key" }
  const reason = recording.verdicts.get(consumer)
  if (reason === undefined) return { stoppedAt: undefined }
  return reason === "token_malformed" ? { stoppedAt: "time", reason } : failure(reason)
}

function failure(reason: Reason): Progress {
  return { stoppedAt: stepOf[reason], reason }
}

/** All steps: those before the stop are ok, that one has what is known about the failure, the rest were not reached. */
export function stepsUntil({ stoppedAt, reason }: Progress, details: Partial<Step>): readonly Step[] {
  const stop = stoppedAt === undefined ? steps.length : steps.indexOf(stoppedAt)
  return steps.map((step, i): Step => {
    if (i < stop) return { step, status: "ok" }
    if (i > stop || reason === undefined) return { step, status: "not reached" }
    return { step, status: "failed", reason, ...details }
  })
}
