import { describe, expect, test } from "vitest"
import { judge, summary, verdictLines } from "./budgets.js"
import { fixedBudgets, fixedMeasurement } from "./fixed-measurement.js"

const verdicts = judge(fixedBudgets, fixedMeasurement)

describe("budgets", () => {
  test("each line says what, the ratio, the limit, and whether it is met", () => {
    expect(verdictLines(verdicts, false)).toEqual([
      "at most a fifth of the peer     0.11 ×  limit ≤ 0.2 ×   met",
      "at most a tenth of the peer     0.11 ×  limit ≤ 0.1 ×   NOT MET",
      "at least twice the peer         0.11 ×  limit ≥ 2 ×     NOT MET",
      "only elsewhere                       –  limit ≤ 1 ×     does not apply",
      "broken                           NaN ×  limit ≤ 1 ×     NOT MET",
    ])
  })

  test("colour adds nothing that the words do not say", () => {
    const esc = String.fromCharCode(27)
    const coloured = verdictLines(verdicts, true)
    expect(coloured[0]).toContain(`${esc}[32m`)
    expect(coloured[1]).toContain(`${esc}[31m`)
    const bare = coloured.map((line) => line.replaceAll(`${esc}[32m`, "").replaceAll(`${esc}[31m`, ""))
    expect(bare.map((line) => line.replaceAll(`${esc}[39m`, ""))).toEqual(verdictLines(verdicts, false))
  })

  test("a figure that is no number meets no budget", () => {
    expect(verdicts.find(({ what }) => what === "broken")?.met).toBe(false)
  })

  test("the sum counts the budgets that apply", () => {
    expect(summary(verdicts)).toBe("1 of 4 budgets met")
  })
})
