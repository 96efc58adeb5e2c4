import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"
import { manifestOf } from "./installed.js"
import { packageNames } from "./package-names.js"
import { published } from "./published.js"

const { projects, tools } = published()
const adapters = packageNames.filter((name) => name !== "core")
const env = { ...process.env, NODE_OPTIONS: "" }

/** Runs a program of the user's project; it may print its result, and nothing else: no warning, no trace. */
async function run(folder: string, ...args: string[]): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder, env })
  expect(stderr).toBe("")
  return JSON.parse(stdout)
}

describe.each(Object.entries(projects))("installed by npm beside the %s frameworks", (_, folder) => {
  it("npm finds every dependency and peer in order", async () => {
    await promisify(execFile)("npm", ["ls", "--all"], { cwd: folder })
  })

  it.each(adapters.flatMap((name) => [`${name}/app.mjs`, `${name}/app.cjs`]))(
    "%s lets its consumer in and refuses the others",
    async (program) => {
      const found = await run(folder, "run.mjs", program)
      expect(found).toEqual(["200 web", "401 Jwt missing", "403 Access Denied"])
    },
  )

  it.each(adapters)("the ESM and the CommonJS copy of %s share what they know of a request", async (name) => {
    const found = await run(folder, "run.mjs", `${name}/two-copies.mjs`)
    const callers = "2 copies: web web web stripped"
    expect(found).toEqual([`200 ${callers}`, "401 Jwt missing", "403 Access Denied"])
  })

  it("the apps run under Jest, which needs no configuration for it", async () => {
    const jest = join(tools, "node_modules/jest/bin/jest.js")
    const { stdout } = await promisify(execFile)(process.execPath, [jest, "--ci", "--json"], {
      cwd: folder,
      env,
    }).catch((failure: { stdout: string }) => failure)
    const { numPassedTests, testResults } = JSON.parse(stdout) as JestReport
    expect(testResults.map(({ message }) => message)).toEqual([""])
    expect(numPassedTests).toBe(4)
  })
})

it("the CommonJS build of core passes the conformance suite", async () => {
  const found = await run(projects.newest, "conformance.cjs")
  expect(found).toEqual({ rows: expect.any(Number), wrong: [] })
})

it.each(packageNames)(
  "every subpath of @jwt-auth/%s gives the same names to import and to require",
  async (name) => {
    const modules = Object.keys(manifestOf(name).exports).filter((subpath) => !subpath.endsWith(".json"))
    const specifiers = modules.map((subpath) => `@jwt-auth/${name}${subpath.slice(1)}`)
    const found = (await run(projects.newest, "names.mjs", ...specifiers)) as Record<string, Names>
    expect(Object.keys(found)).toEqual(specifiers)
    for (const { imported, required } of Object.values(found)) expect(required).toEqual(imported)
  },
)

interface Names {
  readonly imported: readonly string[]
  readonly required: readonly string[]
}

interface JestReport {
  readonly numPassedTests: number
  /** One for each file; the message is empty when all is well. */
  readonly testResults: readonly { readonly message: string }[]
}
