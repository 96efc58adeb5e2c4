/** A request path, and whether the next layer might read it as another one. */
export interface PathReadings {
  /** The path in canonical form. */
  readonly canonical: string
  /**
   * True when routers, proxies and file servers could disagree about this path. Such a path is never public, and a
   * restricting rule applies to it under every reading.
   */
  readonly ambiguous: boolean
  /** Every form in which a layer behind may see the path, the canonical one first. */
  readonly readings: readonly string[]
}

/** RFC 3986 §3.3 pchar without `%` and `;`, in segments that do not begin with a dot: nothing to disagree about. */
const plain = /^(?:\/[\w~!$&'()*+,=:@-][\w.~!$&'()*+,=:@-]*)*\/?$/

/** Reads a request target (RFC 9112 §3.2) as received. Never throws, whatever the client sent. */
export function readPath(target: string): PathReadings {
  const path = target.slice(0, endOfPath(target, "?"))
  if (plain.test(path)) {
    const canonical = dropTrailingSlash(path.toLowerCase())
    return { canonical, ambiguous: false, readings: [canonical] }
  }
  const canonical = canonicalPath(path)
  if (!isAmbiguous(path)) return { canonical, ambiguous: false, readings: [canonical] }
  return { canonical, ambiguous: true, readings: [...new Set([canonical, ...broadReadings(path)])] }
}

/**
 * The one form in which paths are compared: unreserved characters decoded and everything else that is no path
 * character encoded (RFC 3986 §6.2.2), dot segments resolved, `//` collapsed, no trailing slash, lower case.
 */
export function canonicalPath(path: string): string {
  return tidy(encodeText(decodeUnreserved(path), /[^\w.~!$&'()*+,;=:@/%-]/gu), true)
}

function isAmbiguous(path: string): boolean {
  const decoded = decodeBytes(path)
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
 * What other layers may make of an ambiguous path. They decode not at all, once or twice; resolve dot segments or
 * route on them; take `\` for `/` (url.parse), `;x` for a parameter (servlets), NUL for an end (C), `#` for a
 * fragment, `//x` for an authority (CVE-2026-26205), and an absolute form for its path.
 */
function broadReadings(path: string): string[] {
  const trimmed = path.slice(0, endOfPath(path, "#")).trim()
  const relative = trimmed.replace(/^[a-z][a-z\d+.-]*:\/\/[^/\\]*/i, "").replace(/^(?![/\\])/, "/")
  const withoutAuthority = relative.replace(/^[/\\]{2,}[^/\\]*/, "")
  const sources = withoutAuthority === relative ? [relative] : [relative, withoutAuthority || "/"]
  return sources.flatMap((source) => {
    const once = decodeBytes(source)
    const notDecoded = encodeText(decodeUnreserved(source), /[^\w.~!$&'()*+,;=:@/\\%-]/gu)
    return [notDecoded, encodeBytes(once), encodeBytes(decodeBytes(once))].flatMap(foldings)
  })
}

function foldings(path: string): string[] {
  const slashes = path.replaceAll("\\", "/").replace(/%00.*$/s, "")
  const withoutParameters = slashes.replace(/;[^/]*/g, "")
  return [slashes, withoutParameters].flatMap((variant) => [tidy(variant, true), tidy(variant, false)])
}

function tidy(path: string, resolveDots: boolean): string {
  const segments: string[] = []
  for (const segment of path.split("/")) {
    if (segment === "") continue
    if (resolveDots && segment === "..") segments.pop()
    else if (!resolveDots || segment !== ".") segments.push(segment)
  }
  return `/${segments.join("/")}`.toLowerCase()
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

/** Decodes every escape to a character of that byte; what is no escape stays. */
function decodeBytes(path: string): string {
  return path.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
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
