import { canonicalPath, encodeText, readPath } from "../../rules/canonical-path.js"

/** What a route's `uri` matches there, and how much of it a rule's path can say. */
export interface UriPattern {
  /** As it stands in the source. */
  readonly uri: string
  /** The same for two patterns that differ in case, or in the last slash: here their paths are one. */
  readonly spelling: string
  /** There: the whole path, or what it begins with. */
  readonly start: string
  readonly isPrefix: boolean
  /** A path that matches nothing here that `uri` does not match there, but for case, the last slash, and `/x` for `/x/*`. */
  readonly inside?: RulePath
  /** Where `inside` is not all: a path that matches all that `uri` matches there, and more. */
  readonly around?: RulePath
}

/** The path of a rule. */
export interface RulePath {
  /** As a rule has it: `/x`, or `/x/*`. */
  readonly text: string
  /** In canonical form, without the star; empty for `/*`. */
  readonly base: string
  readonly below: boolean
}

/** Reads `/x`, `/x/*` and `/x*`; whatever else the gateway's routers know is taken for its plain beginning. */
export function readUri(uri: string): UriPattern {
  return { uri, spelling: uri.toLowerCase().replace(/(.)\/$/, "$1"), ...readParts(uri) }
}

function readParts(uri: string): Omit<UriPattern, "uri" | "spelling"> {
  const star = uri.indexOf("*")
  const isParameter = uri.includes("/:")
  const start = star === -1 ? uri : uri.slice(0, star)
  const isPlain =
    !isParameter && isPlainPath(start === "" ? "/" : start) && (star === -1 || star === uri.length - 1)
  if (!isPlain) {
    const plain = start.split("/:", 1)[0] ?? ""
    return {
      start: isParameter ? `${plain}/` : start,
      isPrefix: true,
      around: below(parentOf(start, plain)),
    }
  }
  if (star === -1) return { start, isPrefix: false, inside: rulePath(start, false) }
  if (start === "" || start.endsWith("/")) return { start, isPrefix: true, inside: below(start.slice(0, -1)) }
  return {
    start,
    isPrefix: true,
    inside: below(start),
    around: below(start.slice(0, start.lastIndexOf("/"))),
  }
}

/** True when the gateway gives this path to a route with this pattern, if the rest of the route holds. */
export function servesThere({ start, isPrefix }: UriPattern, path: string): boolean {
  return isPrefix ? path.startsWith(start) : path === start
}

/** True when some path matches both. */
export function pathsMeet(one: RulePath, other: RulePath): boolean {
  return isIn(one, other) || isIn(other, one)
}

export function isIn(inner: RulePath, outer: RulePath): boolean {
  return inner.base === outer.base
    ? outer.below || !inner.below
    : outer.below && inner.base.startsWith(`${outer.base}/`)
}

export function rulePath(path: string, isBelow: boolean): RulePath {
  const canonical = canonicalPath(path)
  const base = isBelow && canonical === "/" ? "" : canonical
  const plain = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path
  return { text: isBelow ? `${plain === "/" ? "" : plain}/*` : plain, base, below: isBelow }
}

function below(path: string): RulePath {
  return rulePath(path === "" ? "/" : path, true)
}

/** One that every layer reads in one way, with nothing in it that a rule's path gives a meaning to. */
function isPlainPath(path: string): boolean {
  if (!path.startsWith("/") || /[?#%*]|^\s|\s$|\p{Cf}/u.test(path)) return false
  return !readPath(encodeText(path, /[^!-~]/gu)).ambiguous
}

/** The longest plain folder that a pattern which is not plain begins with. */
function parentOf(start: string, plain: string): string {
  let folder = plain.length < start.length ? plain : start.slice(0, start.lastIndexOf("/"))
  while (folder !== "" && !isPlainPath(folder)) folder = folder.slice(0, folder.lastIndexOf("/"))
  return folder.startsWith("/") ? folder : ""
}
