import { expect, it } from "vitest"
import { smoke } from "../effort.js"
import { memory } from "./memory.js"
import { parsing } from "./parsing.js"
import { size } from "./size.js"

// Against the built packages, as `pnpm bench` has it.
it.each([memory, parsing, size])("$id has figures, and a ratio for each budget", async (question) => {
  const measurement = await question.measure(() => {}, smoke)
  expect(measurement.figures.length).toBeGreaterThan(0)
  for (const { median } of [...measurement.figures, ...measurement.ratios])
    expect(median).toSatisfy((value) => Number.isFinite(value) && value > 0)
  for (const { what, measured } of question.budgets)
    expect(measured(measurement), what).toSatisfy(Number.isFinite)
})
