import { beforeAll, describe, expect, it } from "vitest"
import { programPages, programsOf } from "./pages.js"
import { runText } from "./run-program.js"
import { typeErrors } from "./type-check.js"

const programs = programPages.flatMap(programsOf)

describe("every program in the documentation compiles under the workspace's strict options", () => {
  let errors: ReadonlyMap<string, readonly string[]>
  beforeAll(() => {
    errors = typeErrors(programs)
  })

  it.each(programs.map(({ name }) => name))("%s", (name) => {
    expect(errors.get(name)).toEqual([])
  })

  it("a consumer's name with a typo does not compile, as the README says", () => {
    const routes = programs.find(({ page, text }) => page === "README.md" && text.includes("auth.allow("))
    const text = routes?.text.replace('auth.allow("web")', 'auth.allow("wbe")') ?? ""
    const [found] = typeErrors([{ name: "x", page: "x", text, runs: false }]).values()
    expect(found).toEqual([
      expect.stringContaining("'\"wbe\"' is not assignable to parameter of type '\"web\"'"),
    ])
  })

  it("a program that does not compile is found out", () => {
    const text = 'import { createAuthenticator } from "@jwt-auth/core"\ncreateAuthenticator({ consumer: [] })'
    const [found] = typeErrors([{ name: "x", page: "x", text, runs: false }]).values()
    expect(found).toEqual([expect.stringContaining("'consumer' does not exist")])
  })
})

describe("every output shown in the documentation is what the program prints", () => {
  it.each(
    programs.filter(({ output }) => output !== undefined).map((program) => [program.name, program] as const),
  )("%s", async (_, { text, output }) => {
    const { code, stdout, stderr } = await runText(text)
    expect(stderr).toBe("")
    expect(stdout.trimEnd()).toBe(output)
    expect(code).toBe(0)
  })
})

describe("every program marked to run runs to its end", () => {
  it.each(
    programs
      .filter(({ runs, output }) => runs && output === undefined)
      .map((program) => [program.name, program] as const),
  )("%s", async (_, { text }) => {
    const { code, stderr } = await runText(text)
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
  })
})
