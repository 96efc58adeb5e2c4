import { type ConformanceRow, conformanceRows, type Observation } from "@jwt-auth/core/testing"
import { describe, expect, it } from "vitest"
import { observeDecision } from "../../packages/core/test/observe-decision.js"
import { judge } from "./verdict.js"

const rows = await conformanceRows()

function rowNamed(name: string): ConformanceRow {
  const row = rows.find((one) => one.name === name)
  if (row === undefined) throw new Error(`no row is called ${name}`)
  return row
}

/** What an app behind `decide()` would make of another request than the row's. */
function observed(row: ConformanceRow, request: ConformanceRow["request"] = {}): Promise<Observation> {
  return observeDecision({ ...row, request: { ...row.request, ...request } })
}

const dotSegment = rowNamed("path /open/*, public: a dot segment") // /admin/../open/x
const plain = rowNamed("no token in any place")
const host = "api.example.com"
const resolved = { method: "GET", host, path: "/open/x", url: `http://${host}/open/x` }

describe("a row as it was sent", () => {
  it("is exact when all is as it says", async () => {
    const shown = { method: "GET", host, path: "/" }
    expect(await judge(plain, { shown, observed: await observed(plain) })).toEqual({ kind: "exact" })
  })

  it("fails on a server that shows every request as it is and answers otherwise", async () => {
    const shown = { method: "GET", host, path: "/admin/../open/x" }
    const reached = await observed(dotSegment, { path: "/open/x" })
    expect(await judge(dotSegment, { shown, observed: reached })).toMatchObject({ kind: "failed" })
  })
})

describe("a row that the server shows in its own way", () => {
  it("holds as the core decides for what is shown", async () => {
    const reached = await observed(dotSegment, { path: "/open/x" })
    expect(reached.outcome).toBe("pass")
    expect(await judge(dotSegment, { shown: resolved, observed: reached })).toMatchObject({ kind: "shown" })
  })

  it("fails when the adapter decides otherwise than the core for what is shown", async () => {
    const guarded = rowNamed("path /admin/*, guarded: a dot segment") // /open/../admin/x
    const shown = { ...resolved, path: "/admin/x", url: `http://${host}/admin/x` }
    const reached = await observed(guarded, { path: "/open/x" })
    expect(await judge(guarded, { shown, observed: reached })).toMatchObject({ kind: "failed" })
  })

  it("fails when what is shown is nothing that a URL parser makes of what was sent", async () => {
    const shown = { ...resolved, path: "/open/y", url: `http://${host}/open/y` }
    const reached = await observed(dotSegment, { path: "/open/y" })
    expect(await judge(dotSegment, { shown, observed: reached })).toMatchObject({ kind: "failed" })
  })
})

describe("a row that the server refuses itself", () => {
  it("cannot be sent when the request is malformed, or no client can send it", async () => {
    const backslash = rowNamed("path /open/*, public: a backslash")
    const emptyHost = rowNamed("domain *: opens an empty host under *")
    const wideCharacter = rowNamed("only ASCII letters are compared without case: U+212A is no k")
    for (const row of [backslash, emptyHost, wideCharacter]) {
      expect(await judge(row, { refused: "answered 400" })).toMatchObject({ kind: "unsendable" })
    }
  })

  it("fails when the request is well-formed: the app was to be asked", async () => {
    for (const row of [plain, dotSegment]) {
      expect(await judge(row, { refused: "answered 400" })).toMatchObject({ kind: "failed" })
    }
  })

  it("fails when the server crashed over it", async () => {
    const backslash = rowNamed("path /open/*, public: a backslash")
    expect(await judge(backslash, { refused: "answered 500" })).toMatchObject({ kind: "failed" })
  })
})
