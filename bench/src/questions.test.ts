import { describe, expect, test } from "vitest"
import { peers } from "./contestants/peers.js"
import { smoke } from "./effort.js"
import { consumers } from "./questions/consumers.js"
import { newToken } from "./questions/new-token.js"
import { newTokensAtOnce } from "./questions/new-tokens-at-once.js"
import { refusals } from "./questions/refusals.js"
import { repeatedToken } from "./questions/repeated-token.js"
import { rules } from "./questions/rules.js"
import { questions } from "./questions.js"
import { chartOf } from "./report/chart.js"
import type { Question } from "./result.js"

const algorithms = ["HS256", "RS256", "PS256", "ES256", "EdDSA"] as const

/** What is promised for each group. */
const each = (groups: readonly string[], names: readonly string[]) =>
  groups.flatMap((group) => names.map((name) => `${group}: ${name}`))
const perAlgorithm = (yardsticks: (algorithm: string) => readonly string[]) =>
  algorithms.flatMap((algorithm) => [
    ...each([algorithm], ["@jwt-auth/core", ...yardsticks(algorithm)]),
    ...each(
      [algorithm],
      peers.filter((peer) => peer.algorithms.includes(algorithm)).map(({ name }) => name),
    ),
  ])

const promised: readonly (readonly [Question, readonly string[]])[] = [
  [
    repeatedToken,
    each(["1", "1,000", "100,000"], ["@jwt-auth/core", "fast-jwt, cache", "fast-jwt, cache by token"]),
  ],
  [newToken, perAlgorithm(() => ["node:crypto"])],
  [
    newTokensAtOnce,
    perAlgorithm((algorithm) =>
      algorithm === "HS256" ? ["node:crypto"] : ["node:crypto", "node:crypto, thread pool"],
    ),
  ],
  [
    consumers,
    [
      ...each(
        ["1", "10", "100", "1,000", "10,000"],
        ["new token, HS256", "new token, ES256", "seen before", "unknown issuer", "one issuer, by claim"],
      ),
      ...each(["1", "10", "100", "1,000"], ["one issuer, by key only"]),
    ],
  ],
  [rules, each(["1", "10", "100", "1,000"], ["by path", "by domain"])],
  [
    refusals,
    each(
      ["HS256", "RS256"],
      [
        "good, new",
        "missing",
        "garbage",
        "structured garbage",
        "8 kB",
        "1 MB",
        "unknown issuer",
        "wrong signature",
        "expired",
      ],
    ),
  ],
]

describe.each(promised.map(([question, contestants]) => ({ question, contestants })))(
  "$question.id",
  ({ question, contestants }) => {
    test("has a finite figure for everybody it promises, a budget for each ratio that is held, and a chart", async () => {
      const measurement = await question.measure(() => {}, smoke)
      const { figures, ratios } = measurement
      expect(new Set(figures.map(({ group, name }) => `${group}: ${name}`))).toEqual(new Set(contestants))
      for (const { median, q1, q3 } of [...figures, ...ratios]) {
        for (const value of [median, q1, q3])
          expect(value).toSatisfy((number) => Number.isFinite(number) && number > 0)
      }
      for (const { what, measured } of question.budgets) {
        expect(measured(measurement) ?? 1, what).toSatisfy(Number.isFinite)
      }
      expect(() => chartOf(question, measurement)).not.toThrow()
    })
  },
)

test("every question is asked, and each result has a file of its own", () => {
  const ids = questions.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [{ id }] of promised) expect(ids).toContain(id)
})
