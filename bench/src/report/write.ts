import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Question } from "../result.js"
import { chartOf } from "./chart.js"
import { readmeOf } from "./readme.js"
import type { Report } from "./report.js"

const folder = fileURLToPath(new URL("../../results/", import.meta.url))

/** Writes the results of one question, and the page of all questions anew. */
export function writeReport(report: Report, questions: readonly Question[]): void {
  mkdirSync(folder, { recursive: true })
  const { id } = report.question
  writeFileSync(`${folder}${id}.json`, `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync(`${folder}${id}.svg`, chartOf(report.question, report.measurement))
  writeFileSync(`${folder}README.md`, readmeOf(storedReports(questions)))
}

/** In the order of the questions: a run of one question leaves the others' results in place. */
function storedReports(questions: readonly Question[]): Report[] {
  const stored = new Set(readdirSync(folder))
  return questions
    .filter(({ id }) => stored.has(`${id}.json`))
    .map(({ id }) => JSON.parse(readFileSync(`${folder}${id}.json`, "utf8")) as Report)
}
