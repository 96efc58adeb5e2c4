import { describe, expect, it } from "vitest"
import { typeErrors } from "./compile.js"
import { type Compiler, compilers, type Resolution, resolutions } from "./compilers.js"
import { augmented, programs } from "./programs.js"
import { type Project, published } from "./published.js"

const { projects } = published()
const compilerNames = Object.keys(compilers) as Compiler[]

/** Every compiler under every way in use today; beside the oldest frameworks each of them once, and the way of their time. */
const matrix: readonly (readonly [Project, Compiler, Resolution])[] = [
  ...compilerNames.flatMap((compiler) =>
    (["node16", "nodenext", "bundler"] as const).map(
      (resolution) => ["newest", compiler, resolution] as const,
    ),
  ),
  ["newest", "typescript-6.0", "node10"],
  ["oldest", "typescript-5.4", "node10"],
  ["oldest", "typescript-5.9", "node16"],
  ["oldest", "typescript-6.0", "bundler"],
  ["oldest", "typescript-7.0", "nodenext"],
]

describe.concurrent("the declarations", () => {
  it.each(matrix)(
    "compile without an error beside the %s frameworks, by %s, under %s",
    async (project, compiler, resolution) => {
      const endings = resolution === "node10" ? ["ts"] : ["mts", "cts"]
      const files = endings.flatMap((ending) =>
        Object.entries(programs).map(([name, text]) => [`${name}.${ending}`, text] as const),
      )
      const sources = Object.fromEntries(files)
      const errors = await typeErrors(projects[project], compiler, sources, resolutions[resolution])
      expect(errors).toEqual([])
    },
  )

  // One file at a time: an augmentation that one file imports would reach the other.
  it.each([
    ["newest", "user.mts"],
    ["newest", "user.cts"],
    ["oldest", "user.mts"],
    ["oldest", "user.cts"],
  ] as const)("give a program req.auth once it imports augment (%s Express, %s)", async (project, file) => {
    const files = { [file]: augmented }
    const errors = await typeErrors(projects[project], "typescript-7.0", files, resolutions.nodenext)
    expect(errors).toEqual([])
  })

  // As in a Worker or a browser.
  it.each(["typescript-5.4", "typescript-7.0"] as const)(
    "of core and hono do without the types of Node, by %s",
    async (compiler) => {
      const { core, hono } = programs
      const files = { "core.mts": core, "core.cts": core, "hono.mts": hono, "hono.cts": hono }
      const options = { ...resolutions.nodenext, types: [], lib: ["es2022", "dom", "dom.iterable"] }
      expect(await typeErrors(projects.newest, compiler, files, options)).toEqual([])
    },
  )
})
