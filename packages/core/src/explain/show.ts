/** Prints a value of a claim, of a config or of a request. */
export type Show = (value: unknown) => string

const longest = 160

/**
 * A value as JSON that is safe in a terminal, a log line and a web page's source: whoever made the token chose its text, and
 * control characters, invisible ones and those that turn the direction of writing are shown by their number.
 */
export const show: Show = (value) => {
  // Cut before anything is done with it: whoever sends it chooses how long it is.
  const short = typeof value === "string" ? value.slice(0, longest + 1) : value
  const json = jsonOf(short)
  return printable(json.length > longest ? `${json.slice(0, longest)}…` : json)
}

/** A claim may be nested deeper than the stack is. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return "a value too deep to be shown"
  }
}

/** Stands in place of the value of a claim that may be personal data. */
export const redactedMark = "(redacted)"

export const redacted: Show = () => redactedMark

export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** `a`, `a or b`, `a, b or c`; of a long list the beginning. */
export function listed(items: readonly string[], conjunction = "or", most = 8): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items
  if (shown.length < 2) return shown.join("")
  return `${shown.slice(0, -1).join(", ")} ${conjunction} ${shown.at(-1)}`
}
