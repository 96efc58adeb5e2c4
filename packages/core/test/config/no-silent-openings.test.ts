import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import {
  ConfigError,
  checkRequirement,
  createAuthenticator,
  type Jwks,
  type JwtAuthConfig,
  type Requirement,
} from "../../src/index.js"
import { documentWith, errorsOf, withRules } from "./documents.js"

const document = { ...documentWith({}), global_auth: false } as unknown as JwtAuthConfig
const gate = createAuthenticator(document)

describe("a requirement that is not understood is refused when the route is set up, not ignored", () => {
  it.each([
    ["a misspelt field", { scope: ["admin"] }, "scope", "Did you mean scopes?"],
    [
      "a field of something else",
      { consumers: ["web"] },
      "consumers",
      "Known here: allow, optional, route, scopes.",
    ],
    ["a list that came from nowhere", { allow: undefined }, "allow", "Leave it out, or give it a value."],
    ["a name that is no list", { allow: "web" }, "allow", 'Name the consumers let through, or say "any".'],
    [
      "a scope that is no list",
      { scopes: "admin" },
      "scopes",
      'Such as ["orders:read"]: no spaces or quotes.',
    ],
    ["no scope at all", { scopes: [] }, "scopes", 'Such as ["orders:read"]: no spaces or quotes.'],
    ["an empty scope", { scopes: [""] }, "scopes", 'Such as ["orders:read"]: no spaces or quotes.'],
    ["a scope with a quote", { scopes: ['a"b'] }, "scopes", 'Such as ["orders:read"]: no spaces or quotes.'],
  ])("%s", (_, requirement, path, fix) => {
    let thrown: unknown
    try {
      checkRequirement(requirement as Requirement, gate.config)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ConfigError)
    expect((thrown as ConfigError).issues).toMatchObject([{ severity: "error", path, fix }])
  })

  it.each([{}, { allow: "any" }, { optional: true }, { route: "r" }, { scopes: ["a:b"] }] as const)(
    "%o is fine",
    (ok) => {
      expect(() => checkRequirement(ok, gate.config)).not.toThrow()
    },
  )
})

describe("a rule that could never hold, or would hold for everything, is an error", () => {
  it.each([
    ["a router's parameter", { path: "/users/:id" }, "rules[0].match.path"],
    ["a blank at the end", { path: "/admin " }, "rules[0].match.path"],
    ["a blank at the beginning of a domain", { domain: " a.example" }, "rules[0].match.domain"],
    ["a zero-width space", { path: "/admin\u200b" }, "rules[0].match.path"],
    ["a star for a method", { method: "*" }, "rules[0].match.method"],
    ["ALL for a method", { method: "all" }, "rules[0].match.method"],
    ["a path that came from nowhere", { path: undefined }, "rules[0].match.path"],
  ])("%s", (_, match, path) => {
    expect(errorsOf(withRules({ match, allow: "any" })).map((issue) => issue.path)).toEqual([path])
  })
})

describe("an authenticator", () => {
  it("shows no secret of its config when it is printed or serialised", () => {
    const [{ k = "" } = {}] = document.consumers.flatMap(({ jwks }) => (jwks as Jwks).keys)
    expect(k.length).toBeGreaterThan(20)
    const printed = `${JSON.stringify(gate)} ${inspect(gate, { depth: 9, showHidden: true })}`
    expect(printed).not.toContain(k)
    expect(gate.config.consumers).toHaveLength(1)
  })

  it("hands out edits that nobody can change for the requests after", async () => {
    const decide = async () => gate.decide({ method: "GET", host: "", path: "/", headers: {} })
    const first = await decide()
    if (first.outcome !== "pass") throw new Error("this request needs no token")
    expect(() => (first.edits.headers as unknown[]).splice(0)).toThrow(TypeError)
    expect(await decide()).toEqual({
      outcome: "pass",
      edits: { headers: [{ op: "remove", name: "x-mse-consumer" }] },
    })
  })
})
