import ts from "typescript"
import { describe, expect, it } from "vitest"
import { found, isUseOf, sourceFiles } from "./source-files.js"

// What the core promises to do without, and how its files are kept. Each list of findings is empty, or says file and line.

/** A date that is given a number says nothing of what time it is. */
const isNewDateOf = (node: ts.Node) => ts.isNewExpression(node) && node.arguments?.length === 1

describe("the core is pure", () => {
  it.each(["require", "__dirname", "__filename", "global", "window"])("no %s", (name) => {
    expect(found(isUseOf(name))).toEqual([])
  })

  it.each(["process", "globalThis"])("no %s, but where Node is asked for", (name) => {
    expect(found(isUseOf(name), (path) => path !== "node-builtin.ts")).toEqual([])
  })

  it.each(["Buffer", "module"])("no %s, but what Node was asked for", (name) => {
    const usesOwn = (path: string) => /^verify\/(?:node-engine|read-segment|token-bytes)\.ts$/.test(path)
    expect(found(isUseOf(name), (path) => !usesOwn(path))).toEqual([])
  })

  it("asks Node for its buffers and its crypto alone, and where there is another way without it", () => {
    const asks = found((node) => ts.isCallExpression(node) && node.expression.getText() === "nodeBuiltin")
    expect(asks.map((where) => where.replace(/:\d+ /, " "))).toEqual([
      'verify/node-engine.ts nodeBuiltin("node:crypto")',
      'verify/node-engine.ts nodeBuiltin("node:buffer")',
      'verify/read-segment.ts nodeBuiltin("node:buffer")',
      'verify/token-bytes.ts nodeBuiltin("node:buffer")',
    ])
  })

  it.each([
    "fetch",
    "setTimeout",
    "setInterval",
    "setImmediate",
    "queueMicrotask",
    "XMLHttpRequest",
    "WebSocket",
  ])("no %s: nothing is fetched, and nothing is done later", (name) => {
    expect(found(isUseOf(name))).toEqual([])
  })

  it("no clock but the default ones of the composition root and of the issuer", () => {
    const uses = found((node) => isUseOf("Date")(node) && !isNewDateOf(node.parent))
    expect(uses.filter((where) => !/^(?:authenticator|issue\/[a-z-]+)\.ts:\d+ Date$/.test(where))).toEqual([])
    expect(uses.length).toBeLessThanOrEqual(2)
    expect(found(isUseOf("performance"))).toEqual([])
  })

  it.each(["console", "alert", "eval", "Function", "WebAssembly"])("no %s", (name) => {
    expect(found(isUseOf(name))).toEqual([])
  })

  it("no randomness but for keys and the ids of tokens", () => {
    expect(
      found(
        (node) => /^(?:Math\.random|crypto\.(?:getRandomValues|randomUUID))$/.test(node.getText()),
        (path) => !/^(?:issue|testing)\//.test(path),
      ),
    ).toEqual([])
  })

  it("no new URL: a target such as //admin would become a host", () => {
    expect(found(isUseOf("URL"))).toEqual([])
  })

  it("no pattern made from a text: what a stranger sends is never a regular expression", () => {
    expect(found(isUseOf("RegExp"))).toEqual([])
  })
})

describe("the house", () => {
  it("no file over 200 lines", () => {
    expect(sourceFiles.filter(({ text }) => text.split("\n").length > 201).map(({ path }) => path)).toEqual(
      [],
    )
  })

  it("no utils, helpers, common or misc", () => {
    const paths = sourceFiles.map(({ path }) => path)
    expect(
      paths.filter((path) => /(?:^|[/-])(?:utils?|helpers?|common|misc|shared)[./-]/.test(path)),
    ).toEqual([])
  })

  it("no any, no unchecked non-null, no silenced compiler", () => {
    expect(found((node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([])
    expect(found(ts.isNonNullExpression)).toEqual([])
    expect(
      sourceFiles
        .filter(({ text }) => /@ts-(?:ignore|expect-error|nocheck)|biome-ignore|eslint-disable/.test(text))
        .map(({ path }) => path),
    ).toEqual([])
  })

  it("no default export, and no export * that would hide what is public", () => {
    expect(
      found(
        (node) =>
          ts.isExportAssignment(node) || (ts.isExportDeclaration(node) && node.exportClause === undefined),
      ),
    ).toEqual([])
  })

  it("no state between two requests but caches that die with their keys", () => {
    const mutable = found(
      (node) =>
        ts.isVariableStatement(node) &&
        ts.isSourceFile(node.parent) &&
        /^(?:export )?(?:let|var) /.test(node.getText()),
    )
    expect(mutable).toEqual([])
  })

  it("every file in kebab-case", () => {
    expect(
      sourceFiles.map(({ path }) => path).filter((path) => !/^(?:[a-z0-9-]+\/)*[a-z0-9-]+\.ts$/.test(path)),
    ).toEqual([])
  })
})
