import { fork } from "node:child_process"
import { fileURLToPath } from "node:url"

const { NODE_OPTIONS: _, ...environment } = process.env
const bench = fileURLToPath(new URL("../..", import.meta.url))
const tsx = fileURLToPath(import.meta.resolve("tsx"))

/** Runs a program of this folder in a fresh process, and returns what it reports. */
export function runChild<Report>(
  name: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<Report> {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const child = fork(file, args, {
    execArgv: [...nodeOptions, "--import", tsx],
    env: environment,
    cwd: bench,
  })
  return new Promise((resolve, reject) => {
    child.once("message", (report) => resolve(report as Report))
    child.once("exit", (code) => reject(new Error(`${name} ${args.join(" ")} ended with ${code}`)))
  })
}

/** For the program: it ends with its report. */
export function report(what: unknown): void {
  process.send?.(what, () => process.disconnect())
}
