import { canonicalPath, readPath } from "../../rules/canonical-path.js"

/** What makes a path one that routers and proxies read differently. */
export interface PathTrouble {
  /** Such as `"//"`. */
  readonly has: string
  /** What it was probably meant to be, in canonical form. */
  readonly plain: string
}

/** `rules/canonical-path.ts` says that a path is ambiguous; this says what to look for in it. */
const troubles: readonly (readonly [has: string, RegExp])[] = [
  ["a backslash", /\\|%5c/i],
  ["an encoded slash (%2f)", /%2f/i],
  ['a ";"', /;|%3b/i],
  ['a "#"', /#|%23/],
  ["an encoded question mark (%3f)", /%3f/i],
  ["control characters", /%(?:[01][\da-f]|7f)|[\0-\x1f\x7f]/i],
  ['a "%" that is no escape', /%(?![\da-f]{2})/i],
  ["something that is encoded twice", /%25[\da-f]{2}/i],
  ['"//"', /\/\//],
  ['"." or ".." as a segment', /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i],
  ["characters that are not percent-encoded", /[^!-~]/],
  ["no slash at its beginning", /^[^/]/],
]

/** Undefined for a path that everybody reads alike. */
export function pathTrouble(target: string): PathTrouble | undefined {
  if (!readPath(target).ambiguous) return undefined
  const path = target.split("?", 1)[0] ?? ""
  const [has] = troubles.find(([, pattern]) => pattern.test(path)) ?? ["characters that are unusual there"]
  return { has, plain: plainReading(path) }
}

/** As most layers read it: decoded, separators as such, and without fragment, parameters and control characters. */
function plainReading(path: string): string {
  const separated = path.replace(/%25([\da-f]{2})/gi, "%$1").replace(/%2f|%5c|\\/gi, "/")
  const [beforeFragment = ""] = separated.split(/#|%23|%3f/i, 1)
  const bare = beforeFragment.replace(/(?:;|%3b)[^/]*/gi, "")
  return canonicalPath(bare.replace(/%(?:[01][\da-f]|7f)|[\0-\x1f\x7f]/gi, ""))
}
