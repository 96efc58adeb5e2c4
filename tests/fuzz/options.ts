import { parseArgs } from "node:util"

export const help = `Usage: pnpm fuzz [--minutes N] [--seed N]

Asks the two signature engines, the two readers of segments, and the whole core on each of them the same
questions, and tells when they do not agree.

  --minutes N   how long, 1 by default
  --seed N      the same choices again; the seed of a run is in its last line
  --help        this text

Exits with 1 when there was a disagreement. It is printed with all that it needs: public keys are; a secret
follows from the seed, and is not.
`

export interface Options {
  readonly minutes: number
  readonly seed: number
}

/** What the command line asks for; undefined for help. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    options: { minutes: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
  })
  if (values.help === true) return undefined
  const minutes = Number(values.minutes ?? 1)
  const seed = Number(values.seed ?? Date.now() % 2 ** 32)
  if (!(minutes > 0)) throw new Error("--minutes takes a number above 0")
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error("--seed takes a whole number")
  return { minutes, seed }
}
