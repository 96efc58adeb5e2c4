import type { Place } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"

/** The token that stands in this place, or undefined when there is none. An empty value is no token. */
export function readPlace(request: AuthRequest, place: Place): string | undefined {
  switch (place.kind) {
    case "header":
      return readHeaderPlace(headerValue(request, place.name), place.prefix)
    case "param":
      return firstNonEmpty(queryParams(request.path), place.name)
    case "cookie":
      return firstNonEmpty(cookies(headerValue(request, "cookie", "; ") ?? ""), place.name)
  }
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
  const credentials = value.includes(",") ? value.split(",").map((part) => part.trim()) : [value]
  if (!credentials.some((credential) => startsWith(credential, prefix))) return undefined
  const token = startsWith(value, prefix) ? value.slice(prefix.length) : value
  return token.trim() || undefined
}

/** RFC 9110 §11.1: the scheme is case-insensitive. ASCII only, so that no other letter folds into one of these. */
function startsWith(value: string, prefix: string): boolean {
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

/** Decoded name and value of one `name=value` of a query. */
export function readParam(pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf("=")
  if (equals === -1) return [percentDecode(pair), ""]
  return [percentDecode(pair.slice(0, equals)), percentDecode(pair.slice(equals + 1))]
}

/** Name and value of one `name=value` of a Cookie header, as sent but for white space and one pair of quotes. */
export function readCookie(pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf("=")
  if (equals === -1) return ["", pair.trim()]
  const value = pair.slice(equals + 1).trim()
  const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"')
  return [pair.slice(0, equals).trim(), quoted ? value.slice(1, -1) : value]
}

function queryParams(target: string): readonly (readonly [string, string])[] {
  const query = queryOf(target)
  return query === "" ? [] : query.split("&").map(readParam)
}

function cookies(header: string): readonly (readonly [string, string])[] {
  return header === "" ? [] : header.split(";").map(readCookie)
}

function firstNonEmpty(pairs: readonly (readonly [string, string])[], name: string): string | undefined {
  return pairs.find(([key, value]) => key === name && value !== "")?.[1]
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
