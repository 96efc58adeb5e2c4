import type { Decision, JwtClaims } from "../decision.js"
import type { Reason } from "../reasons.js"

/** Everything that is known about one decision. For people who look after the API; never for the client. */
export interface Explanation {
  /** As `decide` gives it for the same request, but for the token, which is not shown. */
  readonly decision: Decision
  /** What said whether a token is needed, and whose. */
  readonly rule: RuleExplanation
  /** The tokens that were found, one for each way of looking for one. Empty when none was asked for. */
  readonly tokens: readonly TokenExplanation[]
  /** Every consumer whose token was looked for, in config order. Empty when none was asked for. */
  readonly consumers: readonly ConsumerExplanation[]
}

/** What said whether a token is needed, and whose. */
export interface RuleExplanation {
  /** `requirement`: what code asks for; `global_auth`: no rule matched; `preflight`: `bypass_cors_preflight`. */
  readonly decidedBy: "rule" | "requirement" | "global_auth" | "preflight"
  /** The rules that applied. More than one when the path or the host can be read in several ways. */
  readonly applied: readonly RuleName[]
  /** The rules that were compared and do not match, in order. Those after the one that decided were not compared. */
  readonly skipped: readonly SkippedRule[]
  /** `undefined` when no token is asked for. */
  readonly asks?: AskedFor
  /** Recognised near misses, such as a rule that differs from the request in one letter. */
  readonly hint?: string
}

export interface RuleName {
  /** Position in `rules`. */
  readonly index: number
  readonly name?: string
}

export interface SkippedRule extends RuleName {
  /** The first field that does not hold. */
  readonly field: "domain" | "path" | "method" | "route"
  readonly expected: string
  readonly actual: string
}

/** Who may call. */
export interface AskedFor {
  readonly allow: readonly string[] | "any"
  readonly optional: boolean
  readonly scopes: readonly string[]
  readonly reportOnly: boolean
}

/** A token as it was read; nothing in it is proven. The token itself is not here. */
export interface TokenExplanation {
  /** Such as `header Authorization`, `parameter access_token`, `cookie session`. */
  readonly place: string
  /** What was read of the header: `alg`, `kid` and `typ` only. Absent when the token has no readable header. */
  readonly header?: { readonly alg?: string; readonly kid?: string; readonly typ?: string }
  /** The payload. Absent when it is not readable, and when `redact` is set. */
  readonly claims?: JwtClaims
}

/** The stages that a token passes for a consumer, in this order. */
export const steps = [
  "place",
  "form",
  "algorithm",
  "claims",
  "key",
  "signature",
  "time",
  "audience",
  "allowed",
  "scopes",
] as const

export type StepName = (typeof steps)[number]

export interface ConsumerExplanation {
  readonly consumer: string
  /** All ten, in order: those passed are `ok`, then at most one is `failed`, and the rest are `not reached`. */
  readonly steps: readonly Step[]
}

export interface Step {
  readonly step: StepName
  readonly status: "ok" | "failed" | "not reached"
  /** Why it failed. */
  readonly reason?: Reason
  /** What would have passed, in words that name the field. */
  readonly expected?: string
  /** What was there instead. */
  readonly actual?: string
  /** What it may be, when a near miss is recognised, and what to do. May also stand on a step that is `ok`. */
  readonly hint?: string
}

export interface ExplainOptions {
  /**
   * Leaves out the values of claims, which may be personal data. Their names stay, and the times `exp`, `nbf` and `iat`.
   * Default `false`.
   */
  readonly redact?: boolean
}
