import type { Measurement } from "../result.js"
import { barsOf } from "./bar-chart.js"
import { byQuantity, type Quantity } from "./by-quantity.js"
import { chartStyle } from "./chart-style.js"
import { chartWidth } from "./drawing.js"
import { withUnit } from "./format.js"
import { linesOf } from "./line-chart.js"
import type { Subject } from "./report.js"
import { element, text } from "./svg.js"

/** A picture of the first quantity that a question measures: one SVG file that needs nothing else. */
export function chartOf(subject: Subject, { figures }: Measurement): string {
  const [quantity] = byQuantity(figures)
  if (quantity === undefined) throw new Error(`${subject.id} measured nothing`)
  const { height, parts } =
    subject.chart === "bars" ? barsOf(quantity) : linesOf(quantity, subject.axis ?? "")
  const title = titleLines(subject.title)
  const top = 44 + title.length * 20
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${chartWidth} ${top + height}`,
    role: "img",
    "aria-labelledby": "title description",
  }
  return element(
    "svg",
    attributes,
    element("title", { id: "title" }, subject.title),
    element("desc", { id: "description" }, description(quantity)),
    element("style", {}, { markup: chartStyle }),
    ...title.map((words, number) => text(16, 28 + number * 20, words, "title")),
    text(16, top - 16, caption(subject, quantity), "quiet"),
    element("g", { transform: `translate(0 ${top})` }, ...parts),
  ).markup
}

/** For those who hear the chart: every figure, in words. */
function description({ figures }: Quantity): string {
  return figures
    .map(({ group, name, median, unit }) => `${group}, ${name}: ${withUnit(median, unit)}.`)
    .join(" ")
}

/** SVG does not wrap text. */
function titleLines(title: string): string[] {
  return title.match(/.{1,76}(?:\s|$)/g)?.map((words) => words.trimEnd()) ?? []
}

function caption({ chart }: Subject, { name, figures }: Quantity): string {
  const unit = figures[0]?.unit ?? "ns"
  const better = unit === "requests/s" || unit === "tokens/s" ? "more is better" : "less is better"
  const what = name === "" ? (unit === "ns" ? "time per operation" : unit) : name
  const scale = chart === "bars" ? "; each block has its own scale" : ""
  return `${what}, ${better}; median, and whiskers between the quartiles${scale}`
}
