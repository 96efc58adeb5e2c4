import { normalType, type Place, type PlaceGroup, type PolicyConsumer } from "../config/policy.js"
import type { PolicyKey } from "../config/policy-key.js"
import type { FoundToken } from "../extract/find-token.js"
import { maxTokenBytes } from "../extract/header-token.js"
import { isPromise, type MaybePromise } from "../maybe-promise.js"
import type { Attempt, Reason } from "../reasons.js"
import { candidatesIn } from "./candidates.js"
import { checkAudience, checkTimes } from "./claims.js"
import { type CompactJws, parseCompactJws } from "./compact-jws.js"
import { fits, misfitReason } from "./keys.js"
import { verifySignature } from "./signature.js"
import type { TokenCache } from "./token-cache.js"

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

/**
 * The consumers that the found tokens may belong to, in config order.
 *
 * @param attempts gets what comes to nothing
 */
export function recognise(
  found: readonly FoundToken[],
  cache: TokenCache | undefined,
  attempts: Attempt[],
  trace?: RecogniseTrace,
): readonly Candidate[] {
  let candidates: Candidate[] | undefined
  const parsed = found.length > 1 ? new Map<string, CompactJws | Reason>() : undefined
  for (const one of found) {
    const { token, place, group } = one
    const jws = parsed?.get(token) ?? read(token, cache)
    parsed?.set(token, jws)
    const consumers = typeof jws === "string" ? jws : candidatesFor(jws, group)
    trace?.read(one, jws, consumers)
    if (typeof jws === "string") attempts.push({ reason: jws })
    else if (typeof consumers === "string") attempts.push({ reason: consumers })
    else if (candidates === undefined) candidates = consumers.map((consumer) => ({ consumer, jws, place }))
    else for (const consumer of consumers) candidates.push({ consumer, jws, place })
  }
  if (candidates === undefined || candidates.length < 2) return candidates ?? []
  return candidates.sort((a, b) => a.consumer.order - b.consumer.order)
}

function candidatesFor(jws: CompactJws, group: PlaceGroup): readonly PolicyConsumer[] | Reason {
  if (jws.group === group && jws.candidates !== undefined) return jws.candidates
  const consumers = candidatesIn(group, jws.claims)
  // Of several indexes the list is a copy, which a cache would keep for each token.
  if (group.indexes.length > 1) return consumers
  jws.group = group
  jws.candidates = consumers
  return consumers
}

function read(token: string, cache: TokenCache | undefined): CompactJws | Reason {
  // Not even looked up: that would be work that grows with what a stranger sends.
  if (token.length > maxTokenBytes) return "token_malformed"
  return cache?.get(token) ?? parseCompactJws(token, cache?.header)
}

/** What a verdict depends on besides the token and the config. */
export interface Circumstances {
  /** Seconds since 1970. */
  readonly now: number
  readonly cache: TokenCache | undefined
}

/** Why this token is not this consumer's; undefined when it is. */
export function verify(candidate: Candidate, circumstances: Circumstances): MaybePromise<Reason | undefined> {
  const { consumer, jws } = candidate
  if (jws.provenFor === consumer) return checkTimes(jws, consumer, circumstances.now)
  if (!hasType(consumer, jws)) return "type_mismatch"
  const signed = isSignedByOne(jws, consumer.keys)
  return isPromise(signed)
    ? signed.then((yes) => conclude(candidate, circumstances, yes))
    : conclude(candidate, circumstances, signed)
}

function conclude(
  { consumer, jws }: Candidate,
  { now, cache }: Circumstances,
  signed: boolean,
): Reason | undefined {
  if (!signed) {
    return consumer.keys.some((key) => fits(key, jws.header))
      ? "signature_invalid"
      : misfitReason(consumer.keys, jws.header)
  }
  const reason = checkTimes(jws, consumer, now) ?? checkAudience(jws, consumer)
  if (reason !== undefined) return reason
  jws.provenFor = consumer
  cache?.add(jws)
  return undefined
}

/** RFC 8725 §3.11. */
function hasType({ types }: PolicyConsumer, { header }: CompactJws): boolean {
  return types === undefined || (typeof header.typ === "string" && types.has(normalType(header.typ)))
}

/** Whether a fitting key has made the signature. The next key is asked only when the one before is through. */
function isSignedByOne(jws: CompactJws, keys: readonly PolicyKey[], from = 0): MaybePromise<boolean> {
  // A loop, and recursion only across a wait: the list may be long, the stack is not.
  for (let i = from; i < keys.length; i++) {
    const key = keys[i] as PolicyKey
    if (jws.signedBy === key) return true
    if (!fits(key, jws.header)) continue
    const signed = isSignedBy(jws, key)
    if (isPromise(signed)) return signed.then((yes) => yes === true || isSignedByOne(jws, keys, i + 1))
    if (signed === true) return true
  }
  return false
}

/** What is done in place, in HMACs, before others get their turn: a token without a `kid` makes all keys of its issuer work. */
const mostInPlace = 256

/** In HMACs: the dearest algorithm takes hundreds of microseconds. */
const signatureCosts = 32

/** The answer is the same for every request with the very same token: a key that is remembered is not asked again. */
function isSignedBy(jws: CompactJws, key: PolicyKey): MaybePromise<boolean> {
  const known = jws.answers?.get(key)
  if (known !== undefined) return known
  jws.inPlace += jws.header.alg.startsWith("HS") ? 1 : signatureCosts
  const mayWait = jws.inPlace > mostInPlace
  if (mayWait) jws.inPlace = 0
  const good = verifySignature(jws, key, mayWait)
  return isPromise(good) ? good.then((yes) => remember(jws, key, yes)) : remember(jws, key, good)
}

/** Consumers of one issuer may be many. What a cache has weighed must not grow much. */
const mostRemembered = { before: 1024, inCache: 16 }

function remember(jws: CompactJws, key: PolicyKey, answer: boolean): boolean {
  // Only what is true is a yes.
  const good = answer === true
  if (good && jws.signedBy === undefined) jws.signedBy = key
  else {
    jws.answers ??= new Map()
    const most = jws.bytes > 0 ? mostRemembered.inCache : mostRemembered.before
    if (jws.answers.size < most) jws.answers.set(key, good)
  }
  return good
}
