import type { Figure } from "../result.js"

/** Figures that can stand in one table or chart, under what they measure. */
export interface Quantity {
  /** Empty where a question measures one thing only. */
  readonly name: string
  readonly figures: readonly Figure[]
}

/** Values without repetition, in the order in which they came. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

/** Sorts figures by what they measure, in the order in which they came. */
export function byQuantity(figures: readonly Figure[]): Quantity[] {
  const kindOf = ({ quantity = "", unit }: Figure) => `${quantity} ${unit}`
  return distinct(figures.map(kindOf)).map((kind) => {
    const same = figures.filter((figure) => kindOf(figure) === kind)
    return { name: same[0]?.quantity ?? "", figures: same }
  })
}
