import ts from "typescript"
import { describe, expect, it } from "vitest"
import { manifestOf, textsOf } from "./installed.js"
import type { PackageName } from "./package-names.js"

const honoNeeds = [
  "@jwt-auth/core",
  "@jwt-auth/core/fetch",
  "@jwt-auth/core/node",
  "hono/adapter",
  "hono/http-exception",
] as const

// What each form of a package asks the user's machine for. A name beyond these would be missing in somebody's project.
describe.each([
  ["core", { esm: ["jose", "zod/mini"], cjs: ["zod/mini"], types: ["node:http", "node:stream"] }],
  [
    "express",
    {
      esm: ["@jwt-auth/core", "@jwt-auth/core/node"],
      cjs: ["@jwt-auth/core", "@jwt-auth/core/node"],
      types: ["@jwt-auth/core", "@jwt-auth/core/node", "express", "node:http"],
    },
  ],
  [
    "koa",
    {
      esm: ["@jwt-auth/core", "@jwt-auth/core/node", "node:querystring"],
      cjs: ["@jwt-auth/core", "@jwt-auth/core/node", "node:querystring"],
      types: ["@jwt-auth/core", "@jwt-auth/core/node", "koa", "node:http"],
    },
  ],
  [
    "hono",
    {
      esm: honoNeeds,
      cjs: honoNeeds,
      types: ["@jwt-auth/core", "hono"],
    },
  ],
  [
    "cli",
    {
      esm: [
        ...["@jwt-auth/core", "@jwt-auth/core/explain", "@jwt-auth/core/import", "@jwt-auth/core/issue"],
        ...["commander", "node:crypto", "node:fs", "node:fs/promises", "node:module", "node:path", "yaml"],
      ],
      cjs: [],
      types: [],
    },
  ],
] as const)("@jwt-auth/%s", (name, { esm, cjs, types }) => {
  it("imports these packages", () => {
    expect(importsIn(name, /\.js$/)).toEqual(esm)
  })

  it("requires these packages, none of which is ESM only", () => {
    expect(importsIn(name, /\.cjs$/)).toEqual(cjs)
  })

  it("declares its types in terms of these packages", () => {
    expect(importsIn(name, /\.d\.c?ts$/)).toEqual(types)
  })
})

it("a fix in jose or zod reaches users without a release of core", () => {
  expect(manifestOf("core").dependencies).toEqual({
    jose: expect.stringMatching(/^\^6\./),
    zod: expect.stringMatching(/^\^4\./),
  })
})

/** The packages that these files of the package need. */
function importsIn(name: PackageName, files: RegExp): readonly string[] {
  const imported = textsOf(name, files).flatMap((text) => ts.preProcessFile(text, true, true).importedFiles)
  const packages = imported.map(({ fileName }) => fileName).filter((fileName) => !fileName.startsWith("."))
  return [...new Set(packages)].sort()
}
