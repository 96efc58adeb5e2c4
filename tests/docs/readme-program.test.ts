import type { ChildProcess } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { curl, exchangesOf } from "@jwt-auth/test-support/curl"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { blocksOf } from "./pages.js"
import { finish, makeFolder, removeFolder, start } from "./run-program.js"

const blocks = blocksOf("README.md")
const session = exchangesOf(blocks.find(({ language }) => language === "console")?.text ?? "")
const folder = makeFolder()
let server: ChildProcess
let port: number

/** Writes a program of the README to the file that its first line names. */
function write(name: string, edit = (text: string) => text): string {
  const block = blocks.find(({ text }) => text.startsWith(`// ${name}\n`))
  const file = join(folder, name)
  writeFileSync(file, edit(block?.text ?? ""))
  return file
}

/** A free port instead of 3000, told to the test. */
function onFreePort(text: string): string {
  expect(text).toMatch(/^app\.listen\(3000\)$/m)
  return text.replace("app.listen(3000)", "const s = app.listen(0, () => process.send(s.address().port))")
}

beforeAll(async () => {
  const keys = await finish(start(write("keys.mjs"), { cwd: folder }))
  expect(keys).toEqual({ code: 0, stdout: "", stderr: "" })
  server = start(write("server.mjs", onFreePort), { cwd: folder })
  port = await new Promise<number>((resolve, reject) => {
    server.once("message", (message) => resolve(Number(message)))
    server.once("exit", (code) => reject(new Error(`the README's program ended with ${code}`)))
  })
})

afterAll(() => {
  server.kill()
  removeFolder(folder)
})

describe("the README's first program, with the README's keys, answers as the README shows", () => {
  it.each(session.map(({ command, shown }) => [command, shown] as const))("%s", async (command, shown) => {
    const { head, body } = await curl(command, { port, folder })
    const [shownHead, shownBody] = head.length === 0 ? ["", shown] : shown.split("\n\n")
    expect(body).toBe(shownBody)
    for (const line of shownHead?.split("\n") ?? []) if (line !== "") expect(head).toContain(line)
    if (head.length > 0) expect(shownHead?.split("\n")[0]).toBe(head[0])
  })

  it("shows the three answers: 200 with the consumer's name, 401 with its challenge, 403", () => {
    const shown = session.map((exchange) => exchange.shown)
    expect(shown).toEqual([
      expect.stringContaining("partner"),
      expect.stringMatching(/^HTTP\/1.1 401.*\nWWW-Authenticate: Bearer/),
      expect.stringMatching(/^HTTP\/1.1 403/),
    ])
  })

  it("lets the public route through without a token, and the allowed consumer to its own", async () => {
    const health = await curl("curl -i localhost:3000/health", { port, folder })
    expect([health.head[0], health.body]).toEqual(["HTTP/1.1 200 OK", "ok"])
    const authorization = '-H "Authorization: Bearer $(cat web.token)"'
    const refund = await curl(`curl -i -X POST ${authorization} localhost:3000/refunds`, { port, folder })
    expect([refund.head[0], refund.body]).toEqual(["HTTP/1.1 200 OK", "refunded"])
  })
})
