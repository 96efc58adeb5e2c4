import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { conformanceRows } from "../conformance/suite.js"
import { runCell } from "./cell.js"
import { frameworks, titleOf as frameworkTitle } from "./frameworks.js"
import { isInstalled, runtimes, titleOf as runtimeTitle } from "./runtimes.js"
import { cellKey, cellsIn, withTable } from "./table.js"
import { cellOf, sum, type Tally, tallyOf } from "./tally.js"

// The conformance suite through every framework on every runtime, and the table of it in the README: without an option
// the table has to be as it is, `--write` writes it. `--json <file>` keeps all that is known, with reasons.
const { values: options } = parseArgs({ options: { write: { type: "boolean" }, json: { type: "string" } } })

const readme = new URL("../../README.md", import.meta.url)
const page = readFileSync(readme, "utf8")
const cells = new Map(cellsIn(page))
const results: (Tally & { readonly runtime: string; readonly framework: string })[] = []
const skipped: string[] = []
let broken = 0

const rows = await conformanceRows()
const folder = mkdtempSync(join(tmpdir(), "jwt-auth-runtimes-"))
try {
  const file = join(folder, "rows.json")
  writeFileSync(file, JSON.stringify(rows))
  for (const runtime of runtimes) {
    for (const framework of frameworks) {
      const program = framework.programs[runtime.kind]
      if (program === undefined) continue
      const [on, of] = [runtimeTitle(runtime), frameworkTitle(framework)]
      const title = `${on.padEnd(22)} ${of.padEnd(18)}`
      if (!isInstalled(runtime)) {
        console.log(`${title} skipped: there is no ${runtime.package} for this system`)
        skipped.push(cellKey(of, on))
        continue
      }
      const start = performance.now()
      try {
        const tally = tallyOf(rows, await runCell(framework, program, runtime, { rows, file, folder }))
        results.push({ runtime: on, framework: of, ...tally })
        cells.set(cellKey(of, on), cellOf(tally))
        console.log(
          `${title} ${line(tally)} ${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s`,
        )
        for (const { row, mismatches } of tally.failed)
          console.log(`  ${row}\n    ${mismatches.join("\n    ")}`)
      } catch (error) {
        broken += 1
        cells.set(cellKey(of, on), "did not run")
        console.log(`${title} did not run: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}

function line({ exact, shown, unsendable, failed }: Tally): string {
  const counts = [
    [exact, "exact"],
    [sum(shown), "as the server shows it"],
    [sum(unsendable), "not sendable"],
    [failed.length, "failed"],
  ] as const
  return counts.map(([count, name]) => `${String(count).padStart(4)} ${name}`).join(" ")
}

if (options.json !== undefined) writeFileSync(options.json, JSON.stringify({ results, skipped }, null, 2))
const failed = results.filter((result) => result.failed.length > 0).length + broken
const generated = withTable(page, frameworks.map(frameworkTitle), runtimes.map(runtimeTitle), cells)
let stale = false
if (options.write === true) writeFileSync(readme, generated)
else if (generated !== page) {
  stale = true
  console.log("\nThe table in README.md is not that of this run: pnpm runtimes --write")
}
console.log(`\n${results.length + broken - failed} passed, ${failed} failed, ${skipped.length} skipped`)
process.exit(failed > 0 || stale ? 1 : 0)
