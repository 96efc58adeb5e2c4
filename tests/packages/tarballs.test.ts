import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { publint } from "publint"
import { describe, expect, it } from "vitest"
import { filesOf, textOf } from "./installed.js"
import { packageNames, publishedNames } from "./package-names.js"
import { published } from "./published.js"

const { tarballs } = published()

describe.each(publishedNames)("the tarball of @jwt-auth/%s", (name) => {
  it("has nothing that publint would change", async () => {
    const { buffer } = new Uint8Array(readFileSync(tarballs[name]))
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true })
    expect(messages).toEqual([])
  })

  it("names nothing that exists in this workspace alone", () => {
    expect(textOf(name, "package.json")).not.toMatch(/workspace:|catalog:|@jwt-auth\/source/)
  })
})

it.each(packageNames)(
  "@jwt-auth/%s gives every module resolution the types of the file that it runs",
  async (name) => {
    const attw = fileURLToPath(new URL("./node_modules/.bin/attw", import.meta.url))
    const problems = await promisify(execFile)(attw, [tarballs[name], "--format", "ascii"]).then(
      () => "none",
      ({ stdout }: { stdout: string }) => stdout,
    )
    expect(problems).toBe("none")
  },
)

it("cli ships these files", () => {
  expect(filesOf("cli")).toMatchInlineSnapshot(`
    [
      "LICENSE",
      "README.md",
      "dist/main.js",
      "package.json",
    ]
  `)
})

it("core ships these files", () => {
  expect(filesOf("core")).toMatchInlineSnapshot(`
    [
      "LICENSE",
      "README.md",
      "dist/<shared>.cjs",
      "dist/<shared>.d.cts",
      "dist/<shared>.d.ts",
      "dist/<shared>.js",
      "dist/THIRD-PARTY-LICENSES",
      "dist/config.schema.json",
      "dist/explain/index.cjs",
      "dist/explain/index.d.cts",
      "dist/explain/index.d.ts",
      "dist/explain/index.js",
      "dist/fetch/index.cjs",
      "dist/fetch/index.d.cts",
      "dist/fetch/index.d.ts",
      "dist/fetch/index.js",
      "dist/import/index.cjs",
      "dist/import/index.d.cts",
      "dist/import/index.d.ts",
      "dist/import/index.js",
      "dist/index.cjs",
      "dist/index.d.cts",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/issue/index.cjs",
      "dist/issue/index.d.cts",
      "dist/issue/index.d.ts",
      "dist/issue/index.js",
      "dist/node/index.cjs",
      "dist/node/index.d.cts",
      "dist/node/index.d.ts",
      "dist/node/index.js",
      "dist/testing/index.cjs",
      "dist/testing/index.d.cts",
      "dist/testing/index.d.ts",
      "dist/testing/index.js",
      "package.json",
    ]
  `)
})

it("express ships these files", () => {
  expect(filesOf("express")).toMatchInlineSnapshot(`
    [
      "LICENSE",
      "README.md",
      "dist/augment.cjs",
      "dist/augment.d.cts",
      "dist/augment.d.ts",
      "dist/augment.js",
      "dist/index.cjs",
      "dist/index.d.cts",
      "dist/index.d.ts",
      "dist/index.js",
      "package.json",
    ]
  `)
})

it("koa ships these files", () => {
  expect(filesOf("koa")).toMatchInlineSnapshot(`
    [
      "LICENSE",
      "README.md",
      "dist/index.cjs",
      "dist/index.d.cts",
      "dist/index.d.ts",
      "dist/index.js",
      "package.json",
    ]
  `)
})

it("hono ships these files", () => {
  expect(filesOf("hono")).toMatchInlineSnapshot(`
    [
      "LICENSE",
      "README.md",
      "dist/index.cjs",
      "dist/index.d.cts",
      "dist/index.d.ts",
      "dist/index.js",
      "package.json",
    ]
  `)
})
