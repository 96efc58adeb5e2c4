import * as onNode from "@jwt-auth/core"
import { compareDecisions, gatesOf, requestsOf } from "./compare-decisions.js"
import { compareEngines, question, signatureEngines, verifiersOf } from "./compare-engines.js"
import { compareReaders, segmentReaders } from "./compare-readers.js"
import { Dice } from "./dice.js"
import type { Disagreement } from "./disagreement.js"
import { makeKeys } from "./keys.js"
import { help, type Options, readOptions } from "./options.js"
import { coreWithoutNode } from "./two-cores.js"

const kinds = ["engines", "readers", "decisions"] as const

/** How many were asked, and of how many the answer was yes: where it never is, agreement says nothing. */
type Count = { asked: number; good: number }

async function fuzz({ minutes, seed }: Options): Promise<number> {
  const start = performance.now()
  const dice = new Dice(seed)
  const keys = await makeKeys(dice)
  const engines = signatureEngines()
  const verifiers = verifiersOf(engines)
  const readers = segmentReaders()
  const gates = gatesOf(onNode, await coreWithoutNode(), keys)
  const counts: Record<Disagreement["about"], Count> = {
    engines: { asked: 0, good: 0 },
    readers: { asked: 0, good: 0 },
    decisions: { asked: 0, good: 0 },
  }
  let disagreements = 0
  const take = (about: Disagreement["about"], result: { disagreement?: Disagreement; good: boolean }) => {
    counts[about].asked++
    if (result.good) counts[about].good++
    if (result.disagreement === undefined) return
    disagreements++
    if (disagreements <= mostShown)
      console.log(JSON.stringify({ seed, ...result.disagreement }, undefined, 2))
  }

  let progress = start
  const isOver = () => performance.now() - start >= minutes * 60_000
  for (let round = 0; round < leastRounds || !isOver(); round++) {
    // Several at once, so that some are checked on threads, and one alone, so that some are not.
    const questions = Array.from({ length: 1 + dice.below(48) }, () => question(keys, dice))
    const names = Object.keys(engines)
    for (const result of await Promise.all(questions.map((one) => compareEngines(names, verifiers, one))))
      take("engines", result)
    for (let i = 0; i < 50; i++) take("readers", compareReaders(readers, dice))
    const some = dice.pick(gates)
    for (const asked of requestsOf(keys, dice, 24)) take("decisions", await compareDecisions(some, asked))
    if (performance.now() - progress > 5000) {
      progress = performance.now()
      console.error(summary(counts, progress - start))
    }
  }

  const untold = kinds.filter((kind) => counts[kind].good === 0)
  if (untold.length > 0) console.log(`nothing good among the ${untold.join(" and ")}: this proves nothing`)
  console.log(`${summary(counts, performance.now() - start)}, ${disagreements} disagreements, seed ${seed}`)
  return disagreements > 0 || untold.length > 0 ? 1 : 0
}

const mostShown = 5

/** However slow the machine is. */
const leastRounds = 30

function summary(counts: Readonly<Record<string, Count>>, milliseconds: number): string {
  const asked = Object.values(counts).reduce((sum, one) => sum + one.asked, 0)
  const parts = Object.entries(counts).map(([kind, one]) => `${one.asked} ${kind} (${one.good} good)`)
  return `${parts.join(", ")}: ${Math.round(asked / (milliseconds / 1000))}/s`
}

const options = readOptions(process.argv.slice(2))
if (options === undefined) console.log(help)
else process.exitCode = await fuzz(options)
