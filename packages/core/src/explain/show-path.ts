import { show } from "./show.js"

/** Paths are compared segment by segment, and no longer one says more: work is bounded before anything is looked for. */
const longest = 2048

/** A JWT in a path: three parts, of which the first is JSON in base64url, in any case. Longer words are secrets of some kind. */
const credential = /e[yw][\w-]{8,}(?:\.|%2e)[\w.%-]*|[^/]{73,}/gi

/** The path of a request target, without the query, where a token may stand, and without what looks like one in it. */
export function showPath(target: string): string {
  const path = (target.slice(0, longest).split(/[?#]/, 1)[0] ?? "").replace(credential, "(not shown)")
  return show(path)
}
