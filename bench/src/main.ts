import { parseArgs } from "node:util"
import { requireBuiltPackages } from "./built-packages.js"
import { full, quick } from "./effort.js"
import { thisMachine } from "./measure/machine.js"
import { measuredPackages } from "./measured-packages.js"
import { questions } from "./questions.js"
import { summary, type Verdict, verdictLines } from "./report/budgets.js"
import { progressOf } from "./report/progress.js"
import { reportOf } from "./report/report.js"
import { tablesOf } from "./report/table.js"
import { writeReport } from "./report/write.js"
import type { Effort, Question } from "./result.js"

const help = `Usage: pnpm bench [question …] [--quick] [--check]

Measures the built packages side by side with their peers, and writes bench/results.

  --quick   fewer rounds, for a first look; writes nothing
  --check   prints each budget with its ratio; the exit code is 1 when one is not met
  --help    prints this

Questions (default: all)
${questions.map(({ id, title }) => `  ${id.padEnd(20)} ${title}`).join("\n")}
`

class UsageError extends Error {}

/** The questions that were asked for, in the order of the results. */
function asked(ids: readonly string[]): readonly Question[] {
  const unknown = ids.filter((id) => questions.every((question) => question.id !== id))
  if (unknown.length > 0)
    throw new UsageError(`There is no question ${unknown.join(", ")}: see pnpm bench --help.`)
  return ids.length === 0 ? questions : questions.filter(({ id }) => ids.includes(id))
}

async function answer(question: Question, effort: Effort): Promise<readonly Verdict[]> {
  const progress = progressOf(question.id)
  const measurement = await question.measure(progress.step, effort)
  progress.done()
  const report = reportOf(question, measurement, effort, thisMachine(measuredPackages))
  if (!effort.quick) writeReport(report, questions)
  console.log(`\n${question.title}\n\n${tablesOf(measurement)}`)
  return report.budgets
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean" },
      check: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  })
  if (values.help) return console.log(help)
  const chosen = asked(positionals)
  requireBuiltPackages()
  const verdicts: Verdict[] = []
  for (const question of chosen) verdicts.push(...(await answer(question, values.quick ? quick : full)))
  if (!values.check) return
  const colour = process.stdout.isTTY && process.env["NO_COLOR"] === undefined
  console.log(`\n${verdictLines(verdicts, colour).join("\n")}\n\n${summary(verdicts)}`)
  if (verdicts.some(({ met }) => !met)) process.exitCode = 1
}

main().catch((problem: unknown) => {
  console.error(problem instanceof UsageError ? problem.message : problem)
  process.exitCode = 1
})
