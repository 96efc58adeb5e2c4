import { describe, expect, it } from "vitest"
import { consumerWith, importedRules, notesAt, sourceWith, withRules } from "./higress-source.js"

const web = { allow: ["web"] }
const last = "what a rule of the gateway may be about"

describe("several match keys in one rule", () => {
  it.each([
    ["_match_domain_", { _match_domain_: ["a.com"] }],
    ["_match_route_prefix_", { _match_route_prefix_: ["a"] }],
  ])("%s beside _match_route_ is not looked at, as there", (key, more) => {
    const source = withRules({ _match_route_: ["r"], ...more, ...web })
    expect(importedRules(source)).toEqual([{ match: { route: ["r"] }, allow: ["web"] }])
    expect(notesAt(source, `_rules_[0].${key}`)).toEqual([
      "differs: not looked at beside _match_route_ -> not looked at either; two rules would say what both mean",
    ])
  })

  it.each([
    ["_match_domain_", { _match_domain_: ["a.com"], _match_service_: ["s"] }],
    ["_match_domain_", { _match_domain_: ["a.com"], _match_route_prefix_: ["r"] }],
    ["_match_service_", { _match_service_: ["s"], _match_route_prefix_: ["r"] }],
  ])("%s loses to the other key of %j", (ignored, keys) => {
    const source = withRules({ ...keys, ...web })
    expect(notesAt(source, `_rules_[0].${ignored}`)).toEqual([
      expect.stringMatching(/^differs: not looked at/),
    ])
    expect(importedRules(source)).toEqual([{ name: last, match: {}, allow: ["web"] }])
  })

  it("a route and a service must both match there: the route is asked for the same callers here", () => {
    const source = withRules({ _match_route_: ["r"], _match_service_: ["s"], ...web })
    expect(importedRules(source)).toEqual([{ name: last, match: { route: ["r"] }, allow: ["web"] }])
    expect(notesAt(source, "_rules_[0]._match_service_")).toEqual([expect.stringMatching(/^lost: /)])
  })
})

describe("what an app cannot see", () => {
  it.each(["_match_service_", "_match_route_prefix_"])(
    "%s: the rule is lost, and what no rule matches needs its callers",
    (key) => {
      const source = withRules({ [key]: ["a"], ...web }, { _match_route_: ["r"], allow: ["partner"] })
      expect(importedRules(source)).toEqual([
        { match: { route: ["r"] }, allow: ["partner"] },
        { name: last, match: {}, allow: ["web"] },
      ])
      const [note = ""] = notesAt(source, `_rules_[0].${key}`)
      expect(note).toMatch(
        /^lost: "web" may call, for .*"a" -> an app does not see this: the rule is left out/,
      )
      expect(note).toContain("Where _rules_[1] may be meant as well, the callers of either are let in")
    },
  )

  it("of several such rules, the last one lets in the callers of each", () => {
    const source = withRules(
      { _match_service_: ["a"], ...web },
      { _match_service_: ["b"], allow: ["partner", "web"] },
    )
    expect(importedRules(source)).toEqual([{ name: last, match: {}, allow: ["web", "partner"] }])
  })

  it("with consumers of its own, these stand in the last rule, beside those that other rules name", () => {
    const own = consumerWith({ name: "own" })
    const source = sourceWith({
      _rules_: [
        { _match_service_: ["a"], ...web },
        { _match_service_: ["b"], consumers: [own, consumerWith({ issuer: "other" })] },
      ],
    })
    expect(importedRules(source)).toEqual([{ name: last, match: {}, consumers: [consumerWith(), own] }])
  })

  it("a public rule is left out, and so is one after a rule that is lost: both may be about its requests", () => {
    const disabled = { _match_domain_: ["static.com"], _disable_: true }
    const service = { _match_service_: ["a"], _disable_: true }
    expect(importedRules(withRules(service, disabled))).toEqual([
      { match: { domain: ["static.com"] }, public: true },
    ])
    expect(notesAt(withRules(service), "_rules_[0]._match_service_")).toEqual([
      'differs: no token is asked for, for requests to the services "a" -> left out: they need what other rules say',
    ])
    const source = withRules({ _match_service_: ["a"], ...web }, disabled)
    expect(importedRules(source)).toEqual([{ name: last, match: {}, allow: ["web"] }])
    expect(notesAt(source, "_rules_[1]")).toContain(
      "differs: no token is asked for -> left out: _rules_[0] comes first, and may be about the same requests",
    )
  })

  it("a public rule before it stays: there it comes first as well", () => {
    const source = withRules(
      { _match_domain_: ["a.com"], _disable_: true },
      { _match_service_: ["a"], ...web },
    )
    expect(importedRules(source)?.[0]).toEqual({ match: { domain: ["a.com"] }, public: true })
  })
})

describe("a host pattern that cannot be said exactly", () => {
  it.each([
    ["*example.com", ["example.com", "*.example.com"], { domain: ["*.com"] }],
    ["*-api.example.com", ["-api.example.com", "*.-api.example.com"], { domain: ["*.example.com"] }],
    ["*com", ["com", "*.com"], {}],
    ["api*", ["api", "api.*"], {}],
    ["api.v*", ["api.v", "api.v.*"], { domain: ["api.*"] }],
  ])("%s is said as far as it goes, and a last rule is as broad as needed", (pattern, domain, match) => {
    const source = withRules({ _match_domain_: [pattern], ...web })
    expect(importedRules(source)).toEqual([
      { match: { domain }, allow: ["web"] },
      { name: last, match, allow: ["web"] },
    ])
    expect(notesAt(source, "_rules_[0]._match_domain_[0]")).toEqual([
      expect.stringMatching(/^differs: "web" may call/),
    ])
  })

  it("is lost where another rule lets others in among the same hosts, and only there", () => {
    const kindBeside = (...more: readonly object[]) =>
      notesAt(withRules({ _match_domain_: ["*a.com"], ...web }, ...more), "_rules_[0]._match_domain_[0]").map(
        (note) => note.split(":")[0],
      )
    expect(kindBeside({ _match_domain_: ["b.com"], allow: ["partner"] })).toEqual(["lost"])
    expect(kindBeside({ _match_route_: ["r"], allow: ["partner"] })).toEqual(["lost"])
    expect(kindBeside({ _match_domain_: ["b.org"], allow: ["partner"] })).toEqual(["differs"])
    expect(kindBeside({ _match_domain_: ["b.com"], ...web })).toEqual(["differs"])
  })

  it("is lost with consumers of its own where global_auth asks the others for a token of the global ones", () => {
    const rule = { _match_domain_: ["*a.com"], consumers: [consumerWith({ name: "own" })] }
    const kind = (global_auth: boolean) =>
      notesAt(sourceWith({ global_auth, _rules_: [rule] }), "_rules_[0]._match_domain_[0]").map(
        (note) => note.split(":")[0],
      )
    expect([kind(true), kind(false)]).toEqual([["lost"], ["differs"]])
  })

  it("in a public rule is never broader than there", () => {
    const source = withRules({ _match_domain_: ["*a.com"], _disable_: true })
    expect(importedRules(source)).toEqual([{ match: { domain: ["a.com", "*.a.com"] }, public: true }])
  })
})
