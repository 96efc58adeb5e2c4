import { type ConformanceRow, mismatches, type Observation } from "@jwt-auth/core/testing"
import { expectationOf } from "./expectation-of.js"
import type { Shown } from "./protocol.js"
import { malformed, rewritten } from "./server-liberties.js"

/** What a row came to on one server. */
export type Verdict =
  /** All is as the row says. */
  | { readonly kind: "exact" }
  /** The server gave the app another request than the one sent, and all is as the core decides for that one. */
  | { readonly kind: "shown"; readonly reason: string }
  /** The app was never asked. */
  | { readonly kind: "unsendable"; readonly reason: string }
  | { readonly kind: "failed"; readonly mismatches: readonly string[] }

/** What became of a request: refused before the app was asked, or shown to the app. */
export type Outcome = { readonly refused: string } | { readonly shown: Shown; readonly observed: Observation }

/** Not an answer that a server gives to a bad request. */
const crash = "answered 500"

export async function judge(row: ConformanceRow, outcome: Outcome): Promise<Verdict> {
  if ("refused" in outcome) {
    const reason = outcome.refused === crash ? row.coreOnly : (malformed(row.request) ?? row.coreOnly)
    return reason === undefined
      ? { kind: "failed", mismatches: [`the app was not asked: ${outcome.refused}`] }
      : { kind: "unsendable", reason }
  }
  const { shown, observed } = outcome
  const asSent = mismatches(row, observed)
  if (asSent.length === 0) return { kind: "exact" }
  const change = rewritten(row.request, shown)
  if (change === undefined) return { kind: "failed", mismatches: asSent }
  const asked = { ...row, request: change.request }
  const asShown = mismatches({ ...asked, expect: await expectationOf(asked, observed) }, observed)
  return asShown.length === 0
    ? { kind: "shown", reason: change.reason }
    : { kind: "failed", mismatches: asShown }
}
