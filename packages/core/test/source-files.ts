import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import ts from "typescript"

const root = fileURLToPath(new URL("../src/", import.meta.url))

/** A file of the package as its compiler sees it. */
export interface SourceFile {
  /** Below `src/`. */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}

/** Every source file that is shipped: no tests. */
export const sourceFiles: readonly SourceFile[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .sort()
  .map((path) => {
    const text = readFileSync(root + path, "utf8")
    return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
  })

export interface Import {
  readonly from: string
  /** Below `src/` for a file of the package, the bare name for any other. */
  readonly to: string
  readonly typeOnly: boolean
  /** `file:line`, for a message that one can click on. */
  readonly where: string
}

/** All imports and re-exports, dynamic ones and `import("…")` types included. */
export function importsOf(file: SourceFile): readonly Import[] {
  return nodesOf(file).flatMap((node) => {
    const found = specifierOf(node)
    if (found === undefined) return []
    const local = found.specifier.startsWith(".")
    const to = local
      ? new URL(found.specifier.replace(/\.js$/, ".ts"), `file:///${file.path}`).pathname.slice(1)
      : found.specifier
    return [{ from: file.path, to, typeOnly: found.typeOnly, where: whereIs(file, node) }]
  })
}

function specifierOf(node: ts.Node): { specifier: string; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const { importClause, moduleSpecifier } = node
    return { specifier: moduleSpecifier.text, typeOnly: isTypeOnly(importClause) }
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly }
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: node.argument.literal.getText().slice(1, -1), typeOnly: true }
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { specifier: node.arguments[0]?.getText().slice(1, -1) ?? "", typeOnly: false }
  }
  return undefined
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { name, namedBindings } = clause
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.every((element) => element.isTypeOnly)
}

/** Every node of a file, outermost first. */
export function nodesOf({ tree }: SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node) => {
    nodes.push(node)
    node.forEachChild(visit)
  }
  visit(tree)
  return nodes
}

export function whereIs({ path, tree }: SourceFile, node: ts.Node): string {
  return `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`
}

/** Where a node stands for which the test holds. */
export function found(
  test: (node: ts.Node, file: SourceFile) => boolean,
  inFiles: (path: string) => boolean = () => true,
) {
  return sourceFiles
    .filter(({ path }) => inFiles(path))
    .flatMap((file) =>
      nodesOf(file).flatMap((node) =>
        test(node, file) ? [`${whereIs(file, node)} ${node.getText().slice(0, 60)}`] : [],
      ),
    )
}

/** The use of a name as a value: not a member of something, nor a name that is being declared. */
export function isUseOf(name: string) {
  return (node: ts.Node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return false
    const { parent } = node
    if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
    return !(
      ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isBindingElement(parent) ||
      ts.isParameter(parent) ||
      ts.isTypeReferenceNode(parent) ||
      ts.isImportSpecifier(parent)
    )
  }
}
