import { canonicalPath, type PathReadings } from "./canonical-path.js"

/** `/x` alone, or `/x/*`: `/x` and everything under it. */
export interface PathPattern {
  /** Canonical; empty for `/*`. */
  readonly base: string
  readonly below: boolean
}

export function compilePath(pattern: string): PathPattern {
  const below = pattern.endsWith("/*")
  const base = canonicalPath(below ? pattern.slice(0, -1) : pattern)
  return { base: below && base === "/" ? "" : base, below }
}

/** A public rule never holds for an ambiguous path; a restricting one holds under any reading of it. */
export function matchPath(patterns: readonly PathPattern[], path: PathReadings, isPublic: boolean): boolean {
  if (isPublic && path.ambiguous) return false
  if (path.readings.length === 0) return true
  return path.readings.some((reading) => patterns.some((pattern) => covers(pattern, reading)))
}

/** True when no reading of the path could escape the patterns. */
export function matchesEveryReading(patterns: readonly PathPattern[], { readings }: PathReadings): boolean {
  if (readings.length === 0) return false
  return readings.every((reading) => patterns.some((pattern) => covers(pattern, reading)))
}

function covers({ base, below }: PathPattern, path: string): boolean {
  return path === base || (below && (base === "" || path.startsWith(`${base}/`)))
}

/** True when everything that `inner` matches is matched by `outer`. */
export function pathIncludes(outer: PathPattern, inner: PathPattern): boolean {
  return covers(outer, inner.base === "" ? "/" : inner.base) && (outer.below || !inner.below)
}
