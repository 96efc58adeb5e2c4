import { percentDecodeBytes, toByteString } from "../byte-string.js"
import type { Place } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"

/** Reads the places of one request. Query and cookies are taken apart once, however many consumers look there. */
export interface PlaceReader {
  /** The token that stands in this place, or undefined when there is none. An empty value is no token. */
  first(place: Place): string | undefined
  /** Everything that stands there, where a name may come more than once. */
  all(place: Place): readonly string[]
}

export function placeReader(request: AuthRequest): PlaceReader {
  let params: readonly string[] | undefined
  let cookies: readonly string[] | undefined
  const read = (place: Place, most: number): readonly string[] => {
    switch (place.kind) {
      case "header": {
        const token = readHeaderPlace(headerValue(request, place.name), place.prefix)
        return token === undefined ? [] : [token]
      }
      case "param":
        params ??= queryOf(request.path).split("&")
        return valuesOf(params, (pair) => readParam(pair, place.name), most)
      case "cookie":
        cookies ??= (headerValue(request, "cookie", "; ") ?? "").split(";")
        return valuesOf(cookies, (pair) => readCookie(pair, place.name), most)
    }
  }
  return { first: (place) => read(place, 1)[0], all: (place) => read(place, Number.POSITIVE_INFINITY) }
}

/**
 * The value of a header under its lower-case name; several values are joined, as RFC 9110 §5.3 allows a recipient to.
 */
export function headerValue({ headers }: AuthRequest, name: string, separator = ", "): string | undefined {
  if (isHeaders(headers)) return headers.get(name) ?? undefined
  const value = Object.hasOwn(headers, name) ? headers[name] : headerInAnyCase(headers, name)
  return typeof value === "string" || value === undefined ? value : value.join(separator)
}

/** By its method: `instanceof` fails for the Headers of another realm or polyfill. A header value is no function. */
function isHeaders(headers: AuthRequest["headers"]): headers is Headers {
  return typeof headers["get" as keyof typeof headers] === "function"
}

/** Names should be lower-case, but a test that says `Authorization` must not see a riddle. */
function headerInAnyCase(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
) {
  const key = Object.keys(headers).find((key) => key.length === name.length && key.toLowerCase() === name)
  return key === undefined ? undefined : headers[key]
}

/**
 * A repeated or comma-joined header is one malformed token, never a choice: which of two credentials counts must not
 * depend on who reads them (CVE-2026-26308). The comma that is left in it fails the form check.
 */
function readHeaderPlace(value: string | undefined, prefix: string): string | undefined {
  if (value === undefined) return undefined
  const credentials = value.includes(",") ? value.split(",").map(trimBlanks) : [value]
  if (!credentials.some((credential) => startsWith(credential, prefix))) return undefined
  const token = startsWith(value, prefix) ? value.slice(prefix.length) : value
  return trimBlanks(token) || undefined
}

/** RFC 9110 §11.1: the scheme is case-insensitive. ASCII only, so that no other letter folds into one of these. */
function startsWith(value: string, prefix: string): boolean {
  if (value.length < prefix.length) return false
  const start = value.slice(0, prefix.length)
  return start === prefix || asciiLower(start) === asciiLower(prefix)
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** The query of a request target: after `?`, up to a fragment. */
export function queryOf(target: string): string {
  const fragment = target.indexOf("#")
  const end = fragment === -1 ? target.length : fragment
  const start = target.indexOf("?")
  return start === -1 ? "" : target.slice(start + 1, end)
}

/** The decoded value of one `name=value` of a query, if it has this name. */
export function readParam(pair: string, name: string): string | undefined {
  const equals = pair.indexOf("=")
  const sent = equals === -1 ? pair : pair.slice(0, equals)
  if (sent !== name && !spells(sent, name)) return undefined
  return equals === -1 ? "" : percentDecode(pair.slice(equals + 1))
}

/** Compares bytes, and only where the length allows it: a stranger may send thousands of broken escapes. */
function spells(sent: string, name: string): boolean {
  if (sent.length < name.length || sent.length > 9 * name.length || !sent.includes("%")) return false
  const bytes = percentDecodeBytes(sent)
  return bytes === name || bytes === toByteString(name)
}

/** The value of one `name=value` of a Cookie header, if it has this name: as sent but for blanks and quotes. */
export function readCookie(pair: string, name: string): string | undefined {
  const equals = pair.indexOf("=")
  if (equals === -1 || trimBlanks(pair.slice(0, equals)) !== name) return undefined
  const value = trimBlanks(pair.slice(equals + 1))
  const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"')
  return quoted ? value.slice(1, -1) : value
}

function valuesOf(
  pairs: readonly string[],
  read: (pair: string) => string | undefined,
  most: number,
): readonly string[] {
  const values: string[] = []
  for (const pair of pairs) {
    if (values.length >= most) break
    const value = read(pair)
    if (value !== undefined && value !== "") values.push(value)
  }
  return values
}

/** Space and tab, and no other white space: that could be part of a name for whoever reads it next. */
function trimBlanks(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && isBlank(text[start])) start++
  while (end > start && isBlank(text[end - 1])) end--
  return text.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t"
}

/** A broken escape stays as it was sent: it is the client's mistake, and no token has one. */
function percentDecode(text: string): string {
  if (!text.includes("%")) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
