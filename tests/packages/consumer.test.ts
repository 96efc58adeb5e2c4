import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"
import { manifestOf } from "./installed.js"
import { published } from "./published.js"

const { projects } = published()

/** Runs a program of the user's project; it may print its result, and nothing else: no warning, no trace. */
async function run(folder: string, ...args: string[]): Promise<unknown> {
  const env = { ...process.env, NODE_OPTIONS: "" }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder, env })
  expect(stderr).toBe("")
  return JSON.parse(stdout)
}

describe.each(Object.entries(projects))("installed by npm beside %s", (_, folder) => {
  it("npm finds every dependency and peer in order", async () => {
    await promisify(execFile)("npm", ["ls", "--all"], { cwd: folder })
  })

  it.each(["app.mjs", "app.cjs"])("%s lets its consumer in and refuses the others", async (program) => {
    expect(await run(folder, program)).toEqual(["200 web", "401 Jwt missing", "403 Access Denied"])
  })

  it("the ESM and the CommonJS copy share what they know of a request", async () => {
    expect(await run(folder, "two-copies.mjs")).toEqual({
      copies: 2,
      found: ["200 web web web stripped", "403 Access Denied"],
    })
  })
})

describe.each(["core", "express"] as const)("@jwt-auth/%s", (name) => {
  it("every subpath gives the same names to import and to require", async () => {
    const folder = projects["express-5"]
    const modules = Object.keys(manifestOf(name).exports).filter((subpath) => !subpath.endsWith(".json"))
    const specifiers = modules.map((subpath) => `@jwt-auth/${name}${subpath.slice(1)}`)
    const found = (await run(folder, "names.mjs", ...specifiers)) as Record<string, Names>
    expect(Object.keys(found)).toEqual(specifiers)
    for (const { imported, required } of Object.values(found)) expect(required).toEqual(imported)
  })
})

interface Names {
  readonly imported: readonly string[]
  readonly required: readonly string[]
}
