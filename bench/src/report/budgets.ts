import type { Budget, Measurement } from "../result.js"
import { times } from "./format.js"

/** How a budget came out. */
export interface Verdict {
  readonly what: string
  /** "≤ 0.4 ×" */
  readonly limit: string
  readonly measured: number | undefined
  readonly met: boolean
}

/** Holds a measurement against its budgets. One that does not apply counts as met. */
export function judge(budgets: readonly Budget[], measurement: Measurement): Verdict[] {
  return budgets.map(({ what, limit, measured }) => {
    const ratio = measured(measurement)
    return {
      what,
      limit: limitText(limit),
      measured: ratio,
      met: ratio === undefined || isWithin(limit, ratio),
    }
  })
}

/** The verdicts as lines of plain text: what, ratio, limit, met or not. Colour only repeats what the words say. */
export function verdictLines(verdicts: readonly Verdict[], colour: boolean): string[] {
  const width = Math.max(0, ...verdicts.map(({ what }) => what.length))
  return verdicts.map(({ what, limit, measured, met }) => {
    const ratio = measured === undefined ? "–" : times(measured)
    const word = measured === undefined ? "does not apply" : met ? "met" : "NOT MET"
    const line = `${what.padEnd(width)}  ${ratio.padStart(9)}  limit ${limit.padEnd(8)}  ${word}`
    return colour && measured !== undefined ? `\u001b[${met ? 32 : 31}m${line}\u001b[39m` : line
  })
}

/** "27 of 28 budgets met" */
export function summary(verdicts: readonly Verdict[]): string {
  const applying = verdicts.filter(({ measured }) => measured !== undefined)
  return `${applying.filter(({ met }) => met).length} of ${applying.length} budgets met`
}

function isWithin(limit: Budget["limit"], ratio: number): boolean {
  // Not `ratio > atMost`: a figure that is no number meets nothing.
  return "atMost" in limit ? ratio <= limit.atMost : ratio >= limit.atLeast
}

function limitText(limit: Budget["limit"]): string {
  return "atMost" in limit ? `≤ ${limit.atMost} ×` : `≥ ${limit.atLeast} ×`
}
