import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createAuthenticator, type Decision, type JwtAuthConfig } from "../../src/index.js"
import { closed, good, open, request, requirement } from "./requests.js"
import { runs } from "./settings.js"
import { now } from "./tokens.js"

const clock = { now: () => now }

describe("decide, for arbitrary strings in every request field", () => {
  it.each(Object.entries({ ...closed, ...open }))(
    "never throws and always answers under %s",
    async (_, config) => {
      const gate = createAuthenticator(config, clock)
      await fc.assert(
        fc.asyncProperty(request, requirement, async (request, asked) => {
          const { outcome } = await gate.decide(request, asked)
          expect(["allow", "pass", "deny"]).toContain(outcome)
        }),
        runs(300),
      )
    },
  )

  it.each(Object.entries(closed))("lets nobody in without a good token under %s", async (_, config) => {
    const gate = createAuthenticator(config, clock)
    await fc.assert(
      fc.asyncProperty(request, requirement, async (request, asked) => {
        expect((await gate.decide(request, asked)).outcome).toBe("deny")
      }),
      runs(400),
    )
  })

  it.each(Object.entries(open))("never says allow without a good token under %s", async (_, config) => {
    const gate = createAuthenticator(config, clock)
    await fc.assert(
      fc.asyncProperty(request, requirement, async (request, asked) => {
        expect((await gate.decide(request, asked)).outcome).not.toBe("allow")
      }),
      runs(400),
    )
  })

  it("answers a refusal in terms of its own, whatever the request: no part of it comes back", async () => {
    const gate = createAuthenticator(closed["rules of every kind of match"] as JwtAuthConfig, clock)
    const answers = new Set<string>()
    await fc.assert(
      fc.asyncProperty(request, async (request) => {
        const decision: Decision = await gate.decide(request)
        if (decision.outcome === "deny") answers.add(JSON.stringify(decision.denial))
      }),
      runs(400),
    )
    const codes = [...answers].map((answer) => (JSON.parse(answer) as { code: string }).code)
    expect(codes).toHaveLength(new Set(codes).size)
    expect(codes).toContain("jwt_missing")
    expect(codes).toContain("jwt_verification_fails")
  })

  it("does let the good token in: the tests above could fail", async () => {
    for (const config of [...Object.values(closed), ...Object.values(open)]) {
      const gate = createAuthenticator(config, clock)
      const decision = await gate.decide(
        { method: "GET", host: "h", path: "/y", headers: { authorization: `Bearer ${good}` } },
        { allow: "any" },
      )
      expect(decision.outcome).toBe("allow")
    }
  })
})
