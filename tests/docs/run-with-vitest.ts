import { spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { finish, makeFolder, removeFolder } from "./run-program.js"

export interface TestResult {
  readonly passed: number
  /** What was said of each test that failed. */
  readonly failures: readonly string[]
}

/** Runs test files as a reader would, against the sources of the packages. */
export async function runWithVitest(texts: readonly string[]): Promise<readonly TestResult[]> {
  const folder = makeFolder()
  try {
    const files = texts.map((text, i) => {
      const file = join(folder, `page-${i}.test.ts`)
      writeFileSync(file, text)
      return file
    })
    const { stdout, stderr } = await finish(startVitest(folder))
    const { testResults } = readReport(stdout, stderr)
    return files.map((file) => resultOf(testResults.find(({ name }) => name === file)))
  } finally {
    removeFolder(folder)
  }
}

function startVitest(folder: string) {
  const config = fileURLToPath(new URL("snippets.config.ts", import.meta.url))
  const { VITEST: _, NODE_OPTIONS: __, ...env } = process.env
  return spawn(
    process.execPath,
    [vitest, "run", "--root", folder, "--config", config, "--reporter", "json"],
    {
      cwd: folder,
      env: { ...env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  )
}

const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs")

/** What is used of vitest's JSON report. */
interface Report {
  readonly testResults: readonly FileReport[]
}

interface FileReport {
  readonly name: string
  /** Why the file itself could not be run. */
  readonly message: string
  readonly assertionResults: readonly {
    readonly status: string
    readonly failureMessages: readonly string[]
  }[]
}

function readReport(stdout: string, stderr: string): Report {
  try {
    return JSON.parse(stdout) as Report
  } catch {
    throw new Error(`vitest gave no report:\n${stdout}\n${stderr}`)
  }
}

function resultOf(report: FileReport | undefined): TestResult {
  if (report === undefined) return { passed: 0, failures: ["it was not run"] }
  const failed = report.assertionResults.filter(({ status }) => status !== "passed")
  return {
    passed: report.assertionResults.length - failed.length,
    failures: [
      ...(report.message === "" ? [] : [report.message]),
      ...failed.map(({ status, failureMessages }) => failureMessages.join("\n") || status),
    ],
  }
}
