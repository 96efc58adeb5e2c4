import { type ConfigIssue, error } from "./config-error.js"
import type { Jwks } from "./document.js"
import {
  consumer,
  document,
  documentSchema,
  fieldsIn,
  keySet,
  type ParsedConfig,
  parse,
  rule,
  type Salvaged,
  type Shape,
} from "./parse.js"
import { joinPath, translate } from "./shape-issues.js"

/** What could be read of an object that may have problems: a field is there only if its own shape is right. */
export type SalvagedConsumer = Salvaged<typeof consumer>
export type SalvagedRule = Omit<Salvaged<typeof rule>, "consumers"> & {
  readonly consumers?: readonly SalvagedConsumer[] | undefined
}

export interface ParsedDocument {
  /** The document, when its shape is right. */
  readonly config?: ParsedConfig
  /** Everything that is wrong with its shape. */
  readonly issues: readonly ConfigIssue[]
  /** The readable parts, for the checks that follow: one run reports everything. */
  readonly parts: Omit<Salvaged<typeof document>, "consumers" | "rules"> & {
    readonly consumers: readonly SalvagedConsumer[]
    readonly rules: readonly SalvagedRule[]
  }
}

export function parseDocument(input: unknown): ParsedDocument {
  const issues = protoMembers(input)
  const parsed = parse(documentSchema, input)
  if (parsed.data !== undefined) {
    return { config: parsed.data, issues, parts: { ...parsed.data, rules: parsed.data.rules ?? [] } }
  }
  const shapeIssues = parsed.problems.flatMap((problem) => translate(problem, input, fieldsIn))
  const raw = members(input)
  const parts = {
    ...salvage(document, input),
    consumers: list(raw["consumers"]).map((item) => salvage(consumer, item)),
    rules: list(raw["rules"]).map(salvageRule),
  }
  return { issues: [...issues, ...shapeIssues], parts }
}

/** Reads a key set given as JSON text. The parser's own message is withheld: it quotes the text, which is a key. */
export function parseKeySet(text: string, path: string): { jwks?: Jwks; issues: readonly ConfigIssue[] } {
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

function salvage<S extends Shape>(shape: S, input: unknown): Salvaged<S> {
  const raw = members(input)
  const result: Salvaged<S> = {}
  for (const field in shape) result[field] = parse(shape[field] as S[typeof field], raw[field]).data
  return result
}

function salvageRule(input: unknown): SalvagedRule {
  const local = members(input)["consumers"]
  const { consumers: _, ...fields } = salvage(rule, input)
  return Array.isArray(local)
    ? { ...fields, consumers: local.map((item) => salvage(consumer, item)) }
    : fields
}

/** `__proto__` as a member: the schema library drops it silently, and a dropped restriction admits everybody. */
function protoMembers(value: unknown, path = ""): ConfigIssue[] {
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const at = Array.isArray(value) ? `${path}[${name}]` : joinPath(path, name)
    if (name === "__proto__") return [error(at, "is not a usable name", "Rename it.")]
    return protoMembers(member, at)
  })
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
