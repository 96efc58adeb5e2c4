import { describe, expect, it } from "vitest"
import type { Explanation } from "../../src/explain/index.js"
import { type BrokenRequest, explainSituation, type Situation, stepAt } from "./broken-request.js"
import { subjects } from "./broken-requests.js"

/** Every piece of a token or key that stands in the explanation. Claims do stand there, so a token's payload may not count. */
function leaked({ config, request }: Situation, explanation: Explanation): readonly string[] {
  const text = JSON.stringify(explanation)
  const sent = JSON.stringify([request.headers, request.path])
  const tokens = sent.match(/[\w-]+\.[\w-]+\.[\w-]+/g) ?? []
  const keys = JSON.stringify(config).match(/\\?"(?:k|n|x|y)\\?":\\?"[^"\\]+/g) ?? []
  const pieces = [
    ...tokens.flatMap((token) => [token, token.split(".")[2] ?? ""]),
    ...keys.map((key) => key.split('"').at(-1) ?? ""),
  ]
  return pieces.filter((piece) => piece.length > 8 && text.includes(piece))
}

describe.each(Object.entries(subjects))("broken requests: %s", (_, rows) => {
  it.each<BrokenRequest>(rows)("$name", async (row) => {
    const situation = await row.situation()
    const explanation = await explainSituation(situation)
    const { reason, hint } = stepAt(explanation, row)
    expect({ reason, hint }).toEqual({ reason: row.reason, hint: row.hint })
    expect(leaked(situation, explanation)).toEqual([])
  })
})

it("there are at least 40 of them, each of its own kind", () => {
  const names = Object.values(subjects).flatMap((rows) => rows.map(({ name }) => name))
  expect(names.length).toBeGreaterThanOrEqual(40)
  expect(new Set(names).size).toBe(names.length)
})
