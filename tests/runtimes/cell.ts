import { overTcp } from "../conformance/driver.js"
import { type ConformanceRow, judgeAll, runAll } from "../conformance/suite.js"
import type { Verdict } from "../conformance/verdict.js"
import { bundle } from "./bundle.js"
import { evaluated, toVm } from "./edge-vm.js"
import type { Framework } from "./frameworks.js"
import { withServer } from "./program.js"
import type { Runtime } from "./runtimes.js"

/** The rows, here and as a file in a folder of its own. */
export interface Suite {
  readonly rows: readonly ConformanceRow[]
  readonly file: string
  readonly folder: string
}

/** The suite through one framework on one runtime: a verdict for each row. */
export async function runCell(
  framework: Framework,
  program: string,
  runtime: Runtime,
  { rows, file, folder }: Suite,
): Promise<readonly Verdict[]> {
  const path = bundle(framework, program, runtime.kind, folder)
  const isCore = program.startsWith("core")
  if (runtime.kind === "edge") {
    const vm = await evaluated(path, file)
    return isCore ? judgeAll(rows, JSON.parse(await vm.observed())) : runAll(rows, toVm(vm))
  }
  return withServer(runtime.command(path, file), async (port) =>
    isCore ? judgeAll(rows, JSON.parse(await textFrom(port))) : runAll(rows, overTcp(port)),
  )
}

async function textFrom(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/`)
  if (!response.ok) throw new Error(`the core answered ${response.status}: ${await response.text()}`)
  return response.text()
}
