import { describe, expect, test } from "vitest"
import type { Effort } from "../result.js"
import { type Contestant, type Part, runMetered, runRounds } from "./rounds.js"

const effort: Effort = { quick: true, rounds: 4, roundMs: 0.2, atMost: 3 }
const quiet = () => {}

describe("rounds", () => {
  test("each contestant takes part in each round", async () => {
    const seen: string[] = []
    const contestant = (name: string): Contestant => ({
      group: "g",
      name,
      mostPerRound: 1,
      prepare({ round }) {
        if (round >= 0) seen.push(`${name}${round}`)
        return () => undefined
      },
    })
    const samples = await runRounds([contestant("a"), contestant("b")], effort, quiet)
    expect(seen.toSorted()).toEqual(["a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3"])
    expect(samples.map(({ name, values }) => [name, values.length])).toEqual([
      ["a", 4],
      ["b", 4],
    ])
  })

  test("making the input is not timed, the operations are", async () => {
    let spent = 0
    const contestant: Contestant = {
      group: "g",
      name: "a",
      prepare() {
        spent += 1_000_000
        return () => {
          spent += 7
        }
      },
    }
    const [samples] = await runMetered([contestant], [() => spent], effort, quiet)
    expect(samples?.[0]?.values).toEqual([7, 7, 7, 7])
  })

  test("the parts of a round follow one another without gaps", async () => {
    const parts: Part[] = []
    const contestant: Contestant = {
      group: "g",
      name: "a",
      mostPerRound: 25,
      inputsAtOnce: 10,
      prepare(part) {
        if (part.round === 0) parts.push(part)
        return () => undefined
      },
    }
    await runRounds([contestant], { ...effort, roundMs: 5 }, quiet)
    expect(parts.map(({ from, count }) => [from, count])).toEqual([
      [0, 10],
      [10, 10],
      [20, 5],
    ])
  })

  test("an answer that comes at once is not charged a turn, a promise is waited for", async () => {
    let turns = 0
    let settled = 0
    const at = { group: "g", mostPerRound: 10 }
    const sync: Contestant = {
      ...at,
      name: "at once",
      prepare() {
        const before = turns
        queueMicrotask(() => turns++)
        return () => expect(turns).toBe(before)
      },
    }
    const promised: Contestant = {
      ...at,
      name: "later",
      prepare: () => {
        const before = settled
        return async (index) => {
          expect(settled).toBe(before + index)
          await null
          settled++
        }
      },
    }
    await runRounds([sync, promised], effort, quiet)
    expect(settled).toBeGreaterThan(0)
  })
})
