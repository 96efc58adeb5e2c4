import type { Figure, Ratio } from "../result.js"
import { ratiosOf, spreadOf } from "./statistics.js"

/** What one contestant took in each round of a run. */
export interface Sample {
  readonly group: string
  readonly name: string
  readonly values: readonly number[]
}

/** The figure that stands for a sample. */
export function figureOf(sample: Sample, unit: Figure["unit"], quantity?: string): Figure {
  const { group, name, values } = sample
  return { group, name, unit, ...(quantity !== undefined && { quantity }), ...spreadOf(values) }
}

/** How one sample compares to another of the same rounds. */
export function ratioOf(sample: Sample, to: Sample): Ratio {
  const other = sample.group === to.group ? to.name : `${to.name}, ${to.group}`
  return {
    group: sample.group,
    name: sample.name,
    to: other,
    ...spreadOf(ratiosOf(sample.values, to.values)),
  }
}

/** How the one named compares to each other sample of its group, in every group. */
export function ratiosToOthers(samples: readonly Sample[], name: string): Ratio[] {
  return samples
    .filter((sample) => sample.name === name)
    .flatMap((sample) =>
      samples
        .filter((other) => other.group === sample.group && other.name !== name)
        .map((other) => ratioOf(sample, other)),
    )
}
