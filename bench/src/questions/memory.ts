import type { Held, TokenKind } from "../children/held.js"
import { runChild } from "../children/run-child.js"
import { findRatio } from "../measure/find-ratio.js"
import { figureOf, ratioOf, type Sample } from "../measure/samples.js"
import type { Budget, Measurement, Question } from "../result.js"

/** How many different tokens of a kind are sent before the process is looked at. */
const counts: Readonly<Record<TokenKind, readonly number[]>> = {
  good: [10_000, 100_000, 1_000_000],
  refused: [10_000, 100_000, 1_000_000],
  "good and 8 kB long": [10_000, 100_000],
}
const kinds = Object.keys(counts) as TokenKind[]
const processes = 3

/** What an authenticator holds on to. */
export const memory: Question = {
  id: "memory",
  title: "Does the memory grow with the number of tokens?",
  about:
    "A process in which one authenticator with its default cache decides on HS256 tokens, no two of them alike, and what it " +
    "holds after a full garbage collection, Node and all modules included.",
  chart: "bars",
  budgets: kinds.map(budgetOf),
  async measure(progress, { quick, atMost }) {
    const runs: Measurement[] = []
    for (const kind of kinds) {
      const seen: Held[][] = []
      for (let run = 0; run < (quick ? 1 : processes); run++) {
        progress(`${kind}, process ${run + 1}`)
        const args = counts[kind].map((count) => String(Math.min(count, atMost)))
        seen.push(await runChild<Held[]>("fill-cache", [kind, ...args], ["--expose-gc"]))
      }
      runs.push(measurementOf(kind, seen))
    }
    return { figures: runs.flatMap(({ figures }) => figures), ratios: runs.flatMap(({ ratios }) => ratios) }
  },
}

function measurementOf(kind: TokenKind, seen: readonly (readonly Held[])[]): Measurement {
  const samplesOf = (what: keyof Held): Sample[] =>
    counts[kind].map((count, i) => ({
      group: groupOf(kind),
      name: after(count),
      values: seen.map((held) => held[i]?.[what] ?? Number.NaN),
    }))
  const heap = samplesOf("heapUsed")
  const [first] = heap
  return {
    figures: [
      ...heap.map((sample) => figureOf(sample, "bytes", "heap in use")),
      ...samplesOf("rss").map((sample) => figureOf(sample, "bytes", "resident memory")),
    ],
    ratios: first === undefined ? [] : heap.slice(1).map((sample) => ratioOf(sample, first)),
  }
}

/**
 * The limit leaves room for what is not ours, such as code that has been compiled in the meantime. It leaves no room for a
 * leak: one tenth of such a heap is a few bytes for each of the tokens in between.
 */
function budgetOf(kind: TokenKind): Budget {
  const [few = 0] = counts[kind]
  const many = counts[kind].at(-1) ?? 0
  return {
    what: `heap after ${thousands(many)} ${groupOf(kind)}: at most 1.1 × the heap after ${thousands(few)}`,
    limit: { atMost: 1.1 },
    measured: (measurement) => findRatio(measurement, groupOf(kind), after(many), after(few)),
  }
}

function groupOf(kind: TokenKind): string {
  return `tokens that are ${kind}`
}

function after(count: number): string {
  return `after ${thousands(count)}`
}

function thousands(count: number): string {
  return count.toLocaleString("en")
}
