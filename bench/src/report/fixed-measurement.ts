import type { Measurement, Question } from "../result.js"
import type { Subject } from "./report.js"

/** A measurement whose every number is known, for tests of what is made of it. */
export const fixedMeasurement: Measurement = {
  figures: [
    { group: "1", name: "@jwt-auth/core", unit: "ns", median: 210, q1: 200, q3: 240 },
    { group: "1", name: 'peer <&> "co"', unit: "ns", median: 1950, q1: 1900, q3: 2030 },
    { group: "1,000", name: "@jwt-auth/core", unit: "ns", median: 250, q1: 250, q3: 250 },
    { group: "1,000", name: 'peer <&> "co"', unit: "ns", median: 3.5e6, q1: 999, q3: 4e6 },
    {
      group: "1,000",
      name: "@jwt-auth/core",
      unit: "tokens/s",
      quantity: "tokens per second",
      median: 39_389,
      q1: 31_000,
      q3: 41_000,
    },
  ],
  ratios: [
    { group: "1", name: "@jwt-auth/core", to: 'peer <&> "co"', median: 0.108, q1: 0.1, q3: 0.12 },
    { group: "1,000", name: "@jwt-auth/core", to: "@jwt-auth/core, 1", median: 1.19, q1: 1.19, q3: 1.19 },
  ],
}

export const fixedSubject: Subject = {
  id: "fixed",
  title: "What does <it> cost, & why?",
  chart: "bars",
  axis: "live tokens",
}

const first = ({ ratios }: Measurement) => ratios[0]?.median

export const fixedBudgets: Question["budgets"] = [
  { what: "at most a fifth of the peer", limit: { atMost: 0.2 }, measured: first },
  { what: "at most a tenth of the peer", limit: { atMost: 0.1 }, measured: first },
  { what: "at least twice the peer", limit: { atLeast: 2 }, measured: first },
  { what: "only elsewhere", limit: { atMost: 1 }, measured: () => undefined },
  { what: "broken", limit: { atMost: 1 }, measured: () => Number.NaN },
]
