import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { full } from "../effort.js"
import { thisMachine } from "../measure/machine.js"
import { measuredPackages } from "../measured-packages.js"
import type { Question } from "../result.js"
import { fixedBudgets, fixedMeasurement, fixedSubject } from "./fixed-measurement.js"
import { readmeOf } from "./readme.js"
import { reportOf } from "./report.js"
import { tablesOf } from "./table.js"

const machine = thisMachine(measuredPackages)
const question: Question = {
  ...fixedSubject,
  about: "What is timed.",
  budgets: fixedBudgets,
  measure: async () => fixedMeasurement,
}
const report = reportOf(question, fixedMeasurement, full, machine)

describe("the page of results", () => {
  const page = readmeOf([report])

  test("has every table, the chart, what it is about, and the command", () => {
    expect(page).toContain(tablesOf(fixedMeasurement))
    expect(page).toContain("(fixed.svg)")
    expect(page).toContain("What is timed.")
    expect(page).toContain("`pnpm bench fixed`")
    expect(page).toContain("NOT MET")
  })

  test("says once what all was measured on, with the version of everything that took part", () => {
    expect(readmeOf([report, report]).split(machine.cpu)).toHaveLength(2)
    for (const name of measuredPackages) expect(page).toMatch(new RegExp(`${name} \\d+\\.\\d+\\.\\d+`))
    expect(page).toContain(`Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`)
  })

  test("tells results of different machines apart", () => {
    const other = {
      ...report,
      question: { ...report.question, id: "other" },
      machine: { ...machine, cpu: "Z80" },
    }
    const both = readmeOf([report, other])
    expect(both).toContain("other: Z80, ")
    expect(both).toContain(`fixed: ${machine.cpu}, `)
  })
})

test("what is stored of the machine names no folder and no host", () => {
  const told = ["cpu", "cores", "memoryGiB", "platform", "node", "openssl", "versions"]
  expect(Object.keys(machine)).toEqual(told)
  expect(JSON.stringify(report)).not.toContain(fileURLToPath(new URL("../../..", import.meta.url)))
})

test("a stored report is read back as it was", () => {
  const finite = { ...report, budgets: report.budgets.filter(({ what }) => what !== "broken") }
  expect(readmeOf([JSON.parse(JSON.stringify(finite))])).toBe(readmeOf([finite]))
})
