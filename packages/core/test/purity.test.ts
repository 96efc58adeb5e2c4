import ts from "typescript"
import { describe, expect, it } from "vitest"
import { found, type Import, importsOf, sourceFiles } from "./source-files.js"

// The structure that DESIGN §5 promises. Each list of findings is empty, or says file and line.

/** The stages of a decision in order; a stage may import the ones before it. Subpaths come after everything. */
const stages: readonly (readonly [name: string, files: RegExp])[] = [
  [
    "vocabulary",
    /^(?:decision|denials|reasons|base64url|byte-string|maybe-promise|node-builtin|own-value)\.ts$/,
  ],
  ["config", /^config\//],
  ["rules", /^rules\//],
  ["extract", /^extract\//],
  ["verify", /^verify\//],
  ["authorize", /^authorize\//],
  ["forward", /^forward\//],
  ["composition", /^(?:check-config|check-requirement|authenticator|authenticator-options|trace|verbs)\.ts$/],
  ["contract", /^index\.ts$/],
  ["subpath", /^(?:node|fetch|explain|issue|import|testing)\//],
]

const stageOf = (path: string) => stages.findIndex(([, files]) => files.test(path))
const imports = sourceFiles.flatMap(importsOf)
const isLocal = ({ to }: Import) => to.endsWith(".ts")
const lines = (found: readonly Import[]) => found.map(({ where, to }) => `${where} imports ${to}`)

describe("the stages of a decision", () => {
  it("have every source file in one of them", () => {
    expect(sourceFiles.map(({ path }) => path).filter((path) => stageOf(path) === -1)).toEqual([])
    expect(sourceFiles.length).toBeGreaterThan(30)
  })

  it("never import a later one", () => {
    expect(lines(imports.filter((one) => isLocal(one) && stageOf(one.to) > stageOf(one.from)))).toEqual([])
  })

  it("are all present: an empty stage would prove nothing", () => {
    for (const [name, files] of stages) {
      expect({ name, empty: !sourceFiles.some(({ path }) => files.test(path)) }).toEqual({
        name,
        empty: false,
      })
    }
  })

  it("import no subpath, and a subpath none of the other subpaths, but testing that of the issuer", () => {
    const folder = (path: string) => /^(?:node|fetch|explain|issue|import|testing)\//.exec(path)?.[0]
    const across = imports.filter(
      (one) =>
        folder(one.to) !== undefined &&
        folder(one.to) !== folder(one.from) &&
        !(folder(one.to) === "issue/" && folder(one.from) === "testing/"),
    )
    expect(lines(across)).toEqual([])
  })

  it("meet in the composition root alone: no stage skips it by importing the contract", () => {
    expect(
      lines(imports.filter(({ to, from }) => to === "index.ts" && stageOf(from) < stageOf("node/index.ts"))),
    ).toEqual([])
  })

  it("import no test", () => {
    expect(lines(imports.filter(({ to }) => /\.test\.|\/test\//.test(to)))).toEqual([])
  })

  it("have no cycle of imports at run time", () => {
    const edges = imports.filter((one) => isLocal(one) && !one.typeOnly)
    const cycles: string[] = []
    const done = new Set<string>()
    const visit = (path: string, trail: readonly string[]) => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" → "))
      else if (!done.has(path))
        for (const { from, to } of edges) if (from === path) visit(to, [...trail, path])
      done.add(path)
    }
    for (const { path } of sourceFiles) visit(path, [])
    expect(cycles).toEqual([])
  })
})

describe("what comes from outside", () => {
  const outside = imports.filter((one) => !isLocal(one))

  it("is jose, zod/mini and, below node/, node:", () => {
    const known = /^(?:jose|zod\/mini|node:[a-z/]+)$/
    expect(lines(outside.filter(({ to }) => !known.test(to)))).toEqual([])
  })

  it("is zod in config/parse.ts alone, whole and once", () => {
    expect(lines(outside.filter(({ to }) => to.startsWith("zod")))).toEqual([
      expect.stringMatching(/^config\/parse\.ts:\d+ imports zod\/mini$/),
    ])
  })

  it("is jose in verify/jose-engine.ts, and where keys are made or read: issue/, import/apisix/ and testing/", () => {
    const elsewhere = outside.filter(
      ({ to, from }) =>
        to === "jose" && !/^(?:verify\/jose-engine\.ts$|issue\/|import\/apisix\/|testing\/)/.test(from),
    )
    expect(lines(elsewhere)).toEqual([])
    expect(outside.some(({ to, from }) => to === "jose" && from === "verify/jose-engine.ts")).toBe(true)
  })

  it("is node: below node/ only, and there only its types", () => {
    const builtIn = outside.filter(({ to }) => to.startsWith("node:"))
    expect(lines(builtIn.filter(({ from }) => !from.startsWith("node/")))).toEqual([])
    expect(lines(builtIn.filter(({ typeOnly }) => !typeOnly))).toEqual([])
  })

  it("is imported statically: no bundler has to guess", () => {
    expect(
      found((node) => ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword),
    ).toEqual([])
  })
})
