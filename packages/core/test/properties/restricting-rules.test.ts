import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readPath } from "../../src/rules/canonical-path.js"
import { compilePath, matchPath, type PathPattern } from "../../src/rules/match-path.js"
import { isBelow, readingsBehind } from "./layers.js"
import { type Obfuscation, obfuscated, obfuscations } from "./obfuscations.js"
import { runs, textOf } from "./settings.js"
import { trickyTarget } from "./targets.js"

/** The protected path behind what may be an authority, before what a layer cuts off: here wrong readings combine. */
const cutTarget = (base: string) =>
  fc
    .record({
      start: fc.constantFrom("/", "//", "/\\", "///", "//h/", "//u@h/", "http://h/"),
      case: fc.constantFrom(base, base.toUpperCase()),
      encoded: fc.constantFrom("a", "%61", "%2561"),
      slash: fc.constantFrom("/", "//", "\\", "%2f", "%5c", "%255c"),
      cut: fc.constantFrom("", ";", "%3b", "%253b", "#", "%00"),
      rest: textOf(["/", "\\", "%2f", "%5c", "public", "x", "..", "..;", ";", "%3b", "#"], 5),
    })
    .map((parts) => {
      const spelled = parts.case.slice(1).replace(/a/i, parts.encoded).replaceAll("/", parts.slash)
      return parts.start + spelled + parts.cut + parts.rest
    })

const holds = (pattern: PathPattern, target: string) => matchPath([pattern], readPath(target), false)

describe("a restricting rule is at least as broad as every layer behind it", () => {
  const below = ["/admin", "/x/admin", "/admin/x"].map((base) => ({
    base,
    pattern: compilePath(`${base}/*`),
  }))
  const exact = ["/admin", "/x/admin", "/admin/x"].map((base) => ({ base, pattern: compilePath(base) }))

  it.each(below)("$base/* holds when some layer reads a path below $base", ({ base, pattern }) => {
    fc.assert(
      fc.property(trickyTarget, (target) => {
        const inside = readingsBehind(target).filter(({ path }) => isBelow(base, path))
        if (inside.length > 0)
          expect({ inside, held: holds(pattern, target) }).toEqual({ inside, held: true })
      }),
      runs(1000),
    )
  })

  it.each(exact)("$base holds when some layer reads $base", ({ base, pattern }) => {
    fc.assert(
      fc.property(trickyTarget, (target) => {
        const there = readingsBehind(target).filter(({ path }) => path === base)
        if (there.length > 0) expect({ there, held: holds(pattern, target) }).toEqual({ there, held: true })
      }),
      runs(1000),
    )
  })

  it.each(exact)("$base holds when some layer cuts the rest off and reads $base", ({ base, pattern }) => {
    fc.assert(
      fc.property(cutTarget(base), (target) => {
        const there = readingsBehind(target).filter(({ path }) => path === base)
        if (there.length > 0) expect({ there, held: holds(pattern, target) }).toEqual({ there, held: true })
      }),
      runs(1000),
    )
  })
})

describe("a restricting rule holds for a disguise that a layer behind is known to see through", () => {
  it.each([
    [
      "/admin/*",
      "http://host%2fadmin/users",
      "url.parse ends the authority at the percent, a file server decodes",
    ],
    ["/admin/*", "http://host%61dmin", "url.parse ends the authority at the percent"],
    [
      "/admin/*",
      "http://host~%61dmin/users",
      "url.parse ends the authority at the percent, after any other character",
    ],
    [
      "/admin/*",
      "http://host!*,%2fadmin/users",
      "url.parse ends the authority at the percent, after any other character",
    ],
    [
      "/admin/*",
      "/\\user@host%255c@%61dmin",
      "url.parse ends the authority at the percent, after an at sign",
    ],
    [
      "/admin/*",
      "/\\user@host%2fadmin#",
      "url.parse takes the backslash for a slash, and so sees an authority",
    ],
    ["/admin/*", "/x%00/..\\admin", "new URL keeps the NUL and resolves the dots"],
    ["/admin", "/admin//..", "new URL resolves the dots against the empty segment"],
    ["/x/admin", "/x//../admin", "new URL resolves the dots against the empty segment"],
    ["/admin/*", "//%2e%2fadmin;v=1%2f..", "a servlet cuts the parameters before it decodes"],
    ["/admin", "/admin;\\x", "a servlet takes the backslash for a part of the parameter"],
    [
      "/admin",
      "//ADMIN%3b\\public",
      "a servlet decodes, and takes the backslash for a part of the parameter",
    ],
    [
      "/admin",
      "//%61dmin%3b%5cpublic",
      "a servlet decodes, and takes the backslash for a part of the parameter",
    ],
    [
      "/admin",
      "//ADMIN/public%5cpublic%2f..;",
      "a servlet cuts the parameters, and resolves the decoded dots",
    ],
    [
      "/x/admin/*",
      "/x//u@h%61dmin/users#",
      "a router mounted at /x is left with what url.parse takes for an authority",
    ],
    ["/admin/*", "/%2f%2fu@h%2561dmin/users", "decoded once, it begins with an authority"],
    ["/admin", "/ad%09min", "new URL of the decoded path drops the tab"],
    ["/admin", "/ad%2500min", "a layer drops the NUL after the second decoding"],
    ["/u%40x/admin", "/u%40x%2fadmin", "decoded, the name of the rule has an at sign"],
    ["/docs/c%23/*", "/docs%2fc%23/x", "decoded, the name of the rule has a number sign, which ends nothing"],
    ["/admin/*", "/x#\\..\\admin", "a file server on Windows that does not cut the fragment off"],
  ])("%s holds for %s: %s", (pattern, target) => {
    expect(holds(compilePath(pattern), target)).toBe(true)
  })
})

describe("a restricting rule does not hold for an ambiguous path that no layer reads there", () => {
  it.each([
    ["/admin/*", "/api/projects/admin%2fsite", "an encoded slash moves nothing to the beginning"],
    ["/admin/*", "/blog\\admin", "nor does a backslash"],
    ["/admin/*", "/administrators%2fx", "a name is compared as a whole"],
    ["/admin/*", "/blog//administration", "also where an authority may be, if all agree about its end"],
    ["/api", "/api/a%2fb", "the path itself is not what is below"],
    ["/", "/x/a%2fb", "nor is the root"],
    ["/admin/x/*", "/admin;v=1/y", "every segment of the rule is needed"],
  ])("%s for %s: %s", (pattern, target) => {
    expect(readPath(target).ambiguous).toBe(true)
    expect(holds(compilePath(pattern), target)).toBe(false)
  })
})

describe("a restricting rule that holds for a plain path holds for every obfuscated spelling of it", () => {
  const plainPath = fc.stringMatching(/^(\/[a-z0-9_-]{1,5}){1,3}$/)
  const patterns = (path: string) => {
    const first = path.split("/")[1] ?? ""
    return [path, `${path}/*`, `/${first}/*`, "/*"].map(compilePath)
  }
  const spelling = (choice: fc.Arbitrary<readonly Obfuscation[]>) =>
    plainPath.chain((path) => fc.tuple(fc.constant(path), obfuscated(path, choice)))
  const check = ([path, spelled]: readonly [string, string]) => {
    for (const pattern of patterns(path)) {
      expect({ pattern, spelled, held: holds(pattern, spelled) }).toEqual({ pattern, spelled, held: true })
    }
  }

  it.each(obfuscations)("by $name alone", (obfuscation) => {
    fc.assert(fc.property(spelling(fc.constant([obfuscation])), check), runs(200))
  })

  it("by several of them together", () => {
    fc.assert(fc.property(spelling(fc.subarray([...obfuscations])), check), runs(1000))
  })
})
