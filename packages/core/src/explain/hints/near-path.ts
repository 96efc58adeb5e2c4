import { canonicalPath } from "../../rules/canonical-path.js"
import { show } from "../show.js"
import { isSlip } from "./near-text.js"

/** In what a path that does not match this pattern differs from it, and what to do. `path` is canonical. */
export function nearPath(pattern: string, path: string): string | undefined {
  const isBelow = pattern.endsWith("/*")
  const wanted = segmentsOf(canonicalPath(isBelow ? pattern.slice(0, -1) : pattern))
  const given = segmentsOf(path)
  if (wanted.length === 0) return undefined
  if (!isBelow && beginsWith(given, wanted)) {
    return `is for ${show(pattern)} alone, and this path is below it. Write ${show(`${withoutSlash(pattern)}/*`)} to cover both, if that is meant`
  }
  if (isMisspelled(wanted, isBelow ? given.slice(0, wanted.length) : given)) {
    return `is for ${show(pattern)}, and this path differs from that in a letter or two. Correct the one or the other`
  }
  const rest = given.slice(1)
  if (isBelow ? beginsWith(rest, wanted) : beginsWith(rest, wanted) && rest.length === wanted.length) {
    return `is for ${show(pattern)}, and this path has ${show(`/${given[0]}`)} in front of that. Rules see the path as the client sent it: write ${show(`/${given[0]}${pattern}`)}`
  }
  return undefined
}

/** True when one segment looks like a slip for the other, and all others are equal. */
function isMisspelled(wanted: readonly string[], given: readonly string[]): boolean {
  if (wanted.length !== given.length) return false
  const [one, ...more] = wanted.flatMap((segment, i) => (segment === given[i] ? [] : [i]))
  return one !== undefined && more.length === 0 && isSlip(wanted[one] ?? "", given[one] ?? "")
}

function beginsWith(given: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((segment, i) => segment === given[i])
}

function segmentsOf(canonical: string): readonly string[] {
  return canonical.split("/").filter((segment) => segment !== "")
}

function withoutSlash(pattern: string): string {
  return pattern.endsWith("/") ? pattern.slice(0, -1) : pattern
}
