import { percentDecodeBytes } from "../byte-string.js"

/** A request path, and whether the next layer might read it as another one. */
export interface PathReadings {
  /**
   * True when routers, proxies and file servers could disagree about this path. Such a path is never public, and a
   * restricting rule applies to it under every reading.
   */
  readonly ambiguous: boolean
  /**
   * Every form in which a layer behind may see the path. Empty when it is too long, or has too many, to try them all:
   * then no restricting rule can be ruled out.
   */
  readonly readings: readonly string[]
}

/** RFC 3986 §3.3 pchar without `%` and `;`, in segments that do not begin with a dot: nothing to disagree about. */
const plain = /^(?:\/[\w~!$&'()*+,=:@-][\w.~!$&'()*+,=:@-]*)*\/?$/

// A stranger chooses how long a path is, and how many readings it has: work is bounded by giving up.
const longestToDecode = 2048
const longestToRead = 256
const mostReadings = 64

const unreadable: PathReadings = { ambiguous: true, readings: [] }

/** Reads a request target (RFC 9112 §3.2) as received. Never throws, whatever the client sent. */
export function readPath(target: string): PathReadings {
  const path = target.slice(0, endOfPath(target, "?"))
  if (plain.test(path)) {
    return { ambiguous: false, readings: [dropTrailingSlash(path.toLowerCase())] }
  }
  if (path.length > longestToDecode) return unreadable
  if (!isAmbiguous(path)) return { ambiguous: false, readings: [canonicalPath(path)] }
  if (path.length > longestToRead) return unreadable
  const readings = broadReadings(path)
  return readings === undefined
    ? unreadable
    : { ambiguous: true, readings: [...readings.add(canonicalPath(path))] }
}

/**
 * The one form in which paths are compared: unreserved characters decoded and everything else that is no path
 * character encoded (RFC 3986 §6.2.2), dot segments resolved, `//` collapsed, no trailing slash, lower case.
 */
export function canonicalPath(path: string): string {
  return tidy(encodeText(decodeUnreserved(path), /[^\w.~!$&'()*+,;=:@/%-]/gu), true)
}

function isAmbiguous(path: string): boolean {
  const decoded = percentDecodeBytes(path)
  return (
    !path.startsWith("/") ||
    /[^\w.~!$&'()*+,=:@/%-]/.test(path) || // `\`, `#`, `;`, white space, non-ASCII: not for a path, or read apart
    path.includes("//") ||
    /%(?![\da-f]{2})/i.test(path) ||
    /%(?:2f|5c|3b|[01][\da-f]|7f)/i.test(path) || // encoded `/`, `\`, `;`, NUL and other controls
    /%[\da-f]{2}/i.test(decoded) || // encoded twice
    hasDotSegment(decodeUnreserved(path)) ||
    !isUtf8(path)
  )
}

/**
 * What other layers may make of an ambiguous path. They decode not at all, once or twice; route on dot segments, or
 * resolve them before or after collapsing `//`; take `\` for `/` (url.parse), `;x` for a parameter (servlets), NUL for
 * an end (C), `#` for a fragment, `//x` for an authority (CVE-2026-26205), and an absolute form for its path.
 */
function broadReadings(path: string): Set<string> | undefined {
  const steps: readonly ((text: string) => readonly string[])[] = [
    decodings,
    (text) => [text.replaceAll("\\", "/")],
    (text) => [text, text.replace(/%00.*$/s, "")],
    withAndWithoutParameters,
    (text) => [tidy(text, true), tidy(resolveDots(text), true), tidy(text, false)],
  ]
  let readings = sources(path)
  for (const step of steps) {
    if (readings.size > mostReadings) return undefined
    readings = distinct(readings, step)
  }
  return readings
}

function decodings(source: string): readonly string[] {
  const once = percentDecodeBytes(source)
  const notDecoded = encodeText(decodeUnreserved(source), /[^\w.~!$&'()*+,;=:@/\\%-]/gu)
  return [notDecoded, encodeBytes(once), encodeBytes(percentDecodeBytes(once))]
}

/** Where the path begins and ends. URL parsers drop tabs and line breaks, and what surrounds the target. */
function sources(path: string): Set<string> {
  const targets = [path, path.slice(0, endOfPath(path, "#"))].map((text) =>
    text
      .replace(/[\t\n\r]/g, "")
      .replace(/^[\0-\x20]+/, "")
      .trim()
      .replace(/^[a-z][a-z\d+.-]*:(?=[/\\]{2})/i, ""),
  )
  // Twice: what follows the authority of an absolute form may look like an authority again.
  const starts = distinct(distinct(targets, withAndWithoutAuthority), withAndWithoutAuthority)
  return distinct(starts, (start) => withAndWithoutParameters(start.replace(/^(?![/\\])/, "/")))
}

/** An authority ends at a slash, or for url.parse at the first character that no host has. */
function withAndWithoutAuthority(path: string): readonly string[] {
  return [
    path,
    path.replace(/^[/\\]{2,}[^/\\]*/, ""),
    path.replace(/^[/\\]{2,}[\w.:@[\]-]*/, ""),
    path.replace(/^[/\\]{2,}(?:[^/\\]*@)?[^/\\%]*/, ""),
  ]
}

function withAndWithoutParameters(path: string): readonly string[] {
  return [path, path.replace(/;[^/\\]*/g, ""), path.replace(/;[^/]*/g, "")]
}

function distinct(texts: Iterable<string>, variants: (text: string) => readonly string[]): Set<string> {
  return new Set([...texts].flatMap(variants))
}

function tidy(path: string, dots: boolean): string {
  const segments = path.split("/").filter((segment) => segment !== "")
  const resolved = dots ? resolveDots(`/${segments.join("/")}`) : `/${segments.join("/")}`
  return dropTrailingSlash(resolved).toLowerCase()
}

/** RFC 3986 §5.2.4. An empty segment is a segment: `/a//..` is `/a/`. */
function resolveDots(path: string): string {
  const segments: string[] = []
  for (const segment of path.split("/").slice(1)) {
    if (segment === "..") segments.pop()
    else if (segment !== ".") segments.push(segment)
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

/** Writes a string of bytes as a path again, leaving the separators that are about to be interpreted. */
function encodeBytes(bytes: string): string {
  return bytes.replace(/[^\w.~!$&'()*+,;=:@/\\-]/gu, (character) =>
    character <= "\xff" ? escapeByte(character.charCodeAt(0)) : escapeText(character),
  )
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

function endOfPath(target: string, delimiter: "?" | "#"): number {
  const end = target.indexOf(delimiter)
  return end === -1 ? target.length : end
}

function dropTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path || "/"
}
