import type { ConformanceRow, Observation } from "@jwt-auth/core/testing"
import { observeDecision } from "../../packages/core/test/observe-decision.js"

/** Every row through `decide()`, where there is no server in between. */
export async function observeAll(rows: readonly ConformanceRow[]): Promise<readonly Observation[]> {
  const observed: Observation[] = []
  for (const row of rows) observed.push(await observeDecision(row))
  return observed
}
