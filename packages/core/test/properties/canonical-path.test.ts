import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { canonicalPath, type RequestPath, readPath } from "../../src/rules/canonical-path.js"
import { compilePath, matchPath } from "../../src/rules/match-path.js"
import { isBelow, readingsBehind } from "./layers.js"
import { runs } from "./settings.js"
import { trickyTarget } from "./targets.js"

const publicRule = compilePath("/public/*")
const isPublic = (path: RequestPath) => matchPath([publicRule], path, true)

describe("the canonical path", () => {
  it("is its own canonical form, whatever the path", () => {
    fc.assert(
      fc.property(fc.oneof(trickyTarget, fc.string({ unit: "binary" })), (path) => {
        const once = canonicalPath(path)
        expect(canonicalPath(once)).toBe(once)
      }),
      runs(1000),
    )
  })

  it("of a plain path is that path in lower case, without a trailing slash, and unambiguous", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(\/[\w~:@!$&'()*+,=-]{1,8}){1,4}\/?$/), (path) => {
        const canonical = path.toLowerCase().replace(/\/$/, "")
        expect(canonicalPath(path)).toBe(canonical)
        expect(readPath(path).ambiguous).toBe(false)
      }),
      runs(300),
    )
  })
})

describe("a public rule is never widened", () => {
  it("holds only for an unambiguous path whose canonical form is below it", () => {
    fc.assert(
      fc.property(trickyTarget, (target) => {
        const path = readPath(target)
        if (!isPublic(path)) return
        expect(path.ambiguous).toBe(false)
        expect(canonicalPath(target.split("?")[0] ?? "")).toSatisfy((form: string) =>
          isBelow("/public", form),
        )
      }),
      runs(1000),
    )
  })

  it("holds only for a path that no layer behind reads as one outside of it", () => {
    fc.assert(
      fc.property(trickyTarget, (target) => {
        if (!isPublic(readPath(target))) return
        // A layer that does not decode sees a name that is nobody's restricted path, so it is decoded here.
        const outside = readingsBehind(target).filter(
          ({ path }) => !isBelow("/public", decodeURIComponent(path)),
        )
        expect(outside).toEqual([])
      }),
      runs(1000),
    )
  })

  it("does hold for plain spellings of a path below it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("/public", "/PUBLIC", "/%70ublic", "/publi%63"),
        fc.stringMatching(/^(\/[a-z0-9~_-]{1,6}){0,3}\/?$/),
        (base, rest) => {
          expect(isPublic(readPath(base + rest))).toBe(true)
        },
      ),
      runs(200),
    )
  })
})
