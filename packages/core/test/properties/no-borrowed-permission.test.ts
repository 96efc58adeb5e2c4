import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createAuthenticator } from "../../src/index.js"
import { isBelow, readingsBehind } from "./layers.js"
import { runs } from "./settings.js"
import { trickyTarget } from "./targets.js"
import { consumerOf, hs256, newSecret, now, requestTo } from "./tokens.js"

const secret = newSecret()
const consumers = [consumerOf("clerk", secret), consumerOf("admin", secret)]
const clock = { now: () => now }
const tokens = { clerk: hs256(secret, { iss: "clerk" }), admin: hs256(secret, { iss: "admin" }) }

describe("a path that is read in two ways borrows no permission from the wrong reading", () => {
  const rules = [
    { match: { path: "/x/*" }, allow: ["clerk"] },
    { match: { path: "/admin/*" }, allow: ["admin"] },
  ]
  const gate = createAuthenticator({ global_auth: true, consumers, rules }, clock)

  async function isLetIn(name: keyof typeof tokens, target: string): Promise<boolean> {
    return (await gate.decide(requestTo(target, tokens[name]))).outcome === "allow"
  }

  /** What the rules say of a path that is read in one way only. */
  function mayCall(name: string, path: string): boolean {
    const rule = rules.find(({ match }) => isBelow(match.path.slice(0, -2), path))
    return rule === undefined || rule.allow.includes(name)
  }

  it.each(["clerk", "admin"] as const)(
    "%s is let in only where every layer reads a path that is open to it",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(trickyTarget, async (target) => {
          if (!(await isLetIn(name, target))) return
          expect(readingsBehind(target).filter(({ path }) => !mayCall(name, path))).toEqual([])
        }),
        runs(1000),
      )
    },
  )

  it.each([
    "/x/../admin",
    "/x/%2e%2e/admin/users",
    "/x%2f..%2fadmin",
    "/x\\..\\admin",
    "/x/..;/admin",
    "//x/admin",
  ])("the clerk, who may call /x, is not let in at %s", async (target) => {
    expect(await isLetIn("clerk", target)).toBe(false)
  })

  it.each([
    ["escapes", `/admin/${"%20".repeat(1000)}`],
    ["dot segments", `/admin/${"./".repeat(1500)}users`],
  ])(
    "the clerk, who may call /x, is not let in at a very long path of %s below /admin",
    async (_, target) => {
      expect(await isLetIn("clerk", target)).toBe(false)
    },
  )

  it.each(["/x/a%2fb", "/x/a;v=1", "/x//a", "/x/%c3%a9%ff"])(
    "the clerk is let in at %s, which is below /x however it is read",
    async (target) => {
      expect(await isLetIn("clerk", target)).toBe(true)
    },
  )
})

describe("a path that is read in two ways is not excused by a rule that excuses one reading", () => {
  const match = { path: "/x/*" }
  const lenient = {
    optional: { match, allow: "any", optional: true },
    report_only: { match, allow: "any", report_only: true },
  } as const
  const outside = ["/x/../secret", "/x/%2e%2e/secret", "/x%2f..%2fsecret", "/x\\..\\secret", "//x/secret"]
  const cases = (["optional", "report_only"] as const).flatMap((verb) =>
    outside.map((path) => ({ verb, path })),
  )

  it.each(cases)(
    "a caller without a token is refused at $path, though the rule for /x is $verb",
    async ({ verb, path }) => {
      const gate = createAuthenticator({ global_auth: true, consumers, rules: [lenient[verb]] }, clock)
      const decision = await gate.decide({ method: "GET", host: "", path, headers: {} })
      expect(decision.outcome).toBe("deny")
    },
  )
})

describe("a host that is no host name borrows no permission from a domain that it may not be", () => {
  const rules = [
    { match: { domain: "a.example.com" }, allow: ["clerk"] },
    { match: { domain: "b.example.com" }, allow: ["admin"] },
  ]
  const gate = createAuthenticator({ global_auth: true, consumers, rules }, clock)

  // `new URL` reads b.example.com in each of them.
  it.each([
    "user@b.example.com",
    "a.example.com@b.example.com",
    "b.example.com/a.example.com",
    "b.example.com?",
    "b%2eexample.com",
  ])("the clerk, who may call a.example.com, is not let in at %s", async (host) => {
    const decision = await gate.decide({ ...requestTo("/", tokens.clerk), host })
    expect(decision.outcome).toBe("deny")
  })
})
