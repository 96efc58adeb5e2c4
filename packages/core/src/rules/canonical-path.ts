import { percentDecodeBytes } from "../byte-string.js"
import { type AmbiguousPath, readAmbiguous, unreadable } from "./ambiguous-path.js"

/** A request path: its one reading, or what is known about all of them. */
export type RequestPath = PlainPath | AmbiguousPath

export interface PlainPath {
  readonly ambiguous: false
  readonly canonical: string
}

/** What RFC 3986 §3.3 has no pchar for, `%` and `;`, and an empty segment or one that begins with a dot: two readings, maybe. */
const notPlain = /[^\w.~!$&'()*+,=:@/-]|\/[./]/

// A stranger chooses how long a path is, and every rule is compared with it: work is bounded by giving up.
const longestToRead = 2048

/** Reads a request target (RFC 9112 §3.2) as received. Never throws, whatever the client sent. */
export function readPath(target: string): RequestPath {
  const path = target.slice(0, endOfPath(target))
  if (isPlain(path)) return { ambiguous: false, canonical: dropTrailingSlash(path.toLowerCase()) }
  if (path.length > longestToRead) return unreadable
  return isAmbiguous(path) ? readAmbiguous(path) : { ambiguous: false, canonical: canonicalPath(path) }
}

/** True where there is nothing to disagree about. */
function isPlain(path: string): boolean {
  return (path.startsWith("/") || path === "") && !notPlain.test(path)
}

/**
 * The one form in which paths are compared: unreserved characters decoded and everything else that is no path
 * character encoded (RFC 3986 §6.2.2), dot segments resolved, `//` collapsed, no trailing slash, lower case.
 */
export function canonicalPath(path: string): string {
  return resolveDots(encodeText(decodeUnreserved(path), /[^\w.~!$&'()*+,;=:@/%-]/gu)).toLowerCase()
}

function isAmbiguous(path: string): boolean {
  const decoded = percentDecodeBytes(path)
  return (
    !path.startsWith("/") ||
    /[^\w.~!$&'()*+,=:@/%-]/.test(path) || // `\`, `#`, `;`, white space, non-ASCII: not for a path, or read apart
    path.includes("//") ||
    /%(?![\da-f]{2})/i.test(path) ||
    /%(?:2f|5c|3b|3f|23|[01][\da-f]|7f)/i.test(path) || // encoded `/`, `\`, `;`, `?`, `#`, NUL and other controls
    /%[\da-f]{2}/i.test(decoded) || // encoded twice
    hasDotSegment(decodeUnreserved(path)) ||
    !isUtf8(path)
  )
}

/** RFC 3986 §5.2.4, with empty segments dropped before. */
function resolveDots(path: string): string {
  const segments: string[] = []
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop()
    else if (segment !== "." && segment !== "") segments.push(segment)
  }
  return `/${segments.join("/")}`
}

function hasDotSegment(path: string): boolean {
  return /(?:^|\/)\.\.?(?:\/|$)/.test(path)
}

/** `%41` is `A`, `%2e` is `.`; a `%` that begins no escape stands for itself, and so is written `%25`. */
function decodeUnreserved(path: string): string {
  return path.replace(/%([\da-f]{2})?/gi, (match, hex: string | undefined) => {
    if (hex === undefined) return "%25"
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return /[\w.~-]/.test(character) ? character : match
  })
}

/** Percent-encodes these characters as UTF-8. */
export function encodeText(path: string, characters: RegExp): string {
  return path.replace(characters, escapeText)
}

/** By TextEncoder and not by encodeURIComponent, which throws for a lone surrogate. */
function escapeText(text: string): string {
  return Array.from(new TextEncoder().encode(text), escapeByte).join("")
}

function escapeByte(byte: number): string {
  return `%${byte.toString(16).padStart(2, "0")}`
}

function isUtf8(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function endOfPath(target: string): number {
  const end = target.indexOf("?")
  return end === -1 ? target.length : end
}

function dropTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path || "/"
}
