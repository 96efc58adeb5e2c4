import { readFileSync } from "node:fs"
import { afterAll, describe, expect, it } from "vitest"
import { fieldsIn } from "../../packages/core/src/config/parse.js"
import { readPage, tableAfter } from "../docs/pages.js"
import { removeFolder } from "../docs/run-program.js"
import { typeErrors } from "./compile.js"
import { makeFolder, writeProgram } from "./folder.js"
import { pages, programOf, sides } from "./switching-page.js"

const folder = makeFolder()
afterAll(() => removeFolder(folder))

describe.each(pages)("%s", (page) => {
  it("both programs compile under the workspace's strict options", async () => {
    const files = sides.map((side) => writeProgram(folder, programOf(page, side)))
    expect(await typeErrors(folder, files)).toEqual([])
  })

  it("is short, and so are its programs", () => {
    expect(readPage(page).trimEnd().split("\n").length).toBeLessThanOrEqual(90)
    for (const side of sides) expect(programOf(page, side).split("\n").length).toBeLessThanOrEqual(25)
  })

  it("says which version the answers are of", () => {
    const name = /^# From (\S+)$/m.exec(readPage(page))?.[1] ?? ""
    expect(readPage(page)).toContain(`| request | ${name} ${versionOf(name)} | here | | as before with |\n`)
  })

  it("names only fields that exist", () => {
    const right = tableAfter(page, "options").map(([, here = ""]) => here)
    const named = right.flatMap((cell) => cell.match(/`[a-z]+(_[a-z]+)+(?=[`:])/g) ?? [])
    expect(named.length).toBeGreaterThan(0)
    expect(named.map((field) => field.slice(1)).filter((field) => !fields.has(field))).toEqual([])
  })
})

it("a program that does not compile is found out", async () => {
  const [page = ""] = pages
  const text = programOf(page, "after").replace("audiences:", "audience:")
  expect(await typeErrors(folder, [writeProgram(folder, text)])).toEqual([
    expect.stringContaining("'audience' does not exist"),
  ])
})

const fields = new Set(["", "consumers", "rules", "match", "from_headers"].flatMap(fieldsIn))

/** Of the package that this one has: a subpath is no package. */
function versionOf(name: string): string {
  const file = new URL(`node_modules/${name.split("/")[0]}/package.json`, import.meta.url)
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string }
  return version
}
