import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { applyEdits } from "../../src/node/index.js"
import { parsedRequest } from "../parsed-request.js"
import { editsFor, type Line, linesOf, namesIn, requestOf, scenario, viewsOf } from "./edited-requests.js"
import { runs } from "./settings.js"

describe("edits applied to an IncomingMessage", () => {
  it("leave three views that agree: headers and headersDistinct are what Node makes of rawHeaders", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const req = requestOf(given)
        const edits = editsFor(given.lines, given.url, given.kind)
        applyEdits(req, edits)
        const fresh = parsedRequest(linesOf(req).flat())
        expect({ ...req.headers }).toEqual({ ...fresh.headers })
        expect({ ...req.headersDistinct }).toEqual({ ...fresh.headersDistinct })
      }),
      runs(600),
    )
  })

  it("are the same when applied twice as when applied once", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const req = requestOf(given)
        const edits = editsFor(given.lines, given.url, given.kind)
        applyEdits(req, edits)
        const once = viewsOf(req)
        applyEdits(req, edits)
        expect(viewsOf(req)).toEqual(once)
      }),
      runs(600),
    )
  })

  it("let no spoofed copy of a managed header through, in any view or spelling", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { kind } = given
        const req = requestOf(given)
        const edits = editsFor(given.lines, given.url, given.kind)
        applyEdits(req, edits)
        for (const [name, value] of [
          ["x-mse-consumer", "web"],
          ["x-user", "u-1"],
        ] as const) {
          const mine = kind === "pass" ? [] : [value]
          expect(linesOf(req).flatMap(([key, text]) => (key.toLowerCase() === name ? [text] : []))).toEqual(
            mine,
          )
          expect(req.headers[name]).toBe(mine[0])
          expect(req.headersDistinct[name] ?? []).toEqual(mine)
        }
      }),
      runs(600),
    )
  })

  it("leave every other line as it was sent, in the order it was sent", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { lines } = given
        const req = requestOf(given)
        const edits = editsFor(given.lines, given.url, given.kind)
        const edited = namesIn(edits)
        applyEdits(req, edits)
        const others = (list: readonly Line[]) => list.filter(([name]) => !edited.has(name.toLowerCase()))
        expect(others(linesOf(req))).toEqual(others(lines))
      }),
      runs(600),
    )
  })

  it("append after what the client sent", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { lines, kind } = given
        const req = requestOf(given)
        const edits = editsFor(given.lines, given.url, given.kind)
        applyEdits(req, edits)
        const sent = lines.flatMap(([name, value]) => (name.toLowerCase() === "x-roles" ? [value] : []))
        const roles = [...sent, ...(kind === "pass" ? [] : ["reader"])].join(", ")
        expect(req.headers["x-roles"] ?? "").toBe(roles)
      }),
      runs(300),
    )
  })

  it("show the path that the decision gave, and leave no stripped token in any view", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { url, kind } = given
        const req = requestOf(given)
        const edits = editsFor(given.lines, given.url, given.kind)
        applyEdits(req, edits)
        expect(req.url).toBe(edits.path ?? url)
        if (kind === "strip")
          expect(JSON.stringify(viewsOf(req))).not.toMatch(/session=t|Bearer t|access_token/)
      }),
      runs(600),
    )
  })

  it("keep the rawHeaders array that others may hold", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const req = requestOf(given)
        const edits = editsFor(given.lines, given.url, given.kind)
        const { rawHeaders } = req
        applyEdits(req, edits)
        expect(req.rawHeaders).toBe(rawHeaders)
      }),
      runs(100),
    )
  })
})
