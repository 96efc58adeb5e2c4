import { type ConformanceRow, mismatches, type Observation } from "@jwt-auth/core/testing"
import { run, type Send } from "./driver.js"
import type { Verdict } from "./verdict.js"

export { type ConformanceRow, conformanceRows } from "@jwt-auth/core/testing"

/** Every row through a server, a few at a time, as servers are used to. */
export async function runAll(rows: readonly ConformanceRow[], send: Send): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  const left = rows.entries()
  const lane = async () => {
    for (const [index, row] of left) verdicts[index] = await run(row, index, send)
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  return verdicts
}

/** Of what `decide()` made of every row. */
export function judgeAll(
  rows: readonly ConformanceRow[],
  observed: readonly Observation[],
): readonly Verdict[] {
  return rows.map((row, index) => {
    const seen = observed[index]
    const lines = seen === undefined ? ["it was not decided"] : mismatches(row, seen)
    return lines.length === 0 ? { kind: "exact" } : { kind: "failed", mismatches: lines }
  })
}
