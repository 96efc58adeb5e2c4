import type { Figure } from "../result.js"
import { distinct, type Quantity } from "./by-quantity.js"
import { lineColourCount } from "./chart-style.js"
import { chartWidth, type Drawing } from "./drawing.js"
import { withUnit } from "./format.js"
import { element, line, type Markup, text } from "./svg.js"

const left = 72
const right = chartWidth - 260
const plotHeight = 320
const labelGap = 17

/** A line for each contestant. Both axes count in powers of ten: what stays flat is flat, what doubles is steep. */
export function linesOf({ figures }: Quantity, axis: string): Drawing {
  const x = xScale(figures)
  const y = yScale(figures)
  const names = distinct(figures.map(({ name }) => name))
  const series = names.map((name, index) => ({
    name,
    className: `s${index % lineColourCount}`,
    points: figures.filter((figure) => figure.name === name),
  }))
  const parts = [
    ...y.ticks.flatMap((tick) => [
      line(left, y.at(tick), right, y.at(tick), "grid"),
      text(left - 8, y.at(tick) + 4, tickLabel(tick, figures[0]?.unit ?? "ns"), "end quiet"),
    ]),
    ...distinct(figures.map(({ group }) => group)).map((group) =>
      text(x(group), plotHeight + 20, group, "middle quiet"),
    ),
    text((left + right) / 2, plotHeight + 42, axis, "middle"),
    ...series.flatMap(({ className, points }) => curve(points, className, x, y.at)),
    ...labels(series, y.at),
  ]
  return { height: plotHeight + 56, parts }
}

interface Series {
  readonly name: string
  readonly className: string
  readonly points: readonly Figure[]
}

function curve(
  points: readonly Figure[],
  className: string,
  x: (group: string) => number,
  y: (value: number) => number,
): Markup[] {
  const path = points.map(
    ({ group, median }, index) => `${index === 0 ? "M" : "L"}${x(group).toFixed(1)} ${y(median).toFixed(1)}`,
  )
  const whiskers = points.map(({ group, q1, q3 }) =>
    line(x(group), y(q1), x(group), y(q3), `${className} series`),
  )
  const dots = points.map(({ group, median }) =>
    element("circle", { cx: x(group), cy: y(median), r: 3, class: `${className} dot` }),
  )
  return [element("path", { d: path.join(""), class: `${className} series` }), ...whiskers, ...dots]
}

/** Names beside the ends of their lines, moved apart where lines end together. */
function labels(series: readonly Series[], y: (value: number) => number): Markup[] {
  const ends = series
    .map(({ name, className, points }) => ({ name, className, last: points.at(-1) as Figure }))
    .map((end) => ({ ...end, at: y(end.last.median) }))
    .sort((a, b) => a.at - b.at)
  const overflow = Math.max(0, (ends[0]?.at ?? 0) + ends.length * labelGap - plotHeight - labelGap)
  let next = Math.max(0, (ends[0]?.at ?? 0) - overflow)
  return ends.flatMap(({ name, className, last, at }) => {
    const labelY = Math.max(next, Math.min(at, plotHeight))
    next = labelY + labelGap
    const label = `${name}: ${withUnit(last.median, last.unit)}`
    return [
      line(right + 10, labelY, right + 24, labelY, `series ${className}`),
      text(right + 30, labelY + 4, label),
    ]
  })
}

function xScale(figures: readonly Figure[]): (group: string) => number {
  const numbers = figures.map(({ group }) => numberOf(group))
  const [low, high] = [Math.log10(Math.min(...numbers)), Math.log10(Math.max(...numbers))]
  const width = right - left - 40
  return (group) =>
    left + 20 + (high === low ? width / 2 : ((Math.log10(numberOf(group)) - low) / (high - low)) * width)
}

function yScale(figures: readonly Figure[]) {
  const low = Math.floor(Math.log10(Math.min(...figures.map(({ q1 }) => q1))))
  const high = Math.ceil(Math.log10(Math.max(...figures.map(({ q3 }) => q3))))
  const top = high === low ? high + 1 : high
  const at = (value: number) => plotHeight - ((Math.log10(value) - low) / (top - low)) * plotHeight
  return { at, ticks: Array.from({ length: top - low + 1 }, (_, index) => 10 ** (low + index)) }
}

/** "100 ns", not "100.00 ns". */
function tickLabel(value: number, unit: Figure["unit"]): string {
  return withUnit(value, unit).replace(/\.0+ /, " ")
}

/** Groups are numbers as people write them: "1", "10,000". */
function numberOf(group: string): number {
  const value = Number(group.replaceAll(",", ""))
  if (!(value > 0)) throw new Error(`a line needs numbers, not "${group}"`)
  return value
}
