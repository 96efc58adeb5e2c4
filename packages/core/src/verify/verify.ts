import { normalType, type Place, type PolicyConsumer } from "../config/policy.js"
import type { FoundToken } from "../extract/find-token.js"
import { firstOf, type MaybePromise, whenReady } from "../maybe-promise.js"
import type { Attempt, Reason } from "../reasons.js"
import { candidatesIn } from "./candidates.js"
import { checkClaims } from "./claims.js"
import { type CompactJws, parseCompactJws } from "./compact-jws.js"
import { fittingKeys } from "./keys.js"
import { verifySignature } from "./signature.js"

/** A consumer that a token may belong to. */
export interface Candidate {
  readonly consumer: PolicyConsumer
  readonly jws: CompactJws
  readonly place: Place
}

/** Hears what is made of each token. */
export interface RecogniseTrace {
  /** A token was read, or why not; and whose it may be. */
  read(found: FoundToken, jws: CompactJws | Reason, consumers: readonly PolicyConsumer[] | Reason): void
}

/** The consumers that the found tokens may belong to, in config order, and what came to nothing. */
export function recognise(
  found: readonly FoundToken[],
  trace?: RecogniseTrace,
): {
  candidates: readonly Candidate[]
  attempts: readonly Attempt[]
} {
  const candidates: Candidate[] = []
  const attempts: Attempt[] = []
  const parsed = new Map<string, CompactJws | Reason>()
  for (const one of found) {
    const { token, place, group } = one
    const jws = parsed.get(token) ?? parseCompactJws(token)
    parsed.set(token, jws)
    const consumers = typeof jws === "string" ? jws : candidatesIn(group, jws.claims)
    trace?.read(one, jws, consumers)
    if (typeof jws === "string") attempts.push({ reason: jws })
    else if (typeof consumers === "string") attempts.push({ reason: consumers })
    else for (const consumer of consumers) candidates.push({ consumer, jws, place })
  }
  candidates.sort((a, b) => a.consumer.order - b.consumer.order)
  return { candidates, attempts }
}

/** Why this token is not this consumer's; undefined when it is. */
export function verify({ consumer, jws }: Candidate, now: number): MaybePromise<Reason | undefined> {
  if (!hasType(consumer, jws)) return "type_mismatch"
  const keys = fittingKeys(consumer.keys, jws.header)
  if (typeof keys === "string") return keys
  return whenReady(
    firstOf(keys, (key) => verifySignature(jws, key)),
    (key) => (key === undefined ? "signature_invalid" : checkClaims(jws.claims, consumer, now)),
  )
}

/** RFC 8725 §3.11. */
function hasType({ types }: PolicyConsumer, { header }: CompactJws): boolean {
  return types === undefined || (typeof header.typ === "string" && types.has(normalType(header.typ)))
}
