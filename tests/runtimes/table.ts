const block = /(<!-- runtimes -->\n)([\s\S]*?)(<!-- \/runtimes -->)/

/** What stands in a table of results, by row and column. */
export type Cells = ReadonlyMap<string, string>

export function cellKey(row: string, column: string): string {
  return `${row} on ${column}`
}

/** The page with this table between its marks. */
export function withTable(
  page: string,
  rows: readonly string[],
  columns: readonly string[],
  cells: Cells,
): string {
  if (!block.test(page))
    throw new Error("the page has no place for it: <!-- runtimes --> to <!-- /runtimes -->")
  const lines = [
    ["", ...columns],
    ["---", ...columns.map(() => "---")],
    ...rows.map((row) => [row, ...columns.map((column) => cells.get(cellKey(row, column)) ?? "—")]),
  ]
  const table = lines.map((line) => `| ${line.join(" | ")} |\n`).join("")
  return page.replace(block, (_, start: string, __: string, end: string) => `${start}${table}${end}`)
}

/** What the page says now: of a runtime that is not there, nothing else is known. */
export function cellsIn(page: string): Cells {
  const [header = [], , ...rows] = (block.exec(page)?.[2] ?? "")
    .trim()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  return new Map(
    rows.flatMap(([row = "", ...cells]) =>
      cells.map((cell, i) => [cellKey(row, header[i + 1] ?? ""), cell] as const),
    ),
  )
}
