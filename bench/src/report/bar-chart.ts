import type { Figure } from "../result.js"
import { distinct, type Quantity } from "./by-quantity.js"
import { chartWidth, type Drawing } from "./drawing.js"
import { withUnit } from "./format.js"
import { element, line, type Markup, text } from "./svg.js"

const left = 256
const right = chartWidth - 132
const row = 24
const gap = 36

/** A block of bars for each group. Each block has its own scale from 0: what is compared stands within it. */
export function barsOf({ figures }: Quantity): Drawing {
  const parts: Markup[] = []
  let y = 0
  for (const group of distinct(figures.map((figure) => figure.group))) {
    const block = figures.filter((figure) => figure.group === group)
    const scale = (right - left) / Math.max(...block.map(({ q3, median }) => Math.max(q3, median)))
    parts.push(
      text(16, y + 12, group, "group"),
      line(left, y + 18, left, y + 22 + block.length * row, "grid"),
    )
    y += 22
    for (const figure of block) {
      parts.push(...bar(figure, y, scale))
      y += row
    }
    y += gap - 22
  }
  return { height: y + 8, parts }
}

function bar({ name, median, q1, q3, unit }: Figure, y: number, scale: number): Markup[] {
  const middle = y + 9
  const ours = name.startsWith("@jwt-auth")
  const [from, to] = [left + q1 * scale, left + q3 * scale]
  const box = {
    x: left,
    y,
    width: Math.max(1, median * scale),
    height: 18,
    rx: 2,
    class: ours ? "ours" : "bar",
  }
  const spread =
    q1 === q3
      ? []
      : [
          line(from, middle, to, middle, "whisker"),
          line(from, middle - 4, from, middle + 4, "whisker"),
          line(to, middle - 4, to, middle + 4, "whisker"),
        ]
  const end = left + Math.max(median, q3) * scale
  return [
    text(left - 8, middle + 5, name, "end"),
    element("rect", box),
    ...spread,
    text(end + 6, middle + 5, withUnit(median, unit)),
  ]
}
