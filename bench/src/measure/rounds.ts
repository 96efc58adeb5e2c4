import type { Effort } from "../result.js"
import type { Sample } from "./samples.js"
import { shuffled } from "./shuffled.js"

/** One who takes part in a run. */
export interface Contestant {
  readonly group: string
  readonly name: string
  /** How many operations a round has at most: large input cannot be made by the thousand. */
  readonly mostPerRound?: number
  /** How many operations' input is made at a time. Default 100. */
  readonly inputsAtOnce?: number
  /** Makes the input of some operations, outside of the timed part. */
  prepare(part: Part): Operation
}

/** A part of a round, small enough that its input is still at hand when it is worked on, as a request's is. */
export interface Part {
  /** Counts up. Two contestants are given the same one to share input. */
  readonly round: number
  /** How many operations came before in this round. */
  readonly from: number
  readonly count: number
}

/** One operation, told its number in the part. What is not a promise is not awaited: an answer that came at once must not be charged a turn. */
export type Operation = (index: number) => unknown

/** Something that goes up while work is done, in nanoseconds. */
export type Meter = () => number

export const wallClock: Meter = () => Number(process.hrtime.bigint())

/** Nanoseconds per operation of each contestant. */
export async function runRounds(
  contestants: readonly Contestant[],
  effort: Effort,
  progress: (step: string) => void,
): Promise<Sample[]> {
  return (await runMetered(contestants, [wallClock], effort, progress))[0] as Sample[]
}

/**
 * What each meter says per operation of each contestant, in rounds in which all of them take part, in random order.
 *
 * @returns for each meter, a sample of each contestant
 */
export async function runMetered(
  contestants: readonly Contestant[],
  meters: readonly Meter[],
  { rounds, roundMs }: Effort,
  progress: (step: string) => void,
): Promise<Sample[][]> {
  const entries: Entry[] = []
  for (const contestant of contestants) {
    progress(`warming up ${contestant.name}, ${contestant.group}`)
    entries.push({ contestant, count: await calibrate(contestant, roundMs), values: meters.map(() => []) })
  }
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`)
    for (const { contestant, count, values } of shuffled(entries)) {
      const spent = await spentOn(contestant, round, count, meters)
      values.forEach((ofMeter, meter) => void ofMeter.push((spent[meter] as number) / count))
    }
  }
  return meters.map((_, meter) =>
    entries.map(({ contestant: { group, name }, values }) => ({
      group,
      name,
      values: values[meter] as number[],
    })),
  )
}

interface Entry {
  readonly contestant: Contestant
  readonly count: number
  /** Of each meter, round by round. */
  readonly values: readonly number[][]
}

const mostPerRound = 20_000
const warmUpShare = 4

/** How many operations fill a round. Finding that out warms the code up, too. */
async function calibrate(contestant: Contestant, roundMs: number): Promise<number> {
  const most = contestant.mostPerRound ?? mostPerRound
  let spentMs = 0
  for (let count = 1, step = 1; ; step++) {
    const [ns] = await spentOn(contestant, -step, count, [wallClock])
    const ms = (ns as number) / 1e6
    spentMs += ms
    const fitting = Math.max(1, Math.min(most, Math.round((count * roundMs) / ms)))
    if (spentMs >= warmUpShare * roundMs || (fitting <= count && step > 1)) return fitting
    count = Math.min(fitting, count * 8, most)
  }
}

/** What the meters say of the operations of a round, without the making of their input. */
async function spentOn(
  contestant: Contestant,
  round: number,
  operations: number,
  meters: readonly Meter[],
): Promise<number[]> {
  const spent = meters.map(() => 0)
  const atOnce = contestant.inputsAtOnce ?? 100
  for (let from = 0; from < operations; from += atOnce) {
    const count = Math.min(atOnce, operations - from)
    const operation = contestant.prepare({ round, from, count })
    const before = meters.map((meter) => meter())
    await perform(operation, count)
    meters.forEach((meter, index) => {
      spent[index] = (spent[index] as number) + meter() - (before[index] as number)
    })
  }
  return spent
}

async function perform(operation: Operation, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const result = operation(index)
    if (result instanceof Promise) await result
  }
}
