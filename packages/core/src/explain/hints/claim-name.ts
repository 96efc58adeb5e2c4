import { show } from "../show.js"

/** The name of a claim as it can stand in a config: in quotes when it is more than a word. */
export function claimName(name: string): string {
  return /^[A-Za-z_]\w{0,63}$/.test(name) ? name : show(name)
}

/** Names that people take for the same: case, `_` and `-` do not count. */
export function foldName(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, "")
}

/** What kind of JSON value this is, for a sentence that says it is the wrong one. */
export function kindOf(value: unknown): string {
  if (value === null) return "null"
  if (Array.isArray(value)) return "a list"
  const kinds: Readonly<Record<string, string>> = {
    string: "a string",
    number: "a number",
    boolean: "true or false",
    object: "an object",
  }
  return kinds[typeof value] ?? "nothing"
}
