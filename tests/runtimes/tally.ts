import type { ConformanceRow } from "../conformance/suite.js"
import type { Verdict } from "../conformance/verdict.js"

/** What the suite came to in one place. */
export interface Tally {
  readonly exact: number
  /** How often, by reason. */
  readonly shown: Readonly<Record<string, number>>
  readonly unsendable: Readonly<Record<string, number>>
  readonly failed: readonly { readonly row: string; readonly mismatches: readonly string[] }[]
}

export function tallyOf(rows: readonly ConformanceRow[], verdicts: readonly Verdict[]): Tally {
  return {
    exact: verdicts.filter(({ kind }) => kind === "exact").length,
    shown: byReason(verdicts, "shown"),
    unsendable: byReason(verdicts, "unsendable"),
    failed: rows.flatMap(({ point, name }, index) => {
      const verdict = verdicts[index] ?? { kind: "failed", mismatches: ["it was not run"] }
      return verdict.kind === "failed" ? [{ row: `${point} ${name}`, mismatches: verdict.mismatches }] : []
    }),
  }
}

function byReason(verdicts: readonly Verdict[], kind: "shown" | "unsendable"): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const verdict of verdicts) {
    if (verdict.kind === kind) counts[verdict.reason] = (counts[verdict.reason] ?? 0) + 1
  }
  return counts
}

export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0)
}

/** As the table has it. */
export function cellOf({ exact, shown, unsendable, failed }: Tally): string {
  const counts = `${exact} · ${sum(shown)} · ${sum(unsendable)}`
  return failed.length === 0 ? counts : `${counts}, ${failed.length} failed`
}
