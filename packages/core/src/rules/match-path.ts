import { mayBe, type Segments, segmentsOf } from "./ambiguous-path.js"
import { canonicalPath, type RequestPath } from "./canonical-path.js"

/** `/x` alone, or `/x/*`: `/x` and everything under it. */
export interface PathPattern {
  /** Canonical; empty for `/*`. */
  readonly base: string
  /** Those of the base, decoded. */
  readonly segments: Segments
  readonly below: boolean
}

export function compilePath(pattern: string): PathPattern {
  const below = pattern.endsWith("/*")
  const base = canonicalPath(below ? pattern.slice(0, -1) : pattern)
  return { base: below && base === "/" ? "" : base, segments: segmentsOf(base), below }
}

/** A public rule never holds for an ambiguous path; a restricting one holds unless no layer can read it so. */
export function matchPath(patterns: readonly PathPattern[], path: RequestPath, isPublic: boolean): boolean {
  if (!path.ambiguous) return patterns.some((pattern) => covers(pattern, path.canonical))
  return !isPublic && patterns.some(({ segments, below }) => mayBe(segments, below, path))
}

/** True when no layer can read the path elsewhere: it begins below a pattern in plain words, and never goes up. */
export function isSurelyIn(patterns: readonly PathPattern[], path: RequestPath): boolean {
  if (!path.ambiguous) return true
  return patterns.some(({ base, below }) => below && (base === "" || path.start.startsWith(`${base}/`)))
}

function covers({ base, below }: PathPattern, path: string): boolean {
  return path === base || (below && (base === "" || path.startsWith(`${base}/`)))
}

/** True when everything that `inner` matches is matched by `outer`. */
export function pathIncludes(outer: PathPattern, inner: PathPattern): boolean {
  return covers(outer, inner.base === "" ? "/" : inner.base) && (outer.below || !inner.below)
}
