import type { Ratio } from "../result.js"
import { distinct } from "./by-quantity.js"
import { timesWithSpread } from "./format.js"
import { markdownTable } from "./markdown-table.js"

/**
 * Ratios as Markdown tables: one for each contestant that is compared to several, one for each to which several are
 * compared, and one for what is left.
 */
export function ratioTables(ratios: readonly Ratio[]): string[] {
  const names = distinct(ratios.map(({ name }) => name)).filter((name) => isRepeated(ratios, { name }))
  const others = ratios.filter(({ name }) => !names.includes(name))
  const tos = distinct(others.map(({ to }) => to)).filter((to) => isRepeated(others, { to }))
  const single = others.filter(({ to }) => !tos.includes(to))
  return [
    ...names.map((name) =>
      tableOf(
        `${name} to`,
        ratios.filter((ratio) => ratio.name === name),
        ({ to }) => to,
      ),
    ),
    ...tos.map((to) =>
      tableOf(
        `to ${to}`,
        others.filter((ratio) => ratio.to === to),
        ({ name }) => name,
      ),
    ),
    ...(single.length === 0 ? [] : [listOf(single)]),
  ]
}

/** Whether several ratios of one group have this side in common. */
function isRepeated(ratios: readonly Ratio[], { name, to }: { name?: string; to?: string }): boolean {
  const groups = ratios.filter((ratio) => ratio.name === name || ratio.to === to).map(({ group }) => group)
  return groups.length > distinct(groups).length
}

/** Groups down, the other side across. */
function tableOf(corner: string, ratios: readonly Ratio[], columnOf: (ratio: Ratio) => string): string {
  const columns = distinct(ratios.map(columnOf))
  const rows = distinct(ratios.map(({ group }) => group)).map((group) => [
    group,
    ...columns.map((column) => {
      const ratio = ratios.find((candidate) => candidate.group === group && columnOf(candidate) === column)
      return ratio === undefined ? "–" : timesWithSpread(ratio)
    }),
  ])
  return markdownTable([corner, ...columns], rows)
}

function listOf(ratios: readonly Ratio[]): string {
  const rows = ratios.map((ratio) => [`${ratio.group}: ${ratio.name} to ${ratio.to}`, timesWithSpread(ratio)])
  return markdownTable(["", "ratio"], rows)
}
