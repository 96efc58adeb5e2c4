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
  // What `claimKey` makes of one value: most are recognised by their issuer alone.
  if (names.length === 1) return textOf(claims, names[0] as string)
  const values: string[] = []
  for (const name of names) {
    const value = textOf(claims, name)
    if (value === undefined) return undefined
    values.push(value)
  }
  return claimKey(values)
}

function textOf(claims: JwtClaims, name: string): string | undefined {
  const value = ownValue(claims, name)
  return typeof value === "string" ? value : undefined
}
