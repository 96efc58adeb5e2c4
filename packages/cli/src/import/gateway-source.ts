import type { Position } from "../parse-document.js"
import type { SourceDocument } from "./read-documents.js"

/** What an importer of the core is given, and where its parts came from. */
export interface GatewaySource {
  readonly value: unknown
  /** The documents by the path at which they stand in the value. */
  readonly origins: ReadonlyMap<string, SourceDocument>
}

export interface Place extends Position {
  readonly file: string
}

/** Longer than the path of any document in a value. */
const longestOrigin = 200

/** Where in which file a path of the value is; undefined for what is in none. */
export function locate({ origins }: GatewaySource, path: string): Place | undefined {
  for (let end = Math.min(path.length, longestOrigin); end >= 0; end = endBefore(path, end)) {
    const document = origins.get(path.slice(0, end))
    if (document !== undefined)
      return { file: document.file, ...document.positionOf(path.slice(end).replace(/^\./, "")) }
  }
  return undefined
}

/** The end of the next shorter path: before the last name or index; -1 when there is none. */
function endBefore(path: string, end: number): number {
  if (end === 0) return -1
  return Math.max(0, path.lastIndexOf(".", end - 1), path.lastIndexOf("[", end - 1))
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** The value at a path of plain names and indexes. */
export function valueAt(value: unknown, path: string): unknown {
  const steps = path.match(/[^.[\]]+/g) ?? []
  return steps.reduce<unknown>((at, step) => {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined
    return (at as Record<string, unknown>)[step]
  }, value)
}
