import { describe, expect, it } from "vitest"
import type { Requirement } from "../decision.js"
import type { Guarded } from "./access.js"
import { compileRules } from "./match-rule.js"
import { accessFor } from "./requirement.js"

const rules = [
  { match: { route: "r" }, allow: ["of-rule"], optional: false, report_only: false, scopes: ["a"] },
]
const table = compileRules({ rules, global_auth: true }, { groups: [], places: [] })
const request = { method: "GET", host: "", path: "/", headers: {} }

function guarded(requirement: Requirement, route?: string): Guarded {
  const access = accessFor(table, route === undefined ? request : { ...request, route }, requirement)
  if (access.kind === "open") throw new Error("open")
  return access
}

describe("the names that a requirement allows", () => {
  it("are these and no parts of them", () => {
    const { allow } = guarded({ allow: ["web", "partner", "web"] })
    if (allow === "any") throw new Error("any")
    expect([...allow]).toEqual(["web", "partner"])
    expect(["web", "partner", "we", "", "any", "length", "0"].filter((name) => allow.has(name))).toEqual([
      "web",
      "partner",
    ])
  })

  it("are the ones that stand there at the time of the request: their owner may change them", () => {
    const names = ["web"]
    const requirement = { allow: names }
    expect(guarded(requirement)).toMatchObject({ allow: { size: 1 } })
    names.pop()
    const { allow } = guarded(requirement)
    expect(allow).toMatchObject({ size: 0 })
    expect(allow !== "any" && allow.has("web")).toBe(false)
  })

  it("are none when the list is empty", () => {
    expect(guarded({ allow: [] })).toMatchObject({ allow: { size: 0 } })
  })

  it("are no letters of a name that somebody has not put into a list", () => {
    const { allow } = guarded({ allow: "webmaster" as unknown as string[] })
    expect(allow !== "any" && (allow.has("web") || allow.has("webmaster"))).toBe(false)
  })
})

describe("a requirement that names a route", () => {
  it("is matched under it, and not under the name in the request", () => {
    expect(guarded({ route: "r" }, "other").scopes).toEqual(["a"])
    expect(guarded({ route: "other" }, "r").scopes).toEqual([])
  })

  it("without one is matched under the name in the request", () => {
    expect(guarded({}, "r").scopes).toEqual(["a"])
  })

  it("adds its scopes to those of the rule", () => {
    expect(guarded({ route: "r", scopes: ["b"] }).scopes).toEqual(["a", "b"])
    expect(guarded({ route: "r" }).scopes).toEqual(["a"])
  })
})
