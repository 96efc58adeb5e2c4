import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cli } from "./memory-io.js"

const commands = ["check", "explain", "decode", "import", "keygen", "sign", "jwks", "schema"]

describe("help", () => {
  it("lists the commands, the exit codes and examples", async () => {
    const { code, out } = await cli(["--help"])
    expect(code).toBe(0)
    for (const command of commands) expect(out).toMatch(new RegExp(`^ {2}${command} `, "m"))
    expect(out).toContain("Exit codes:")
    expect(out).toContain("Examples:")
  })

  it.each(commands)(
    "of %s has an example, and no line too long for a terminal but those",
    async (command) => {
      const { code, out } = await cli([command, "--help"])
      expect(code).toBe(0)
      expect(out).toContain(`$ `)
      const [body = ""] = out.split("Examples:")
      expect(body.split("\n").filter((line) => line.length > 110)).toEqual([])
    },
  )

  it("is also a command", async () => {
    const { code, out } = await cli(["help", "check"])
    expect([code, out]).toEqual([0, (await cli(["check", "--help"])).out])
    expect((await cli(["help"])).code).toBe(0)
  })

  it("goes to standard error, with 2, when nothing is asked for", async () => {
    const { code, out, err } = await cli([])
    expect([code, out]).toEqual([2, ""])
    expect(err).toContain("Usage: jwt-auth")
  })

  it.each(commands)("of %s marks the options that must be given", async (command) => {
    const { out } = await cli([command, "--help"])
    const { err } = await cli([command])
    const [, missing] = /required option '(--[a-z-]+)/.exec(err) ?? []
    const marked = out.replace(/\n {4,}/g, " ").match(/^ +--[^\n]*\(required\)/gm) ?? []
    if (missing === undefined) expect(marked).toEqual([])
    else expect(marked.join("\n")).toContain(missing)
  })
})

describe("a wrong command line ends with 2", () => {
  it.each([
    [["chekc"], "unknown command chekc\n    → Did you mean check?"],
    [["check", "--jsno", "x"], "unknown option --jsno\n    → Did you mean --json?"],
    [["check"], "missing required argument 'file'"],
    [["decode", "a", "b"], "too many arguments"],
    [["explain", "--request", "/"], "required option '--config <file>' not specified"],
    [["explain", "--config"], "option '--config <file>' argument missing"],
    [["sign", "--key", "k"], "required option '--issuer <iss>' not specified"],
  ])("%j", async (argv, problem) => {
    const { code, out, err } = await cli(argv)
    expect([code, out]).toEqual([2, ""])
    expect(err).toContain(`jwt-auth: ${problem}`)
  })

  it("and names the help of the command that was asked for", async () => {
    expect((await cli(["check"])).err).toContain("\n    → See jwt-auth check --help.\n")
    expect((await cli(["--x"])).err).toContain("\n    → See jwt-auth --help.\n")
  })
})

describe("colour", () => {
  const world = { files: { c: "consumers: []" } }
  const sequence = "\u001b["

  it("is on a terminal, and nowhere else", async () => {
    expect((await cli(["check", "c"], { ...world, isTerminal: true })).out).toContain(sequence)
    expect((await cli(["check", "c"], world)).out).not.toContain(sequence)
  })

  it.each<[Record<string, string>, boolean, boolean]>([
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ TERM: "dumb" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  ])("with %j and a terminal: %s, is %s", async (env, isTerminal, coloured) => {
    expect((await cli(["check", "c"], { ...world, env, isTerminal })).out.includes(sequence)).toBe(coloured)
  })

  it("says nothing that the text does not", async () => {
    const plain = await cli(["check", "c"], world)
    const { out } = await cli(["check", "c"], { ...world, isTerminal: true })
    expect(out.replace(/\u001b\[\d+m/g, "")).toBe(plain.out)
  })

  it("is never in JSON", async () => {
    expect((await cli(["check", "--json", "c"], { ...world, isTerminal: true })).out).not.toContain(sequence)
  })
})

describe("the program", () => {
  let folder = ""
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "jwt-auth-cli-"))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
  const tsx = fileURLToPath(import.meta.resolve("tsx"))

  function start(...argv: string[]) {
    const args = ["--conditions=@jwt-auth/source", "--import", tsx, main, ...argv]
    return spawn(process.execPath, args, { cwd: folder, env: { ...process.env, NODE_OPTIONS: "" } })
  }

  async function run(argv: readonly string[], input = "") {
    const child = start(...argv)
    child.stdin.on("error", () => {}) // it need not read its input
    child.stdin.end(input)
    const closed = new Promise((resolve) => child.on("close", resolve))
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])
    return { out, err, code }
  }

  it("runs from source, says its version, and ends with the code of the command", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"))
    expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" })
    expect(await run(["check", "-"], "consumers: []")).toMatchObject({ code: 1, err: "" })
    expect(await run(["check", "."])).toMatchObject({
      code: 2,
      err: "jwt-auth: cannot read .: it is a directory\n",
    })
  }, 60_000)

  it("ends quietly when nobody reads on", async () => {
    const rules = Array.from({ length: 5000 }, (_, i) => ({ match: { path: `x${i}` }, public: true }))
    writeFileSync(join(folder, "long"), JSON.stringify({ consumers: [], rules }))
    const child = start("check", "long")
    child.stdin.end()
    child.stdout.once("data", () => child.stdout.destroy())
    const closed = new Promise((resolve) => child.on("close", resolve))
    expect(await text(child.stderr)).toBe("")
    expect(await closed).toBe(1)
  }, 60_000)

  it.each(["stdout", "stderr"] as const)(
    "ends with the code of the command when nobody reads %s",
    async (name) => {
      const ends = await Promise.all(
        [
          ["check", "-"],
          ["check", "."],
          ["check", "--json", "-"],
          ["decode", "-"],
        ].map((argv) => {
          const child = start(...argv)
          child[name].destroy()
          child.stdin.on("error", () => {})
          child.stdin.end("consumers: []")
          return new Promise((resolve) => child.on("close", resolve))
        }),
      )
      expect(ends).toEqual([1, 2, 1, 1])
    },
    60_000,
  )
})
