import type { Decision, JwtClaims } from "../decision.js"
import type { DenialCode } from "../denials.js"
import type { Reason } from "../reasons.js"
import {
  type Check,
  type ForwardedHeaders,
  forwards,
  isAllow,
  isDeny,
  isPass,
  otherwise,
} from "./decision-checks.js"

/** What can be expected of a decision. `Result` is what each gives back. */
export interface DecisionMatchers<Result = unknown> {
  /** Allowed: as this consumer, and with these claims among others. */
  toAllow(consumer?: string, claims?: Partial<JwtClaims>): Result
  /** Denied: with this code or status, and for this reason among others. */
  toDeny(codeOrStatus?: DenialCode | 401 | 403 | 503, reason?: Reason): Result
  /** Passed without authentication: under a `report_only` rule, with this code reported. */
  toPass(wouldDeny?: DenialCode): Result
  /** Let through with these headers set, or a client's own removed (`null`), before downstream code sees the request. */
  toForward(headers: ForwardedHeaders): Result
}

/** Each gives the same back, so that more can be expected. */
export interface DecisionExpectation extends DecisionMatchers<DecisionExpectation> {}

/**
 * Assertions on a decision, for any test runner. What they throw is an assertion error to vitest, Jest and node:test
 * alike; it says what was decided and why, and never shows a token.
 */
export function expectDecision(decision: Decision): DecisionExpectation {
  const hold = (check: Check, operator: keyof DecisionMatchers) => {
    const mismatch = check(settled(decision))
    if (mismatch === undefined) return expectation
    // What node:assert throws, without importing it.
    const error = Object.assign(new Error(mismatch.message), { ...mismatch, operator, code: "ERR_ASSERTION" })
    error.name = "AssertionError"
    throw error
  }
  const expectation: DecisionExpectation = {
    toAllow: (...expected) => hold(isAllow(...expected), "toAllow"),
    toDeny: (...expected) => hold(isDeny(...expected), "toDeny"),
    toPass: (...expected) => hold(isPass(...expected), "toPass"),
    toForward: (...expected) => hold(forwards(...expected), "toForward"),
  }
  return expectation
}

/** The same for `expect.extend` of vitest and Jest. */
export const decisionMatchers = {
  toAllow: matcher(isAllow),
  toDeny: matcher(isDeny),
  toPass: matcher(isPass),
  toForward: matcher(forwards),
} as const satisfies Record<keyof DecisionMatchers, unknown>

function matcher<Expected extends readonly unknown[]>(checkFor: (...expected: Expected) => Check) {
  return (received: unknown, ...expected: Expected) => {
    const decision = settled(received)
    const mismatch = checkFor(...expected)(decision)
    const message = () => mismatch?.message ?? otherwise(decision)
    return { ...mismatch, pass: mismatch === undefined, message }
  }
}

/** A promise is no decision yet: to expect something of it would say nothing. */
function settled(decision: unknown): Decision {
  const members = typeof decision === "object" && decision !== null ? decision : {}
  if ("outcome" in members) return members as Decision
  throw new TypeError(
    "then" in members
      ? "expected a decision, got a promise of one: write expectDecision(await decide(…))"
      : "expected a decision, as decide gives it",
  )
}
