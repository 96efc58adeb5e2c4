import type { Authenticator } from "./authenticator.js"
import type { AuthorizeTrace } from "./authorize/authorize.js"
import type { ParsedConfig } from "./config/parse.js"
import type { AuthRequest, Decision, Requirement } from "./decision.js"
import type { MaybePromise } from "./maybe-promise.js"
import type { Access } from "./rules/access.js"
import type { RuleTrace } from "./rules/match-rule.js"
import type { RecogniseTrace } from "./verify/verify.js"

/**
 * Hears what the stages do while they decide, so that an explanation is made by the code that decides and cannot drift from
 * it (docs/decisions/009-explain.md).
 */
export interface Trace extends RuleTrace, RecogniseTrace, AuthorizeTrace {
  /** What the request has to bring under the config in force, and whether it bypasses that as a preflight. */
  asked(config: ParsedConfig, access: Access, bypasses: boolean): void
}

/** Registered, so that an explanation works on an authenticator of the other copy (ESM, CommonJS) of this package. */
const port = Symbol.for("@jwt-auth/trace")

type TracedDecide = (
  trace: Trace,
  request: AuthRequest,
  requirement: Requirement | undefined,
) => MaybePromise<Decision>

/** Not enumerable: whatever prints or copies an authenticator does not see it. */
export function openTracePort<T extends object>(authenticator: T, decide: TracedDecide): T {
  return Object.defineProperty(authenticator, port, { value: decide })
}

/**
 * Decides like `decide` does, and tells the trace. Nobody else is told: `onDecision` is for what clients asked.
 *
 * @throws {TypeError} for anything that `createAuthenticator` has not made
 */
export function decideTraced(
  authenticator: Authenticator,
  trace: Trace,
  request: AuthRequest,
  requirement: Requirement | undefined,
): MaybePromise<Decision> {
  const decide = (authenticator as { [port]?: TracedDecide })[port]
  if (decide === undefined) {
    throw new TypeError(
      "explain takes an authenticator: what createAuthenticator returns, or auth.authenticator.",
    )
  }
  return decide(trace, request, requirement)
}
