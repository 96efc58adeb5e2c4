import { type ConfigIssue, error } from "./config-error.js"
import type { Jwks } from "./document.js"
import { documentSchema, fieldsIn, keySet, type ParsedConfig, parse } from "./parse.js"
import { joinPath, translate } from "./shape-issues.js"

/** What is left of a document when everything of the wrong shape is taken out: any part may be missing. */
export type Parts<T> = T extends readonly (infer Item)[]
  ? readonly (Parts<Item> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Parts<T[K]> | undefined }
    : T

/** A document as the checks after the schema see it, so that one run reports everything, and each thing once. */
export interface DocumentParts {
  readonly document: Parts<ParsedConfig>
  /** True when the shape of this field, of something in it or around it has been reported already. */
  readonly isWrong: (path: string) => boolean
  /** Every name that a global consumer was given, also one that is wrong and has been reported. */
  readonly givenNames: ReadonlySet<unknown>
}

export interface ReadDocument extends DocumentParts {
  /** The document, when its shape is right. */
  readonly config?: ParsedConfig
  /** Everything that is wrong with its shape. */
  readonly issues: readonly ConfigIssue[]
}

export function readDocument(input: unknown): ReadDocument {
  const proto = protoMembers(input).map((path) =>
    error(path.reduce<string>(joinPath, ""), "is not a usable name", "Rename it."),
  )
  const parsed = parse(documentSchema, input)
  const givenNames = new Set(
    Object.values(members(members(input)["consumers"])).map((consumer) => members(consumer)["name"]),
  )
  if (parsed.data !== undefined) {
    return { config: parsed.data, issues: proto, document: parsed.data, isWrong: () => false, givenNames }
  }
  const issues = parsed.problems.flatMap((problem) => translate(problem, input, fieldsIn))
  const wrong = new Set(issues.map(({ path }) => path))
  return {
    issues: [...proto, ...issues],
    // What the schema has not complained of has the right shape.
    document: (without(wrong, input) ?? {}) as Parts<ParsedConfig>,
    givenNames,
    isWrong: (path) => [...wrong].some((at) => isWithin(at, path) || isWithin(path, at)),
  }
}

/** Reads a key set given as JSON text. The parser's own message is withheld: it quotes the text, which is a key. */
export function readKeySet(text: string, path: string): { jwks?: Jwks; issues: readonly ConfigIssue[] } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { issues: [error(path, "is not valid JSON", 'Give a key set: {"keys": [...]} (RFC 7517 §5).')] }
  }
  const parsed = parse(keySet, value)
  if (parsed.data !== undefined) return { jwks: parsed.data, issues: [] }
  return { issues: parsed.problems.flatMap((problem) => translate(problem, value, fieldsIn, path)) }
}

/** Deeper than any field of a document: what lies below is read by nobody. Ends a document that contains itself. */
export const deepestMember = 12

/** A copy in which what stands at these paths is undefined. List items keep their positions. */
function without(wrong: ReadonlySet<string>, value: unknown, path = "", depth = 0): unknown {
  if (wrong.has(path) || depth > deepestMember) return undefined
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map((item, i) => without(wrong, item, joinPath(path, i), depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      without(wrong, item, joinPath(path, name), depth + 1),
    ]),
  )
}

/** Paths of `__proto__` as a member: the schema library drops it silently, and a dropped restriction admits everybody. */
function protoMembers(value: unknown, depth = 0): (readonly PropertyKey[])[] {
  const found: (readonly PropertyKey[])[] = []
  if (typeof value !== "object" || value === null || depth > deepestMember) return found
  for (const name of Object.keys(value)) {
    const part = Array.isArray(value) ? Number(name) : name
    if (name === "__proto__") found.push([part])
    else for (const below of protoMembers(members(value)[name], depth + 1)) found.push([part, ...below])
  }
  return found
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || (path.startsWith(outer) && /^[.[]/.test(path.slice(outer.length))) || outer === ""
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}
}
