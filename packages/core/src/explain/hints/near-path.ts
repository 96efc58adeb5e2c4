import { canonicalPath } from "../../rules/canonical-path.js"
import { show } from "../show.js"
import { showPath } from "../show-path.js"
import { isSlip } from "./near-text.js"

/** In what a path that does not match this pattern differs from it, and what to do. `given` are its canonical segments. */
export function nearPath(pattern: string, given: readonly string[]): string | undefined {
  const isBelow = pattern.endsWith("/*")
  const wanted = pathSegments(canonicalPath(isBelow ? pattern.slice(0, -1) : pattern))
  if (wanted.length === 0) return undefined
  if (!isBelow && beginsWith(given, wanted)) {
    return `is for ${show(pattern)} alone, and this path is below it. Write ${show(`${withoutSlash(pattern)}/*`)} to cover both, if that is meant`
  }
  if (isMisspelled(wanted, isBelow ? given.slice(0, wanted.length) : given)) {
    return `is for ${show(pattern)}, and this path differs from that in a letter or two. Correct the one or the other, if both are meant to be the same`
  }
  const isMounted = beginsWith(given, wanted, 1) && (isBelow || given.length === wanted.length + 1)
  return isMounted ? mountHint(pattern, `/${given[0]}`) : undefined
}

function mountHint(pattern: string, start: string): string | undefined {
  const shown = showPath(start)
  // No router is mounted at a token.
  if (shown !== show(start)) return undefined
  return `is for ${show(pattern)}, and this path has ${shown} in front of that. Rules see the path as the client sent it. If a router is mounted at ${shown}, write ${show(start + pattern)}`
}

/** True when one segment looks like a slip for the other, and all others are equal. */
function isMisspelled(wanted: readonly string[], given: readonly string[]): boolean {
  if (wanted.length !== given.length) return false
  const [one, ...more] = wanted.flatMap((segment, i) => (segment === given[i] ? [] : [i]))
  return one !== undefined && more.length === 0 && isSlip(wanted[one] ?? "", given[one] ?? "")
}

function beginsWith(given: readonly string[], wanted: readonly string[], from = 0): boolean {
  return wanted.every((segment, i) => segment === given[from + i])
}

export function pathSegments(canonical: string): readonly string[] {
  return canonical.split("/").filter((segment) => segment !== "")
}

function withoutSlash(pattern: string): string {
  return pattern.endsWith("/") ? pattern.slice(0, -1) : pattern
}
