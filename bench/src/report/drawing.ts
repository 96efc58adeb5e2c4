import type { Markup } from "./svg.js"

/** The part below the title. */
export interface Drawing {
  readonly height: number
  readonly parts: readonly Markup[]
}

/** Width of every chart, in its own units: it scales to where it is shown. */
export const chartWidth = 760
