import { firstOf, type MaybePromise, whenReady } from "../maybe-promise.js"
import type { Attempt } from "../reasons.js"
import type { Guarded } from "../rules/access.js"
import { type Candidate, verify } from "../verify/verify.js"
import { hasScopes } from "./scopes.js"

/** Who was let in, or everything that was tried. */
export type Authorization =
  | { readonly granted: Candidate }
  | { readonly granted?: never; readonly attempts: readonly Attempt[] }

/**
 * The first consumer in config order that verifies and is allowed. The others are verified only when none is, to tell
 * "I know you, but you may not" (403) from "I do not know you" (401).
 */
export function authorize(
  candidates: readonly Candidate[],
  access: Guarded,
  now: number,
): MaybePromise<Authorization> {
  const isAllowed = ({ consumer }: Candidate) => access.allow === "any" || access.allow.has(consumer.name)
  const attempts: Attempt[] = []
  return whenReady(
    firstVerified(candidates.filter(isAllowed), now, attempts),
    (winner): MaybePromise<Authorization> => {
      if (winner !== undefined) return withScopes(winner, access.scopes, attempts)
      const others = candidates.filter((candidate) => !isAllowed(candidate))
      return whenReady(firstVerified(others, now, attempts), (known) => {
        if (known !== undefined)
          attempts.push({ consumer: known.consumer.name, reason: "consumer_not_allowed" })
        return { attempts }
      })
    },
  )
}

function withScopes(
  winner: Candidate,
  scopes: readonly string[],
  attempts: readonly Attempt[],
): Authorization {
  if (hasScopes(winner.jws.claims, scopes)) return { granted: winner }
  return { attempts: [...attempts, { consumer: winner.consumer.name, reason: "scope_missing" }] }
}

/** Tries one after the other, waits only where a signature check has to, and notes each failure. */
function firstVerified(
  candidates: readonly Candidate[],
  now: number,
  attempts: Attempt[],
): MaybePromise<Candidate | undefined> {
  return firstOf(candidates, (candidate) =>
    whenReady(verify(candidate, now), (reason) => {
      if (reason !== undefined) attempts.push({ consumer: candidate.consumer.name, reason })
      return reason === undefined
    }),
  )
}
