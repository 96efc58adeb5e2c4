import { type ClaimIndex, claimKey, type PlaceGroup, type PolicyConsumer } from "../config/policy.js"
import type { JwtClaims } from "../decision.js"
import { ownValue } from "../own-value.js"
import type { Reason } from "../reasons.js"

const nobody: readonly PolicyConsumer[] = []

/**
 * The consumers of a group whose claims the payload has, or why there are none. Exact strings only: a claim of another
 * type is no match (CVE-2024-53861, CVE-2025-30144).
 */
export function candidatesIn(group: PlaceGroup, claims: JwtClaims): readonly PolicyConsumer[] | Reason {
  let found = nobody
  let reason: Reason = "claim_missing"
  for (const index of group.indexes) {
    const key = keyIn(index, claims)
    if (key === undefined) continue
    reason = "claim_mismatch"
    const some = index.byValues.get(key) ?? nobody
    // Nearly always one index has them all: its own list is as good as a copy.
    found = found.length === 0 ? some : [...found, ...some]
  }
  return found.length === 0 ? reason : found
}

/** The look-up key of the claims that an index asks for, or undefined when one is missing or no string. */
function keyIn({ names }: ClaimIndex, claims: JwtClaims): string | undefined {
  const values: string[] = []
  for (const name of names) {
    const value = ownValue(claims, name)
    if (typeof value !== "string") return undefined
    values.push(value)
  }
  return claimKey(values)
}
