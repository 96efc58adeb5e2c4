import type { Findings } from "../findings.js"

/** An object of the source document, and where it stands. */
export interface Source {
  readonly path: string
  readonly fields: Readonly<Record<string, unknown>>
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** The field's value, when it is the document's own and not empty: YAML writes a field without a value as null. */
export function field({ fields }: Source, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined
}

export function at({ path }: Source, name: string): string {
  return path === "" ? name : `${path}.${name}`
}

/** The object under this name. Anything else but nothing is an error. */
export function readObject(source: Source, name: string, findings: Findings): Source | undefined {
  const fields = typed(source, name, isObject, "an object", findings)
  return fields === undefined ? undefined : { path: at(source, name), fields }
}

/** A text that is not empty. */
export function readText(source: Source, name: string, findings: Findings): string | undefined {
  return typed(source, name, isText, "a text that is not empty", findings)
}

export function readFlag(source: Source, name: string, findings: Findings): boolean {
  return typed(source, name, (value) => typeof value === "boolean", "true or false", findings) ?? false
}

/** A whole number that is not negative, and that no arithmetic rounds. */
export function readCount(source: Source, name: string, findings: Findings): number {
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
  return typed(source, name, isCount, "a whole number that is not negative", findings) ?? 0
}

/** A list of texts that are not empty. */
export function readTexts(source: Source, name: string, findings: Findings): readonly string[] | undefined {
  const isList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText)
  return typed(source, name, isList, "a list of texts", findings)
}

/** A list of at least one text: an empty one would be about nothing, and what it guards would be gone. */
export function readSome(source: Source, name: string, findings: Findings): readonly string[] | undefined {
  const texts = readTexts(source, name, findings)
  if (texts?.length !== 0) return texts
  findings.error(at(source, name), "is empty", "List at least one, or remove it.")
  return undefined
}

/** Tells of every field that is not among these: it may have restricted something. */
export function noteUnknown(source: Source, known: readonly string[], findings: Findings): void {
  for (const name of Object.keys(source.fields)) {
    if (known.includes(name)) continue
    findings.lost(at(source, name), "A field that this import does not know.", "Not carried over.")
  }
}

/** What the admin API keeps about every object. */
export const bookkeeping = ["id", "desc", "name", "labels", "create_time", "update_time"] as const

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== ""
}

function typed<T>(
  source: Source,
  name: string,
  is: (value: unknown) => value is T,
  wanted: string,
  findings: Findings,
): T | undefined {
  const value = field(source, name)
  if (value === undefined || is(value)) return value
  findings.error(at(source, name), `is not ${wanted}`, `Write ${wanted}, as the gateway's schema wants it.`)
  return undefined
}
