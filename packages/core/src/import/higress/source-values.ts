import { didYouMean } from "../../config/did-you-mean.js"
import { joinPath } from "../../config/shape-issues.js"
import type { Findings } from "../findings.js"

// Values as the gateway takes them: numbers where texts are wanted, and texts where numbers and booleans are. What it
// does not take is refused, never guessed. An absent value is undefined, and so is one that has been refused.

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** A member that the object itself has. */
export function fieldOf(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** A member that is undefined is as good as none. */
export function isGiven(fields: Fields, name: string): boolean {
  return fieldOf(fields, name) !== undefined
}

export function readFields(value: unknown, path: string, found: Findings): Fields | undefined {
  if (isFields(value)) return value
  if (value !== undefined) found.error(path, "must be an object", "Write it as name: value pairs.")
  return undefined
}

export function readText(value: unknown, path: string, found: Findings): string | undefined {
  if (value === undefined || typeof value === "string") return value
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return String(value)
  found.error(path, "must be a string", "Write it in quotes.")
  return undefined
}

export function readFlag(value: unknown, path: string, found: Findings): boolean | undefined {
  if (value === undefined || typeof value === "boolean") return value
  if (value === "true" || value === "false") return value === "true"
  found.error(path, "must be true or false", 'Write true or false; "true" and "false" are taken too.')
  return undefined
}

/** Whole seconds; a fraction is cut off. */
export function readSeconds(value: unknown, path: string, found: Findings): number | undefined {
  if (value === undefined) return undefined
  const isNumeral = typeof value === "string" && /^\s*\+?\d{1,15}\s*$/.test(value)
  const seconds = typeof value === "number" ? value : isNumeral ? Number(value) : Number.NaN
  if (seconds >= 0 && seconds <= Number.MAX_SAFE_INTEGER) return Math.trunc(seconds)
  found.error(path, "must be a number of seconds, 0 or more", "Give whole seconds: 60 is the default.")
  return undefined
}

export function readList(value: unknown, path: string, found: Findings): readonly unknown[] | undefined {
  if (value === undefined || Array.isArray(value)) return value
  found.error(path, "must be a list", "Write it as [one, two], also with one entry.")
  return undefined
}

export function readTexts(value: unknown, path: string, found: Findings): readonly string[] | undefined {
  return readList(value, path, found)?.flatMap((item, i) => {
    const at = `${path}[${i}]`
    if (item === undefined) found.error(at, "is undefined", "Give it a value, or leave it out.")
    return readText(item, at, found) ?? []
  })
}

/** A field that the gateway ignores may have been meant to restrict: it is never left out in silence. */
export function noteUnknown(fields: Fields, path: string, known: readonly string[], found: Findings): void {
  for (const name of Object.keys(fields)) {
    if (known.includes(name)) continue
    const meant = didYouMean(name, known)
    const question = meant === undefined ? "" : ` Did you mean ${meant}?`
    found.lost(joinPath(path, name), "not a field that the plugin knows", `left out.${question}`)
  }
}

/** A value of the source in a sentence. */
export function quoted(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(", ")
}
