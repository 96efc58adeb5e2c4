import { type ClaimIndex, claimKey, type PlaceGroup, type PolicyConsumer } from "../config/policy.js"
import type { JwtClaims } from "../decision.js"
import { ownValue } from "../own-value.js"
import type { Reason } from "../reasons.js"

/**
 * The consumers of a group whose claims the payload has, or why there are none. Exact strings only: a claim of another
 * type is no match (CVE-2024-53861, CVE-2025-30144).
 */
export function candidatesIn(group: PlaceGroup, claims: JwtClaims): readonly PolicyConsumer[] | Reason {
  const found: PolicyConsumer[] = []
  let reason: Reason = "claim_missing"
  for (const index of group.indexes) {
    const values = valuesOf(index, claims)
    if (values === undefined) continue
    reason = "claim_mismatch"
    for (const consumer of index.byValues.get(claimKey(values)) ?? []) found.push(consumer)
  }
  return found.length === 0 ? reason : found
}

function valuesOf({ names }: ClaimIndex, claims: JwtClaims): readonly string[] | undefined {
  const values: string[] = []
  for (const name of names) {
    const value = ownValue(claims, name)
    if (typeof value !== "string") return undefined
    values.push(value)
  }
  return values
}
