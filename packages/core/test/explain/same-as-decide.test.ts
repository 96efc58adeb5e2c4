import { conformanceRows, toAuthRequest } from "@jwt-auth/core/testing"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { explain } from "../../src/explain/index.js"
import { createAuthenticator } from "../../src/index.js"
import { closed, good, open, request, requirement } from "../properties/requests.js"
import { runs } from "../properties/settings.js"
import { now } from "../properties/tokens.js"
import { contradictions } from "./consistency.js"

const rows = (await conformanceRows()).map((row) => [`${row.point} ${row.name}`, row] as const)

describe("explain gives the decision that decide gives, and an explanation that fits it", () => {
  it.for(rows)("%s", async ([, { config, request, requirement, now }]) => {
    const authenticator = createAuthenticator(config, { now: () => now })
    const asked = toAuthRequest(request)
    const explanation = await explain(authenticator, asked, requirement)
    expect(explanation.decision).toEqual(await authenticator.decide(asked, requirement))
    expect(contradictions(explanation)).toEqual([])
  })

  it.each(Object.entries({ ...closed, ...open }))("for arbitrary requests under %s", async (_, config) => {
    const authenticator = createAuthenticator(config, { now: () => now })
    await fc.assert(
      fc.asyncProperty(request, requirement, async (request, asked) => {
        const explanation = await explain(authenticator, request, asked)
        expect(explanation.decision).toEqual(await authenticator.decide(request, asked))
        expect(contradictions(explanation)).toEqual([])
      }),
      runs(300),
    )
  })
})

describe("an explanation", () => {
  const authenticator = createAuthenticator(
    open["public, optional and report-only rules"] ?? { consumers: [] },
    {
      now: () => now,
      onDecision: () => expect.unreachable("an explanation is no decision about a client's request"),
    },
  )
  const headers = { authorization: `Bearer ${good}` }
  const asked = { method: "GET", host: "h", path: "/y?access_token=secret", headers } as const

  it("is not reported to onDecision, which counts what clients asked", async () => {
    expect((await explain(authenticator, asked, { allow: "any" })).decision.outcome).toBe("allow")
  })

  it("does not hold the token, not even where it was sent, nor the query", async () => {
    const explanation = await explain(authenticator, asked, { allow: "any" })
    const text = JSON.stringify(explanation)
    expect(text).not.toContain(good.split(".")[2])
    expect(text).not.toContain("access_token=")
  })

  it("is refused to an object that is no authenticator, with a word on what to pass", async () => {
    const middleware = Object.assign(() => {}, { authenticator })
    await expect(explain(middleware as never, asked)).rejects.toThrow("auth.authenticator")
  })
})
