/** The middle of some values, and the quarters on either side of it. */
export interface Spread {
  readonly median: number
  readonly q1: number
  readonly q3: number
}

/** Median and quartiles, interpolated between neighbours. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return { median: quantile(sorted, 0.5), q1: quantile(sorted, 0.25), q3: quantile(sorted, 0.75) }
}

/** How much one is of the other, round by round: what slows a whole round down falls out. */
export function ratiosOf(values: readonly number[], to: readonly number[]): number[] {
  if (values.length !== to.length) throw new Error("rounds of different runs cannot be compared")
  return values.map((value, round) => value / (to[round] as number))
}

function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) throw new Error("no rounds were measured")
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] as number
  const above = sorted[Math.ceil(position)] as number
  return below + (above - below) * (position - Math.floor(position))
}
