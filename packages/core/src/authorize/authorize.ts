import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.js"
import type { Attempt, Reason } from "../reasons.js"
import type { Guarded } from "../rules/access.js"
import { type Candidate, type Circumstances, verify } from "../verify/verify.js"
import { hasScopes } from "./scopes.js"

/** Hears how each candidate fares. */
export interface AuthorizeTrace {
  /** At this time a candidate fails, or has verified. The last word on a candidate counts. */
  judged(candidate: Candidate, reason: Reason | undefined, now: number): void
}

/** One request's attempt to get in. */
export interface Trial extends Circumstances {
  readonly candidates: readonly Candidate[]
  readonly access: Guarded
  /** Gets what comes to nothing. */
  readonly attempts: Attempt[]
  readonly trace: AuthorizeTrace | undefined
}

/**
 * The first consumer in config order that verifies and is allowed; undefined when nobody is let in. The others are verified
 * only then, to tell "I know you, but you may not" (403) from "I do not know you" (401).
 */
export function authorize(trial: Trial): MaybePromise<Candidate | undefined> {
  const winner = firstVerified(trial, true)
  return isPromise(winner) ? winner.then((one) => conclude(trial, one)) : conclude(trial, winner)
}

function conclude(trial: Trial, winner: Candidate | undefined): MaybePromise<Candidate | undefined> {
  if (winner !== undefined) {
    if (hasScopes(winner.jws.claims, trial.access.scopes)) return winner
    judge(trial, winner, "scope_missing")
    return undefined
  }
  return whenReady(firstVerified(trial, false), (known) => {
    if (known !== undefined) judge(trial, known, "consumer_not_allowed")
    return undefined
  })
}

/** Of those that are allowed, or of those that are not. The next is verified only when the one before is through. */
function firstVerified(trial: Trial, allowed: boolean, from = 0): MaybePromise<Candidate | undefined> {
  const { candidates, access } = trial
  // A loop, and recursion only across a wait: the list may be long, the stack is not.
  for (let i = from; i < candidates.length; i++) {
    const candidate = candidates[i] as Candidate
    if ((access.allow === "any" || access.allow.has(candidate.consumer.name)) !== allowed) continue
    const reason = verify(candidate, trial)
    if (isPromise(reason)) {
      return reason.then((settled) =>
        judge(trial, candidate, settled) ? candidate : firstVerified(trial, allowed, i + 1),
      )
    }
    if (judge(trial, candidate, reason)) return candidate
  }
  return undefined
}

/** Tells what became of a candidate: true when it has verified. */
function judge({ now, trace, attempts }: Trial, candidate: Candidate, reason?: Reason): boolean {
  trace?.judged(candidate, reason, now)
  if (reason !== undefined) attempts.push({ consumer: candidate.consumer.name, reason })
  return reason === undefined
}
