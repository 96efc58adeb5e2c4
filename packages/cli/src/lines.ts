import { printable } from "@jwt-auth/core/explain"

export type Style = "bold" | "dim" | "red" | "green" | "yellow"

export interface Span {
  readonly text: string
  readonly style?: Style
}

/** One line of output for people. A plain string is text without a style. */
export type Line = readonly (Span | string)[]

export const bold = (text: string): Span => ({ text, style: "bold" })
export const dim = (text: string): Span => ({ text, style: "dim" })
export const red = (text: string): Span => ({ text, style: "red" })
export const green = (text: string): Span => ({ text, style: "green" })
export const yellow = (text: string): Span => ({ text, style: "yellow" })

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
}

/** The one way to a terminal: every piece of text is made printable here, whoever it came from. */
export function renderLines(lines: readonly Line[], colour: boolean): string {
  return lines.map((line) => `${renderLine(line, colour).trimEnd()}\n`).join("")
}

function renderLine(line: Line, colour: boolean): string {
  return line.map((part) => renderSpan(typeof part === "string" ? { text: part } : part, colour)).join("")
}

function renderSpan({ text, style }: Span, colour: boolean): string {
  const safe = printable(text)
  if (!colour || style === undefined) return safe
  const [on, off] = codes[style]
  return `\u001b[${on}m${safe}\u001b[${off}m`
}

/** Columns of equal width, two spaces apart. */
export function table(rows: readonly (readonly (Span | string)[])[], indent = ""): Line[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))
    })
  }
  return rows.map((row) => [
    indent,
    ...row.flatMap((cell, column) => [cell, " ".repeat((widths[column] ?? 0) - widthOf(cell) + 2)]),
  ])
}

function widthOf(cell: Span | string): number {
  return [...printable(typeof cell === "string" ? cell : cell.text)].length
}
