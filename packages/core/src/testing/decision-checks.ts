import { toByteString } from "../byte-string.js"
import type { Decision, JwtClaims, RequestEdits } from "../decision.js"
import type { DenialCode } from "../denials.js"
import { isPlainObject } from "../issue/payload.js"
import type { Reason } from "../reasons.js"
import { applyEdits } from "./edited-request.js"

/** What a decision is not, in words, and as two values to be compared side by side. */
export interface Mismatch {
  readonly message: string
  readonly expected: unknown
  readonly actual: unknown
}

/** Finds what keeps a decision from being the expected one; `undefined` when nothing does. */
export type Check = (decision: Decision) => Mismatch | undefined

/** Values of forwarded headers by name, in any case; `null` for one that must not reach downstream code. */
export type ForwardedHeaders = Readonly<Record<string, string | null>>

export function isAllow(consumer?: string, claims: Partial<JwtClaims> = {}): Check {
  requireRecord(claims, "claims")
  const who = consumer === undefined ? "" : ` as ${JSON.stringify(consumer)}`
  return (decision) => {
    const expected = { outcome: "allow", ...(consumer !== undefined && { consumer }) }
    if (decision.outcome !== "allow") return mismatch(`to be allowed${who}`, decision, expected)
    if (consumer !== undefined && decision.auth.consumer !== consumer)
      return mismatch(`to be allowed${who}`, decision, expected)
    const names = Object.keys(claims)
    const actual = Object.fromEntries(names.map((name) => [name, decision.auth.claims[name]]))
    const wrong = names.filter((name) => !isSame(claims[name], actual[name]))
    if (wrong.length === 0) return undefined
    const differences = wrong.map((name) => difference(`claim ${name}`, claims[name], actual[name]))
    return { message: `expected ${differences.join("; ")}`, expected: claims, actual }
  }
}

export function isDeny(codeOrStatus?: DenialCode | 401 | 403 | 503, reason?: Reason): Check {
  const how = [codeOrStatus, reason].filter((part) => part !== undefined).join(", ")
  return (decision) => {
    const matches =
      decision.outcome === "deny" &&
      (codeOrStatus === undefined || [decision.denial.code, decision.denial.status].includes(codeOrStatus)) &&
      (reason === undefined || decision.attempts.some((attempt) => attempt.reason === reason))
    if (matches) return undefined
    const denial = typeof codeOrStatus === "number" ? { status: codeOrStatus } : { code: codeOrStatus }
    const expected = { outcome: "deny", ...(codeOrStatus !== undefined && denial), ...(reason && { reason }) }
    return mismatch(`to be denied${how === "" ? "" : ` (${how})`}`, decision, expected)
  }
}

export function isPass(wouldDeny?: DenialCode): Check {
  const but = wouldDeny === undefined ? "" : `, where ${wouldDeny} would be answered`
  return (decision) => {
    const matches =
      decision.outcome === "pass" && (wouldDeny === undefined || decision.wouldDeny?.code === wouldDeny)
    const expected = { outcome: "pass", ...(wouldDeny !== undefined && { wouldDeny }) }
    return matches ? undefined : mismatch(`to pass${but}`, decision, expected)
  }
}

/** Of the changes to the request: what they make of these headers, whatever the client sent. */
export function forwards(headers: ForwardedHeaders): Check {
  requireRecord(headers, "headers")
  return (decision) => {
    if (decision.outcome === "deny") return mismatch("to be let through", decision, headers)
    const actual = Object.fromEntries(
      Object.keys(headers).map((name) => [name, forwarded(decision.edits, name)]),
    )
    const expected = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === null ? null : toByteString(value)]),
    )
    const wrong = Object.keys(headers).filter((name) => actual[name] !== expected[name])
    if (wrong.length === 0) return undefined
    const differences = wrong.map((name) =>
      difference(`header ${name}`, asText(expected[name]), asText(actual[name])),
    )
    return { message: `expected ${differences.join("; ")}`, expected, actual }
  }
}

/** For a matcher under `not`: what the decision was, although it should not. */
export function otherwise(decision: Decision): string {
  return `expected another decision, but the request ${summary(decision).words}`
}

function mismatch(what: string, decision: Decision, expected: unknown): Mismatch {
  const { words, ...actual } = summary(decision)
  return { message: `expected the request ${what}, but it ${words}`, expected, actual }
}

/** A decision without its token and without claims: what may stand in the log of a test. */
function summary(decision: Decision): { readonly words: string; readonly [member: string]: unknown } {
  const { outcome } = decision
  if (outcome === "allow") {
    const { consumer } = decision.auth
    return { outcome, consumer, words: `was allowed as ${JSON.stringify(consumer)}` }
  }
  if (outcome === "pass") {
    const wouldDeny = decision.wouldDeny?.code
    if (wouldDeny === undefined)
      return { outcome, words: "passed: no rule asks for a token, or none was there" }
    return { outcome, wouldDeny, words: `passed, where ${wouldDeny} would be answered` }
  }
  const { status, code } = decision.denial
  const attempts = decision.attempts.map(({ consumer, reason }) =>
    consumer === undefined ? reason : `${consumer}: ${reason}`,
  )
  const words = [`was denied: ${status} ${code}`, ...attempts.map((attempt) => `  ${attempt}`)].join("\n")
  return { outcome, status, code, attempts, words }
}

/** What the edits make of a header that the client sent too: what is appended to it is not what downstream code sees. */
function forwarded(edits: RequestEdits, name: string): string | null {
  const lines = applyEdits({ headers: [[name, "as sent by the client"]] }, edits).headers
  const values = lines
    .filter(([other]) => other.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value)
  return values.length === 0 ? null : values.join(", ")
}

/** What should be there and what is. */
function difference(what: string, expected: unknown, actual: unknown): string {
  const wanted = expected === undefined ? `no ${what}` : `${what} ${JSON.stringify(expected)}`
  return `${wanted}, got ${JSON.stringify(actual) ?? "none"}`
}

/** A header's value as people read it: UTF-8, one character per byte. */
function asText(value: string | null | undefined): string | undefined {
  if (value == null) return undefined
  return new TextDecoder().decode(Uint8Array.from(value, (byte) => byte.charCodeAt(0)))
}

/** A `Map` or `Headers` has no members of its own to compare: everything would hold. */
function requireRecord(value: unknown, what: string): void {
  if (isPlainObject(value)) return
  throw new TypeError(`expected ${what} as a plain object, such as { name: "value" }`)
}

/** For JSON values: nothing else stands in a token. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b)
  if (![a, b].every((one) => Array.isArray(one) || isPlainObject(one))) return false
  const [left, right] = [Object.entries(a), Object.entries(b)]
  if (Array.isArray(a) !== Array.isArray(b) || left.length !== right.length) return false
  return left.every(
    ([name, value]) => Object.hasOwn(b, name) && isSame(value, (b as Record<string, unknown>)[name]),
  )
}
