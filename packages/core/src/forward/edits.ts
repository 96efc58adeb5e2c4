import { toByteString } from "../byte-string.js"
import type { Forward, PolicyConsumer } from "../config/policy.js"
import type { HeaderEdit, JwtClaims, RequestEdits } from "../decision.js"
import { ownValue } from "../own-value.js"

/** Headers that belong to the gate, and the one that carries the consumer's name. Names are lower-case. */
export interface Forwarding {
  readonly consumerHeader: string
  /** Removes a client's own copies. Part of every allow and every pass: an identity header is ours or absent. */
  readonly cleanUp: readonly HeaderEdit[]
}

export function compileForwarding(
  consumerHeader: string,
  forwards: readonly Omit<Forward, "claim">[],
): Forwarding {
  const name = consumerHeader.toLowerCase()
  const owned = forwards.filter(({ override }) => override).map(({ header }) => header.toLowerCase())
  return {
    consumerHeader: name,
    // Part of many decisions: whoever is handed one must not be able to change the others.
    cleanUp: Object.freeze(
      [...new Set([name, ...owned])].map((name) => Object.freeze({ op: "remove", name })),
    ),
  }
}

/** What a request without an identity shows downstream. */
export function anonymousEdits({ cleanUp }: Forwarding): RequestEdits {
  return { headers: cleanUp }
}

/** What downstream code sees of an allowed request: no spoofed header, no stripped token, and who is calling. */
export function identityEdits(
  { cleanUp, consumerHeader }: Forwarding,
  consumer: PolicyConsumer,
  claims: JwtClaims,
  connection = "",
  stripped?: RequestEdits,
): RequestEdits {
  const identity: HeaderEdit = { op: "set", name: consumerHeader, value: consumer.name }
  // Nearly every request: nothing to forward, nothing to strip, and a Connection that is about the connection.
  if (consumer.forwards.length === 0 && stripped === undefined && !mayName(connection, consumerHeader)) {
    // Written out for the usual list, which is that of one: to put lists together takes V8 as long as to make all the rest.
    const [own] = cleanUp
    return { headers: own !== undefined && cleanUp.length === 1 ? [own, identity] : [...cleanUp, identity] }
  }
  const written = [identity, ...consumer.forwards.flatMap((one) => forward(one, claims))]
  const headers = [...cleanUp, ...(stripped?.headers ?? []), ...keptBeyond(connection, written), ...written]
  return stripped?.path === undefined ? { headers } : { headers, path: stripped.path }
}

function mayName(connection: string, header: string): boolean {
  return connection.length >= header.length && connection.toLowerCase().includes(header)
}

/**
 * RFC 9110 §7.6.1: the next proxy drops every header that `Connection` names. A client must not have the identity dropped
 * (CVE-2022-31813).
 */
function keptBeyond(connection: string, written: readonly HeaderEdit[]): readonly HeaderEdit[] {
  const options = connection.split(",").map((option) => option.trim())
  const kept = options.filter((option) => !written.some(({ name }) => name === option.toLowerCase()))
  if (kept.length === options.length) return []
  const value = kept.join(", ")
  return [value === "" ? { op: "remove", name: "connection" } : { op: "set", name: "connection", value }]
}

function forward({ claim, header, override }: Forward, claims: JwtClaims): readonly HeaderEdit[] {
  const value = headerValueOf(ownValue(claims, claim))
  return value === undefined ? [] : [{ op: override ? "set" : "append", name: header, value }]
}

/** Strings and unsigned integers, as the gateway forwards them. Integers that JSON cannot hold exactly stay out. */
function headerValueOf(claim: unknown): string | undefined {
  if (typeof claim === "number") return Number.isSafeInteger(claim) && claim >= 0 ? String(claim) : undefined
  return typeof claim === "string" && !unsafe.test(claim) ? toByteString(claim) : undefined
}

/**
 * What a header cannot carry (RFC 9110 §5.5). Control characters split it, C1 controls included; white space around a
 * value is stripped on the way, and a lone surrogate has no UTF-8: both would make one user look like another.
 */
const unsafe = /[\0-\x1f\x7f-\x9f]|\p{Surrogate}|^ | $/u
