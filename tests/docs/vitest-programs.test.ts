import { createAuthenticator } from "@jwt-auth/core"
import { createTestConsumer } from "@jwt-auth/core/testing"
import { describe, expect, it } from "vitest"
import { blocksOf, programPages, tableAfter } from "./pages.js"
import { runWithVitest } from "./run-with-vitest.js"

const programs = programPages
  .flatMap(blocksOf)
  .filter(({ marks }) => marks.includes("vitest"))
  .map(({ page, line, text }) => ({ name: `${page}:${line}`, text }))

describe("every test in the documentation is green", async () => {
  const results = await runWithVitest(programs.map(({ text }) => text))

  it.each(programs.map(({ name }, i) => [name, i] as const))("%s", (_, i) => {
    expect(results[i]?.failures).toEqual([])
    expect(results[i]?.passed).toBeGreaterThan(0)
  })

  it("and each program that says it uses vitest is run", () => {
    const blocks = programPages.flatMap(blocksOf).filter(({ text }) => text.includes('from "vitest"'))
    expect(blocks.map(({ page, line }) => `${page}:${line}`)).toEqual(programs.map(({ name }) => name))
  })

  it("one that is not green is found out", async () => {
    const [red] = await runWithVitest(
      programs
        .slice(0, 1)
        .map(({ text }) => text.replace('code: "insufficient_scope"', 'code: "jwt_expired"')),
    )
    expect(red?.failures).toEqual([
      expect.stringContaining("expected the request to be denied (jwt_expired), but it was denied: 403"),
    ])
  })
})

describe("the table of bad tokens says what becomes of each", async () => {
  const rows = tableAfter("docs/testing.md", "bad tokens").map((row) =>
    row.map((cell) => cell.replaceAll("`", "")),
  )
  const { consumer, request, tokens } = await createTestConsumer({ name: "web" })
  const { decide } = createAuthenticator({ global_auth: true, consumers: [consumer] })

  it("it lists them all", () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(tokens))
  })

  it.each(Object.entries(tokens))("%s", async (name, token) => {
    const decision = await decide(await request({}, { token: token() }))
    if (decision.outcome !== "deny") throw new Error("it is not refused")
    const row = rows.find(([listed]) => listed === name)
    expect(row?.slice(2)).toEqual([decision.denial.code, decision.attempts[0]?.reason])
  })
})
