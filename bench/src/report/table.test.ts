import { describe, expect, test } from "vitest"
import { fixedMeasurement } from "./fixed-measurement.js"
import { tablesOf } from "./table.js"

describe("tables", () => {
  test("groups stand below each other, contestants beside each other, and each quantity has its table", () => {
    expect(tablesOf(fixedMeasurement)).toBe(`|  | @jwt-auth/core | peer <&> "co" |
| --- | ---: | ---: |
| 1 | 210 ns (200 – 240) | 1.95 µs (1.90 – 2.03) |
| 1,000 | 250 ns | 3.50 ms (999 ns – 4.00 ms) |

| tokens per second | @jwt-auth/core |
| --- | ---: |
| 1,000 | 39,400 tokens/s (31,000 – 41,000) |

|  | ratio |
| --- | ---: |
| 1: @jwt-auth/core to peer <&> "co" | 0.11 × (0.10 – 0.12) |
| 1,000: @jwt-auth/core to @jwt-auth/core, 1 | 1.19 × |`)
  })

  test("who is compared to several has a table of its own", () => {
    const ratio = { group: "RS256", name: "ours", median: 0.5, q1: 0.5, q3: 0.5 }
    const ratios = [
      { ...ratio, to: "a" },
      { ...ratio, to: "b", median: 120, q1: 99, q3: 140 },
      { ...ratio, group: "HS256", to: "b", median: 0.044 },
    ]
    expect(tablesOf({ figures: [], ratios })).toBe(`| ours to | a | b |
| --- | ---: | ---: |
| RS256 | 0.50 × | 120 × (99.00 – 140) |
| HS256 | – | 0.044 × |`)
  })

  test("those who are compared to one have a table together", () => {
    const ratio = { group: "RS256", to: "good", median: 0.5, q1: 0.5, q3: 0.5 }
    const ratios = [
      { ...ratio, name: "garbage" },
      { ...ratio, name: "expired", median: 1 },
    ]
    expect(tablesOf({ figures: [], ratios })).toBe(`| to good | garbage | expired |
| --- | ---: | ---: |
| RS256 | 0.50 × | 1.00 × |`)
  })

  test("a pipe in a name does not end its cell", () => {
    const figure = { group: "a|b", name: "c", unit: "ms", median: 1, q1: 1, q3: 1 } as const
    expect(tablesOf({ figures: [figure], ratios: [] })).toContain("| a\\|b | 1.00 ms |")
  })
})
