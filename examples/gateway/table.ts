import type { Answer, DemoRequest } from "./requests.js"
import { shortenTokens } from "./tokens.js"

/** A request of the demo, what came back, and in what it differs from the document. */
export interface Row {
  readonly request: DemoRequest
  readonly answer: Answer
  readonly problems: readonly string[]
}

export interface Section {
  readonly heading: string
  readonly rows: readonly Row[]
}

type Paint = (style: keyof typeof codes, text: string) => string

const codes = { bold: 1, dim: 2, red: 31, green: 32 } as const

/** @param colour whether to use ANSI colours */
export function renderTable(sections: readonly Section[], colour: boolean): string {
  const paint: Paint = (style, text) => (colour ? `\x1b[${codes[style]}m${text}\x1b[0m` : text)
  const columns = [["Request"], ["Status"], ["Body"], ["Consumer"], ["Headers that the handler saw"]]
  const everything = [columns, ...sections.flatMap(({ rows }) => rows.map(cellsOf))]
  const widths = columns.map((_, x) =>
    Math.max(...everything.flatMap((cells) => cells[x] ?? []).map((line) => line.length)),
  )
  const lines = sections.flatMap(({ heading, rows }) => [
    paint("bold", heading),
    "",
    ...rows.flatMap((row) => [...renderRow(row, layOut(cellsOf(row), widths), paint), ""]),
  ])
  return [...layOut(columns, widths).map((line) => paint("dim", line)), "", ...lines].join("\n")
}

function renderRow({ request, problems }: Row, lines: readonly string[], paint: Paint): string[] {
  const mark = problems.length === 0 ? paint("green", "✓") : paint("red", "✗")
  const day = request.day === undefined ? "" : paint("dim", ` (${request.day})`)
  return [
    `${mark} ${request.title}${day}`,
    ...lines,
    ...problems.map((problem) => paint("red", `  ✗ ${problem}`)),
  ]
}

/** The cells of a row, each a list of lines. */
function cellsOf({ request, answer }: Row): readonly (readonly string[])[] {
  return [
    requestLines(request),
    [String(answer.status)],
    answer.body.split("\n", 1),
    [answer.consumer || "-"],
    answer.status === 200 ? orNone(answer.seen) : ["(not reached)"],
  ]
}

function requestLines({ host, path, headers = {} }: DemoRequest): readonly string[] {
  const [pathname = "", query] = path.split("?")
  const lines = [`GET ${host}${pathname}`, ...(query === undefined ? [] : [`  ?${query}`])]
  for (const [name, value] of Object.entries(headers)) lines.push(`  ${name}: ${value}`)
  return lines.map(shortenTokens)
}

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ["(none)"] : lines
}

function layOut(cells: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, y) =>
    `  ${cells.map((lines, x) => (lines[y] ?? "").padEnd(widths[x] ?? 0)).join("  ")}`.trimEnd(),
  )
}

/** https://no-color.org and https://force-color.org, as Node itself reads them. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTTY: boolean): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false"
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false
  return isTTY && TERM !== "dumb"
}
