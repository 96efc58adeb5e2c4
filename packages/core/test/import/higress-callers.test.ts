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

describe("a rule with consumers of its own", () => {
  const own = [consumerWith({ name: "own-a" }), consumerWith({ name: "own-b", issuer: "ghi" })]
  const rule = { _match_route_: ["a"], consumers: own }

  it("keeps them", () => {
    expect(importedRules(sourceWith({ global_auth: true, _rules_: [rule] }))).toEqual([
      { match: { route: ["a"] }, consumers: own },
    ])
  })

  it("asks for a token also with global_auth: false, and says so", () => {
    expect(importedRules(withRules(rule))).toEqual([{ match: { route: ["a"] }, consumers: own }])
    expect(notesAt(withRules(rule), "_rules_[0].consumers")).toEqual([
      "differs: no token is asked for, since global_auth is false -> asks for a token of these consumers",
    ])
    expect(notesAt(sourceWith({ _rules_: [rule] }), "_rules_[0].consumers")).toEqual([])
  })

  it("lets in only those in allow, which the gateway does not look at", () => {
    const source = sourceWith({ _rules_: [{ ...rule, allow: ["own-b"] }] })
    expect(importedRules(source)).toEqual([{ match: { route: ["a"] }, consumers: [own[1]] }])
    expect(notesAt(source, "_rules_[0].allow")).toEqual([expect.stringMatching(/^differs: not looked at/)])
    expect(problemLines(sourceWith({ _rules_: [{ ...rule, allow: ["web"] }] }))).toEqual([
      '_rules_[0].allow[0]: "web" is not the name of a consumer',
    ])
  })
})

describe("fields that change who is let in", () => {
  it("enable_headers is never carried over: the token is asked for", () => {
    const source = sourceWith({ global_auth: true, enable_headers: ["x-auth"] })
    expect(fromHigress(source).config).not.toHaveProperty("enable_headers")
    expect(notesAt(source, "enable_headers")).toEqual([
      'differs: a request with none of the headers "x-auth" needs no token -> left out: the token is asked for, whichever headers are sent',
    ])
    expect(notesAt(sourceWith({ enable_headers: [] }), "enable_headers")).toEqual([])
    expect(problemLines(sourceWith({ enable_headers: "x" }))).toEqual(["enable_headers: must be a list"])
  })

  it("in a rule as well", () => {
    const source = withRules({
      _match_route_: ["a"],
      enable_headers: ["x"],
      consumers: [consumerWith({ name: "own" })],
    })
    expect(notesAt(source, "_rules_[0].enable_headers")).toHaveLength(1)
  })

  it.each(["allow", "ip_whitelist", "globalAuth"])("%s at the top is lost", (name) => {
    const source = sourceWith({ [name]: ["web"] })
    expect(notesAt(source, name)).toEqual([expect.stringMatching(/^lost: not a field that the plugin knows/)])
  })

  it("an unknown field of a rule is lost", () => {
    const source = withRules({ _match_route_: ["a"], _match_path_: ["/a"], ...web })
    expect(notesAt(source, "_rules_[0]._match_path_")).toEqual([expect.stringMatching(/^lost: /)])
  })
})
