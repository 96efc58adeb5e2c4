/** Colours of the lines of a chart, in light mode and in dark mode, on which all of them can be told from the background. */
const lineColours = [
  ["#0969da", "#4493f8"],
  ["#bc4c00", "#f0883e"],
  ["#1a7f37", "#3fb950"],
  ["#8250df", "#ab7df8"],
  ["#bf3989", "#f778ba"],
  ["#6e5a00", "#d4a72c"],
  ["#59636e", "#9198a1"],
] as const

export const lineColourCount = lineColours.length

/** Of both modes: an image in a page cannot ask the page for its mode, only the reader's system. */
export const chartStyle = `
svg { background: #ffffff; color: #1f2328; font: 13px system-ui, "Segoe UI", sans-serif; fill: currentColor }
.title { font-size: 16px; font-weight: 600 } .group { font-weight: 600 } .end { text-anchor: end }
.middle { text-anchor: middle } .quiet { fill: #59636e } .bar { fill: #afb8c1 } .ours { fill: #0969da }
.grid { stroke: #d1d9e0 } .whisker { stroke: #1f2328; stroke-width: 1.2 } .dot { fill: currentColor }
.series { fill: none; stroke-width: 2 }
${lineColours.map(([light], number) => colour(number, light)).join("\n")}
@media (prefers-color-scheme: dark) {
svg { background: #0d1117; color: #f0f6fc } .quiet { fill: #9198a1 } .bar { fill: #57606a } .ours { fill: #4493f8 }
.grid { stroke: #3d444d } .whisker { stroke: #f0f6fc }
${lineColours.map(([, dark], number) => colour(number, dark)).join("\n")}
}
`

/** Both: what is filled takes the text's colour. */
function colour(number: number, value: string): string {
  return `.s${number} { stroke: ${value}; color: ${value} }`
}
