import type { PlainPath } from "./canonical-path.js"
import type { ByMethod, ByPath, ByRoute, FiledRule, RuleIndex, WordTree } from "./rule-index.js"
import { mismatchOf, type RequestView } from "./rule-pattern.js"

/** A request that can be read in one way only. Of others, more rules than the first may have a say. */
interface PlainView extends RequestView {
  readonly path: PlainPath
}

export function isPlain(view: RequestView): view is PlainView {
  return !view.path.ambiguous && !view.host.malformed
}

/** The position of the first rule that matches; Infinity when none does. */
export function firstRule(index: RuleIndex, view: PlainView): number {
  const first = byPath(index.anyDomain, view, Number.POSITIVE_INFINITY)
  return index.asksFor.host ? byDomain(index, view, first) : first
}

// Each of these gives the lower one of the first rule that is filed there and of the first one found before.

function byDomain({ exact, suffixes, prefixes }: RuleIndex, view: PlainView, first: number): number {
  const found = byPath(exact.get(view.host.name), view, first)
  return byPrefix(prefixes, view, bySuffix(suffixes, view, found))
}

/** A suffix has labels before it, and a prefix labels behind it: the last label is never looked up. */
function bySuffix(suffixes: WordTree<ByPath>, view: PlainView, first: number): number {
  const { name } = view.host
  let tree = suffixes
  let found = first
  let end = name.length
  for (;;) {
    const dot = name.lastIndexOf(".", end - 1)
    const next = dot === -1 ? undefined : tree.next?.get(name.slice(dot + 1, end))
    if (next === undefined) return found
    found = byPath(next.below, view, found)
    tree = next
    end = dot
  }
}

function byPrefix(prefixes: WordTree<ByPath>, view: PlainView, first: number): number {
  const { name } = view.host
  let tree = prefixes
  let found = first
  let start = 0
  for (;;) {
    const dot = name.indexOf(".", start)
    const next = dot === -1 ? undefined : tree.next?.get(name.slice(start, dot))
    if (next === undefined) return found
    found = byPath(next.below, view, found)
    tree = next
    start = dot + 1
  }
}

function byPath(paths: ByPath | undefined, view: PlainView, first: number): number {
  if (paths === undefined) return first
  const path = view.path.canonical
  let tree = paths
  let found = byMethod(paths.below, view, first)
  let end = 0
  while (path.length > 1 && end !== -1) {
    const start = end + 1
    end = path.indexOf("/", start)
    const next = tree.next?.get(end === -1 ? path.slice(start) : path.slice(start, end))
    if (next === undefined) return found
    found = byMethod(next.below, view, found)
    tree = next
  }
  return byMethod(tree.here, view, found)
}

function byMethod(methods: ByMethod | undefined, view: PlainView, first: number): number {
  if (methods === undefined) return first
  return byRoute(methods.named?.get(view.method), view, byRoute(methods.any, view, first))
}

function byRoute(routes: ByRoute | undefined, view: PlainView, first: number): number {
  if (routes === undefined) return first
  return inOrder(routes.named?.get(view.route), view, inOrder(routes.any, view, first))
}

function inOrder(rules: readonly FiledRule[] | undefined, view: PlainView, first: number): number {
  if (rules === undefined) return first
  for (const { position, rest } of rules) {
    if (position >= first) return first
    if (rest === undefined || mismatchOf(rest, view, false) === undefined) return position
  }
  return first
}
