import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node } from "yaml"

/**
 * Where in the text a path such as `consumers[1].jwks.keys[0].n` is: the name of the field, or the item of a list. Of a
 * path that the document does not have, the deepest part that it has; so a key set given as JSON text is one place.
 */
export function offsetOf(document: Document, path: string): number {
  let offset = 0
  let node: unknown = document.contents
  let rest = path
  while (rest !== "") {
    const next = step(document, node, rest)
    if (next === undefined) break
    offset = next.offset
    node = next.node
    rest = next.rest
  }
  return offset
}

interface Step {
  readonly offset: number
  readonly node: unknown
  readonly rest: string
}

function step(document: Document, node: unknown, path: string): Step | undefined {
  const found = isAlias(node) ? node.resolve(document) : node
  if (isSeq(found)) {
    const [token, index] = /^\[(\d+)\]\.?/.exec(path) ?? []
    const item = found.items[Number(index)]
    return token === undefined || !isNode(item) ? undefined : here(item, item, path.slice(token.length))
  }
  if (!isMap(found)) return undefined
  // Names may have dots in them (claims often do): the longest that fits.
  const fitting = found.items
    .filter(({ key }) => isScalar(key) && startsWith(path, String(key.value)))
    .sort((a, b) => lengthOf(b.key) - lengthOf(a.key))[0]
  if (fitting === undefined || !isNode(fitting.key)) return undefined
  const rest = path.slice(lengthOf(fitting.key)).replace(/^\./, "")
  return here(fitting.key, fitting.value, rest)
}

function here(node: Node, next: unknown, rest: string): Step {
  return { offset: node.range?.[0] ?? 0, node: next, rest }
}

function startsWith(path: string, name: string): boolean {
  return path.startsWith(name) && /^(?:$|[.[])/.test(path.slice(name.length))
}

function lengthOf(key: unknown): number {
  return isScalar(key) ? String(key.value).length : 0
}
