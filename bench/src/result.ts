/** One figure: the median over the rounds of a run, and its spread. */
export interface Figure {
  /** What is compared within a group: "RS256", "1,000 live tokens". */
  readonly group: string
  /** Who: "@jwt-auth/core", "fast-jwt", "node:crypto verify". */
  readonly name: string
  readonly unit: "ns" | "requests/s" | "tokens/s" | "ms" | "bytes" | "kB"
  /** What is measured, where a question measures several things: "CPU time per token". The first one is charted. */
  readonly quantity?: string
  readonly median: number
  /** Quartiles. */
  readonly q1: number
  readonly q3: number
}

/** How two figures of one group compare, taken round by round: the machine's noise hits both. */
export interface Ratio {
  readonly group: string
  readonly name: string
  readonly to: string
  readonly median: number
  readonly q1: number
  readonly q3: number
}

/** What a question measures in one run. */
export interface Measurement {
  readonly figures: readonly Figure[]
  readonly ratios: readonly Ratio[]
}

/** One line of the budgets, held against a measurement. */
export interface Budget {
  /** In words: "repeated token, 1 live token: at most 0.4 × fast-jwt's cache". */
  readonly what: string
  readonly limit: { readonly atMost: number } | { readonly atLeast: number }
  /** The ratio that is held against the limit; undefined where the budget does not apply to this run. */
  readonly measured: (measurement: Measurement) => number | undefined
}

/** How much work a run puts into its figures. */
export interface Effort {
  /** Fewer rounds, for a first look. */
  readonly quick: boolean
  readonly rounds: number
  /** How long one contestant works in one round, in milliseconds. */
  readonly roundMs: number
  /** Caps what a question counts up to, live tokens or consumers: only tests of the bench set it. */
  readonly atMost: number
}

/** Something a reader wants to know, and how it is measured. */
export interface Question {
  /** File name of its results: "repeated-token". */
  readonly id: string
  /** As a reader would ask it. */
  readonly title: string
  /** What a reader has to know to read the figures: what is timed, with what, and what is not. */
  readonly about?: string
  /** Bars of one group stand together; a line needs groups that are numbers. */
  readonly chart: "bars" | "lines"
  /** What the numbers of a line's groups count: "consumers". */
  readonly axis?: string
  readonly budgets: readonly Budget[]
  /** @param progress told of each step in a few words: long work shows that it lives */
  measure(progress: (step: string) => void, effort: Effort): Promise<Measurement>
}
