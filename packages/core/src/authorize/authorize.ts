import { firstOf, type MaybePromise, whenReady } from "../maybe-promise.js"
import type { Attempt, Reason } from "../reasons.js"
import type { Guarded } from "../rules/access.js"
import { type Candidate, verify } from "../verify/verify.js"
import { hasScopes } from "./scopes.js"

/** Who was let in, or everything that was tried. */
export type Authorization =
  | { readonly granted: Candidate }
  | { readonly granted?: never; readonly attempts: readonly Attempt[] }

/** Hears how each candidate fares. */
export interface AuthorizeTrace {
  /** At this time a candidate fails, or has verified. The last word on a candidate counts. */
  judged(candidate: Candidate, reason: Reason | undefined, now: number): void
}

/**
 * The first consumer in config order that verifies and is allowed. The others are verified only when none is, to tell
 * "I know you, but you may not" (403) from "I do not know you" (401).
 */
export function authorize(
  candidates: readonly Candidate[],
  access: Guarded,
  now: number,
  trace?: AuthorizeTrace,
): MaybePromise<Authorization> {
  const isAllowed = ({ consumer }: Candidate) => access.allow === "any" || access.allow.has(consumer.name)
  const attempts: Attempt[] = []
  const judge = (candidate: Candidate, reason: Reason | undefined) => {
    trace?.judged(candidate, reason, now)
    if (reason !== undefined) attempts.push({ consumer: candidate.consumer.name, reason })
    return reason === undefined
  }
  const firstVerified = (some: readonly Candidate[]) =>
    firstOf(some, (candidate) => whenReady(verify(candidate, now), (reason) => judge(candidate, reason)))

  return whenReady(firstVerified(candidates.filter(isAllowed)), (winner): MaybePromise<Authorization> => {
    if (winner !== undefined) {
      if (hasScopes(winner.jws.claims, access.scopes)) return { granted: winner }
      judge(winner, "scope_missing")
      return { attempts }
    }
    const others = candidates.filter((candidate) => !isAllowed(candidate))
    return whenReady(firstVerified(others), (known) => {
      if (known !== undefined) judge(known, "consumer_not_allowed")
      return { attempts }
    })
  })
}
