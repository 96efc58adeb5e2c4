import { describe, expect, test } from "vitest"
import { chartOf } from "./chart.js"
import { fixedMeasurement, fixedSubject } from "./fixed-measurement.js"

/** Every element is closed in its order, every attribute is quoted, and no text has markup of its own. */
function expectWellFormed(xml: string) {
  const open: string[] = []
  const rest = xml.replace(/<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)>/g, (_, slash, name) => {
    if (slash === "") open.push(name)
    else expect(open.pop()).toBe(name)
    return ""
  })
  expect(open).toEqual([])
  expect(rest).not.toMatch(/[<>]/)
  expect(rest).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/)
}

describe.each(["bars", "lines"] as const)("a chart of %s", (chart) => {
  const svg = chartOf({ ...fixedSubject, chart }, fixedMeasurement)

  test("is well-formed, whatever the names hold", () => {
    expectWellFormed(svg)
    expect(svg).toContain("What does &lt;it&gt; cost, &amp; why?")
  })

  test("tells those who hear it every figure that it shows", () => {
    const description = /<desc id="description">(.*)<\/desc>/.exec(svg)?.[1]
    expect(description).toBe(
      "1, @jwt-auth/core: 210 ns. 1, peer &lt;&amp;&gt; &quot;co&quot;: 1.95 µs. " +
        "1,000, @jwt-auth/core: 250 ns. 1,000, peer &lt;&amp;&gt; &quot;co&quot;: 3.50 ms.",
    )
    expect(svg).toContain('aria-labelledby="title description"')
  })

  test("names who is compared", () => {
    expect(svg).toMatch(/<text [^>]*>@jwt-auth\/core/)
    expect(svg).toMatch(/<text [^>]*>peer &lt;&amp;&gt; &quot;co&quot;/)
  })

  test("needs nothing else: no script, no other file, no font", () => {
    expect(svg).not.toMatch(/<script|href|url\(|@import|@font-face/)
  })

  test("has colours for dark mode", () => {
    expect(svg).toContain("@media (prefers-color-scheme: dark)")
  })

  test("draws no point beside the picture, and none that is no number", () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    const height = Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1])
    for (const [, y] of svg.matchAll(/ c?y[12]?="([^"]*)"/g)) expect(Number(y)).toBeLessThanOrEqual(height)
    for (const [, x] of svg.matchAll(/ c?x[12]?="([^"]*)"/g)) expect(Number(x)).toBeLessThanOrEqual(760)
  })
})

test("a line whose groups are no numbers is an error", () => {
  const figure = { group: "RS256", name: "a", unit: "ns", median: 1, q1: 1, q3: 1 } as const
  expect(() => chartOf({ ...fixedSubject, chart: "lines" }, { figures: [figure], ratios: [] })).toThrow(
    "RS256",
  )
})
