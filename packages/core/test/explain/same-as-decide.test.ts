import { conformanceRows, toAuthRequest } from "@jwt-auth/core/testing"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { explain } from "../../src/explain/index.js"
import { createAuthenticator, type JwtAuthConfig } from "../../src/index.js"
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
    const other = createAuthenticator(withoutMatch(config, explanation.rule.skipped), { now: () => now })
    expect(await other.decide(asked, requirement)).toEqual(explanation.decision)
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

/** The config in which these rules are about no request at all: that must not matter. */
function withoutMatch(config: JwtAuthConfig, skipped: readonly { readonly index: number }[]): JwtAuthConfig {
  const indexes = new Set(skipped.map(({ index }) => index))
  if (config.rules === undefined || indexes.size === 0) return config
  const nowhere = { route: "of no request" }
  return {
    ...config,
    rules: config.rules.map((rule, i) => (indexes.has(i) ? { ...rule, match: nowhere } : rule)),
  }
}

/** Also of members that no JSON shows, and of getters. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value]
  if (typeof value !== "object" || value === null) return []
  return Reflect.ownKeys(value).flatMap((key) => [String(key), ...stringsIn(Reflect.get(value, key))])
}

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

  it.each([false, true])(
    "does not hold the token, in whatever member of whatever object, redact: %s",
    async (redact) => {
      const tokenInPath = { ...asked, path: `/verify/${good}/${good.toUpperCase()}?x=${good}` }
      for (const request of [asked, tokenInPath]) {
        const strings = stringsIn(await explain(authenticator, request, { allow: "any" }, { redact }))
        expect(strings.length).toBeGreaterThan(10)
        expect(strings.filter((text) => good.split(".").some((part) => text.includes(part)))).toEqual([])
      }
    },
  )

  it("does not hold it in the paths of rules that do not match either", async () => {
    const rules = [{ match: { path: ["/a/*", `/verify/x`] }, public: true }] as const
    const { consumers } = authenticator.config
    const gate = createAuthenticator({ consumers, rules, global_auth: true }, { now: () => now })
    const explanation = await explain(gate, { ...asked, path: `/verify/${good}` })
    expect(explanation.rule.skipped[0]?.actual).toBe('"/verify/(not shown)"')
    expect(stringsIn(explanation).filter((text) => text.includes(good.slice(0, 20)))).toEqual([])
  })

  it("redacted, holds no claim but the times, no cookie and no query", async () => {
    const everywhere = {
      ...asked,
      headers: { ...headers, cookie: "sid=my-session; session=x" },
      path: "/y?jwt=x&id=bob",
    }
    const explanation = await explain(authenticator, everywhere, { allow: "any" }, { redact: true })
    const text = JSON.stringify(explanation)
    for (const secret of ["my-session", "bob", "né", '"read"']) expect(text).not.toContain(secret)
    expect(text).toContain(String(now + 600))
  })

  it("is refused to an object that is no authenticator, with a word on what to pass", async () => {
    const middleware = Object.assign(() => {}, { authenticator })
    await expect(explain(middleware as never, asked)).rejects.toThrow("auth.authenticator")
  })
})
