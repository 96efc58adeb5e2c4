import { type ConfigIssue, error } from "./config-error.js"
import { didYouMean } from "./did-you-mean.js"
import { unknownField } from "./unknown-name.js"

/** What we use of a schema issue. Declared here so that the schema library is imported by parse.ts alone. */
export interface ShapeIssue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly expected?: string
  readonly keys?: readonly string[]
  readonly values?: readonly unknown[]
  readonly errors?: readonly (readonly ShapeIssue[])[]
}

/** The fields that may stand in the object that has this name. */
type FieldsIn = (name: string) => readonly string[]

const nouns: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
}

/** One problem of shape, in the words of this library: where, what, and the fix. */
export function translate(issue: ShapeIssue, input: unknown, fieldsIn: FieldsIn, base = ""): ConfigIssue[] {
  const path = issue.path.reduce<string>((at, part) => joinPath(at, part), base)
  const value = issue.path.reduce<unknown>(step, input)
  switch (issue.code) {
    case "unrecognized_keys":
      return (issue.keys ?? []).map((key) =>
        unknownField(key, joinPath(path, key), fieldsIn(nameOf(issue.path))),
      )
    case "invalid_union":
      return (
        closest(issue)?.flatMap((inner) =>
          translate({ ...inner, path: [...issue.path, ...inner.path] }, input, fieldsIn, base),
        ) ?? [mismatch(path, value, expectations(issue))]
      )
    case "invalid_type": {
      const expected = nouns[issue.expected ?? ""] ?? "another type"
      const fraction = issue.expected === "int" && typeof value === "number"
      return [mismatch(path, value, expected, fraction ? "a fraction" : describe(value))]
    }
    case "invalid_value":
      return [notOneOf(path, value, issue.values ?? [])]
    default: {
      const [message = "", fix] = issue.message.split("\n")
      return [error(path, message === "Invalid input" ? "is out of range" : message, fix)]
    }
  }
}

/** Of several allowed shapes, what is wrong with the one that the value comes closest to: it has the right type. */
function closest({ errors = [] }: ShapeIssue): readonly ShapeIssue[] | undefined {
  return errors.find((branch) =>
    branch.every(
      ({ path, code }) => path.length > 0 || (code !== "invalid_type" && code !== "invalid_value"),
    ),
  )
}

/** What the several allowed shapes are, where the value has none of their types. */
function expectations({ errors = [] }: ShapeIssue): string {
  return errors
    .flatMap((branch) => branch.slice(0, 1))
    .map(
      ({ expected = "", values = [] }) =>
        nouns[expected] ?? values.map((value) => JSON.stringify(value)).join(", "),
    )
    .join(" or ")
}

function mismatch(path: string, value: unknown, expected: string, got = describe(value)): ConfigIssue {
  return value === undefined
    ? error(path, "is required", `Add it: ${expected}.`)
    : error(path, `must be ${expected}, got ${got}`)
}

function notOneOf(path: string, value: unknown, values: readonly unknown[]): ConfigIssue {
  const names = values.map(String)
  const all = names.join(", ")
  if (value === undefined) return mismatch(path, value, all)
  if (values.length === 1) {
    return { ...mismatch(path, value, JSON.stringify(values[0])), fix: "Or leave the field out." }
  }
  const meant = typeof value === "string" ? didYouMean(value, names) : undefined
  const fix = meant === undefined ? "" : `Did you mean ${meant}? `
  const shown = meant === undefined ? describe(value) : JSON.stringify(value)
  return error(path, `${shown} is not one of the supported values`, `${fix}Supported: ${all}.`)
}

/** What kind of value it is. The value itself is never shown: it may be a secret in the wrong place. */
function describe(value: unknown): string {
  if (value === undefined) return "nothing"
  if (Array.isArray(value)) return "a list"
  if (typeof value === "boolean" || value === null) return String(value)
  return typeof value === "object" ? "an object" : `a ${typeof value}`
}

export function joinPath(base: string, part: PropertyKey): string {
  if (typeof part === "number") return `${base}[${part}]`
  return base === "" ? String(part) : `${base}.${String(part)}`
}

function step(value: unknown, part: PropertyKey): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<PropertyKey, unknown>)[part]
    : undefined
}

/** The field that holds the object at this path, list positions aside. */
function nameOf(path: readonly PropertyKey[]): string {
  return String(path.findLast((part) => typeof part === "string") ?? "")
}
