import { figureOf, ratiosToOthers } from "../measure/samples.js"
import type { Measurement } from "../result.js"
import type { LoadSamples } from "./rounds.js"

/** Requests per second are charted and compared; what a request took stands beside them. */
export function measurementOf(
  { requests, p50, p99, cpu }: LoadSamples,
  ours: readonly string[],
): Measurement {
  return {
    figures: [
      ...requests.map((sample) => figureOf(sample, "requests/s", "requests per second")),
      ...p50.map((sample) => figureOf(sample, "ms", "time to an answer, median")),
      ...p99.map((sample) => figureOf(sample, "ms", "time to an answer, 99 of 100")),
      ...cpu.map((sample) => figureOf(sample, "ns", "CPU time per request")),
    ],
    ratios: ours.flatMap((name) => ratiosToOthers(requests, name)),
  }
}
