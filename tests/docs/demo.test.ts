import type { ChildProcess } from "node:child_process"
import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { curl } from "@jwt-auth/test-support/curl"
import { afterEach, describe, expect, it, onTestFinished } from "vitest"
import { differences } from "../../examples/gateway/compare.js"
import { sections } from "../../examples/gateway/requests.js"
import { renderTable, wantsColour } from "../../examples/gateway/table.js"
import { root } from "./pages.js"
import { finish, makeFolder, removeFolder, start } from "./run-program.js"

const demo = join(root, "examples/gateway/demo.ts")
const requests = sections.flatMap((section) => [...section.requests])
const ansi = /\x1b\[\d+m/g
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill()
})

describe("pnpm demo", () => {
  it("shows every request with a tick, and ends well", async () => {
    const { code, stdout, stderr } = await finish(start(demo))
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(stdout.match(/^✓ .*$/gm)?.length).toBe(requests.length)
    expect(stdout).not.toContain("✗")
    expect(stdout).toContain(`All ${requests.length} answers are what the document says.`)
    for (const { title } of requests) expect(stdout).toContain(`✓ ${title}`)
  })

  it("shows the four answers of the document's own curl lines", async () => {
    const { stdout } = await finish(start(demo))
    const rows = stdout.slice(0, stdout.indexOf("Its consumers")).match(/^ {2}GET .*$/gm)
    expect(rows?.map((row) => row.split(/ {2,}/).slice(1))).toEqual([
      ["GET xxx.hello.com/test", "200", "ok", "consumer1", "x-mse-consumer: consumer1"],
      ["GET xxx.hello.com/test", "200", "ok", "consumer1", "authorization: Bearer eyJ…CQ4"],
      ["GET xxx.hello.com/test", "401", "Jwt missing", "-", "(not reached)"],
      ["GET xxx.example.com/test", "403", "Access Denied", "-", "(not reached)"],
    ])
  })

  it("fits in 110 columns and shows no token whole, with colours and without", async () => {
    const plain = await finish(start(demo))
    const colourful = await finish(start(demo, { env: { FORCE_COLOR: "1" } }))
    expect(plain.stdout).not.toMatch(ansi)
    expect(colourful.stdout).toMatch(ansi)
    for (const { stdout } of [plain, colourful]) {
      const widths = stdout
        .replace(ansi, "")
        .split("\n")
        .map((line) => line.length)
      expect(Math.max(...widths)).toBeLessThanOrEqual(110)
      expect(stdout).not.toMatch(/[\w-]{20,}\.[\w-]{20,}/)
    }
  })

  it("--serve stays up and prints curl lines that work", async () => {
    const child = start(demo, { args: ["--serve"], env: { PORT: "0" } })
    children.push(child)
    const lines = await untilCurlLines(child, 4)
    const answers = await Promise.all(lines.map((line) => curl(line)))
    expect(answers.map(({ head }) => head[0])).toEqual([
      "HTTP/1.1 200 OK",
      "HTTP/1.1 200 OK",
      "HTTP/1.1 401 Unauthorized",
      "HTTP/1.1 403 Forbidden",
    ])
  })
})

describe("the demo finds out an answer that differs from the document", () => {
  const [{ expected }] = requests as [(typeof requests)[number]]

  it("no difference is no problem", () => {
    expect(differences(expected, { ...expected })).toEqual([])
  })

  it.each([
    ["status", { ...expected, status: 401 }],
    ["body", { ...expected, body: "Jwt missing" }],
    ["consumer", { ...expected, consumer: "consumer2" }],
    ["seen", { ...expected, seen: [] }],
  ])("another %s is a problem, and is shown with a cross", (field, answer) => {
    const problems = differences(expected, answer)
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${field}: expected .*, got .*`))])
    const [request] = requests as [(typeof requests)[number]]
    const table = renderTable([{ heading: "", rows: [{ request, answer, problems }] }], false)
    expect(table).toContain(`✗ ${request.title}`)
    expect(table).toContain(`✗ ${problems[0]}`)
  })

  it("and the demo then ends with an error", async () => {
    const folder = makeFolder()
    onTestFinished(() => removeFolder(folder))
    cpSync(join(root, "examples/gateway"), folder, {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    })
    const config = join(folder, "config.ts")
    writeFileSync(config, readFileSync(config, "utf8").replace('allow: ["consumer2"]', 'allow: "any"'))
    const { code, stdout } = await finish(start(join(folder, "demo.ts")))
    expect(code).toBe(1)
    expect(stdout).toContain("✗ *.example.com allows consumer2 only, and this is consumer1")
    expect(stdout).toContain("✗ status: expected 403, got 200")
    expect(stdout).toContain(`1 of ${requests.length} answers differ from what the document says.`)
  })
})

describe("colours are used where they are wanted", () => {
  it.each([
    ["a terminal", {}, true, true],
    ["a pipe", {}, false, false],
    ["NO_COLOR on a terminal", { NO_COLOR: "1" }, true, false],
    ["an empty NO_COLOR", { NO_COLOR: "" }, true, true],
    ["FORCE_COLOR in a pipe", { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0 on a terminal", { FORCE_COLOR: "0" }, true, false],
    ["a dumb terminal", { TERM: "dumb" }, true, false],
  ])("%s", (_, env, isTTY, wanted) => {
    expect(wantsColour(env, isTTY)).toBe(wanted)
  })
})

function untilCurlLines(child: ChildProcess, count: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    let output = ""
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk
      const lines = output.match(/^curl .*\n/gm) ?? []
      if (lines.length === count) resolve(lines)
    })
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}`)))
  })
}
