import { maxTokenBytes } from "../../extract/header-token.js"
import { peekSegment } from "../peek.js"

/** Words that stand before a credential. Only these may be shown of what somebody sent. */
const schemes = [
  "Bearer",
  "Token",
  "JWT",
  "DPoP",
  "OAuth",
  "Basic",
  "Digest",
  "Negotiate",
  "NTLM",
  "ApiKey",
  "Hawk",
  "AWS4-HMAC-SHA256",
]

/** A known scheme word and what comes after it. */
export interface Schemed {
  readonly scheme: string
  readonly rest: string
}

export function schemeOf(value: string): Schemed | undefined {
  const word = /^[a-z][\w-]*/i.exec(value.slice(0, 32))?.[0] ?? ""
  const scheme = schemes.find((known) => known.toLowerCase() === word.toLowerCase())
  return scheme === undefined ? undefined : { scheme, rest: withoutSeparator(value.slice(word.length)) }
}

/** What people put between a scheme word and a token, where one space belongs. */
export function withoutSeparator(text: string): string {
  return text.replace(/^(?:%20|[\s:=+])+/, "")
}

/**
 * The token in a value that a person would take for one: also behind a scheme word, and in quotes. Undefined for what only
 * resembles it.
 */
export function tokenIn(value: string): string | undefined {
  if (value.length > 2 * maxTokenBytes) return undefined
  const unquoted = withoutQuotes(value.trim())
  const token = withoutQuotes(schemeOf(unquoted)?.rest ?? unquoted)
  return looksLikeToken(token) ? token : undefined
}

/** Three parts in base64url are not enough, signed session cookies have them too: the first has to be a header with `alg`. */
export function looksLikeToken(text: string): boolean {
  if (text.length > maxTokenBytes || !/^e[yw][\w-]*\.[\w-]+\.[\w-]+$/.test(text)) return false
  return typeof peekSegment(text, 0)?.["alg"] === "string"
}

/** `{"`, `{ ` and `{` with a line break, in base64. */
export function startsLikeJson(text: string): boolean {
  return text.startsWith("ey") || text.startsWith("ew")
}

/** A backslash is one of them: `\"` comes from text that was quoted twice. */
const quotes = `"'\`“”‘’\\`

export function withoutQuotes(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && quotes.includes(text.charAt(start))) start++
  while (end > start && quotes.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}
