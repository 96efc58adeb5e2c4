import { describe, expect, it } from "vitest"
import { fromHigress } from "../../src/import/index.js"
import {
  consumerWith,
  importedRules,
  notesAt,
  problemLines,
  sourceWith,
  withRules,
} from "./higress-source.js"

const web = { allow: ["web"] }

describe("global_auth", () => {
  const rule = { _match_route_: ["r"], ...web }
  it.each<[unknown, boolean | undefined]>([
    [true, true],
    [false, false],
    ["true", true],
    ["false", false],
    [undefined, undefined],
  ])("%j stays what it is without rules", (given, expected) => {
    expect(fromHigress(sourceWith({ global_auth: given })).config.global_auth).toBe(expected)
    expect(fromHigress(sourceWith({ global_auth: given, _rules_: [] })).config.global_auth).toBe(expected)
  })

  it("unset means false as soon as there is a rule, also one that is public or left out", () => {
    for (const only of [
      rule,
      { _match_route_: ["r"], _disable_: true },
      { _match_service_: ["s"], _disable_: true },
    ]) {
      const source = sourceWith({ _rules_: [only] })
      expect(fromHigress(source).config.global_auth).toBe(false)
      expect(notesAt(source, "global_auth")).toEqual([expect.stringMatching(/^info: /)])
    }
  })

  it.each([["yes"], [1], [null]])("%j is refused", (given) => {
    expect(problemLines(sourceWith({ global_auth: given }))).toEqual(["global_auth: must be true or false"])
  })
})

describe("a rule of the gateway", () => {
  it("about routes is one about routes, and a note says that the app has to name them", () => {
    const source = withRules({ _match_route_: ["a", 7], ...web })
    expect(importedRules(source)).toEqual([{ match: { route: ["a", "7"] }, allow: ["web"] }])
    expect(notesAt(source, "_rules_[0]._match_route_")).toEqual([
      'differs: for the gateway\'s routes "a", "7" -> for requests that the app names so, with auth.route("a"), auth.route("7"); the rule does not apply to others',
    ])
  })

  it("about hosts is one about hosts, and the first of them notes how hosts are compared", () => {
    const domain = ["example.com", "*.example.com", "api.*", "*", "[::1]"]
    const source = withRules({ _match_domain_: domain, ...web }, { _match_domain_: ["b.com"], ...web })
    expect(importedRules(source)).toEqual([
      { match: { domain }, allow: ["web"] },
      { match: { domain: ["b.com"] }, allow: ["web"] },
    ])
    expect(notesAt(source, "_rules_[0]")).toEqual([expect.stringContaining("letter by letter")])
    expect(notesAt(source, "_rules_[1]")).toEqual([])
  })

  it.each([true, "true"])("with _disable_: %j is public, whoever is allowed", (_disable_) => {
    const source = withRules({ _match_route_: ["a"], _disable_, allow: ["nobody"] })
    expect(importedRules(source)).toEqual([{ match: { route: ["a"] }, public: true }])
    expect(notesAt(source, "_rules_[0].allow")).toEqual([expect.stringMatching(/^info: not looked at/)])
  })

  it.each([false, "false"])("with _disable_: %j is as if nothing had been said", (_disable_) => {
    expect(importedRules(withRules({ _match_route_: ["a"], _disable_, ...web }))).toEqual([
      { match: { route: ["a"] }, allow: ["web"] },
    ])
  })

  it("keeps its place, since the first match decides", () => {
    const rules = importedRules(
      withRules(
        { _match_domain_: ["*"], ...web },
        { _match_route_: ["a"], _disable_: true },
        { _match_route_: ["a"], ...web },
      ),
    )
    expect(rules?.map(({ match }) => match)).toEqual([{ domain: ["*"] }, { route: ["a"] }, { route: ["a"] }])
  })

  it.each<[string, object, readonly string[]]>([
    [
      "no allow, which denies everybody",
      { _match_route_: ["a"] },
      [": has no allow, which denies everybody"],
    ],
    [
      "an empty allow, which denies everybody",
      { _match_route_: ["a"], allow: [] },
      [".allow: is empty, which denies everybody"],
    ],
    ["a text as allow", { _match_route_: ["a"], allow: "web" }, [".allow: must be a list"]],
    ["null as allow", { _match_route_: ["a"], allow: null }, [".allow: must be a list"]],
    [
      "an unknown name in allow",
      { _match_route_: ["a"], allow: ["web", "wbe"] },
      ['.allow[1]: "wbe" is not the name of a consumer'],
    ],
    ["no match key", web, [": names no requests"]],
    ["empty match keys", { _match_route_: [], _match_domain_: [], ...web }, [": names no requests"]],
    ["one route, not in a list", { _match_route_: "a", ...web }, ["._match_route_: must be a list"]],
    ["a route of true", { _match_route_: [true], ...web }, ["._match_route_[0]: must be a string"]],
    ["_disable_: 1", { _match_route_: ["a"], _disable_: 1, ...web }, ["._disable_: must be true or false"]],
    [
      "consumers that are none",
      { _match_route_: ["a"], consumers: [], ...web },
      [".consumers: must not be empty"],
    ],
    [
      "a broken consumer of its own",
      { _match_route_: ["a"], consumers: [consumerWith({ jwks: "{" })], ...web },
      [".consumers[0].jwks: is not valid JSON"],
    ],
  ])("with %s is refused", (_, rule, expected) => {
    const good = { _match_route_: ["good"], ...web }
    expect(problemLines(withRules(good, rule))).toEqual(expected.map((line) => `_rules_[1]${line}`))
  })

  it.each([
    "a.com:80",
    "https://a.com",
    "a.*.com",
    "*.a.*",
    "**",
    "*.",
    ".*",
    "",
    "a.com.",
    "*a.com.",
    "a b",
    "*:80",
    "a..b",
  ])("about the host %j is refused: no request has it there", (pattern) => {
    expect(problemLines(withRules({ _match_domain_: ["b.com", pattern], ...web }))).toEqual([
      `_rules_[0]._match_domain_[1]: ${JSON.stringify(pattern)} is a host that no request has there`,
    ])
  })

  it("about a host with capitals is refused: there it is about hosts written so, and no others", () => {
    expect(problemLines(withRules({ _match_domain_: ["API.example.com"], ...web }))).toEqual([
      '_rules_[0]._match_domain_[0]: "API.example.com" has capitals, and is compared letter by letter there',
    ])
  })

  it("that is no object is refused, and rules that are no list", () => {
    expect(problemLines(withRules("a", null))).toEqual([
      "_rules_[0]: must be an object",
      "_rules_[1]: must be an object",
    ])
    expect(problemLines(sourceWith({ _rules_: {} }))).toEqual(["_rules_: must be a list"])
  })

  it("an unknown name is told with the right one, and unreadable consumers are told once", () => {
    const rule = { _match_route_: ["a"], allow: ["web"] }
    expect(problemLines({ consumers: [consumerWith({ jwks: "{" })], _rules_: [rule] })).toEqual([
      "consumers[0].jwks: is not valid JSON",
    ])
  })
})
