import type { ConformanceRow, Expectation, Observation } from "@jwt-auth/core/testing"
import { observeDecision } from "../../packages/core/test/observe-decision.js"
import { pathOf } from "./server-liberties.js"

/** What must come of a request that no row is about: what the core decides for it. Other rows hold that this is right. */
export async function expectationOf(row: ConformanceRow, observed: Observation): Promise<Expectation> {
  const decided = await observeDecision(row)
  if (decided.outcome === "deny") {
    const { status, code, wwwAuthenticate } = decided
    return { outcome: "deny", status, code, wwwAuthenticate } as Expectation
  }
  const { outcome, consumer, cacheControl, wouldDeny, views } = decided
  const gone = (row.request.headers ?? []).map(([name]) => [name.toLowerCase(), null])
  const downstream = { ...Object.fromEntries(gone), ...views["edits"] }
  // An adapter may know the target behind the URL that its handlers see, as Hono's does on Node.
  const asUrl = observed.outcome !== "deny" && observed.path === pathOf(decided.path)
  const path = asUrl ? observed.path : decided.path
  return { outcome, consumer, cacheControl, wouldDeny, path, downstream } as Expectation
}
