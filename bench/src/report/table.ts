import type { Measurement } from "../result.js"
import { byQuantity, distinct, type Quantity } from "./by-quantity.js"
import { withSpread } from "./format.js"
import { markdownTable } from "./markdown-table.js"
import { ratioTables } from "./ratio-table.js"

/** All figures of a measurement as Markdown tables: one for each quantity, and the ratios. */
export function tablesOf({ figures, ratios }: Measurement): string {
  return [...byQuantity(figures).map(figureTable), ...ratioTables(ratios)].join("\n\n")
}

/** Groups down, contestants across: a reader compares along a row. */
function figureTable({ name, figures }: Quantity): string {
  const names = distinct(figures.map((figure) => figure.name))
  const rows = distinct(figures.map(({ group }) => group)).map((group) => [
    group,
    ...names.map((column) => {
      const figure = figures.find((candidate) => candidate.group === group && candidate.name === column)
      return figure === undefined ? "–" : withSpread(figure)
    }),
  ])
  return markdownTable([name, ...names], rows)
}
