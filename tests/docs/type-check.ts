import { join } from "node:path"
import ts from "typescript"
import { type Program, root } from "./pages.js"

/** What the compiler says about these programs, each a module of its own in this package. */
export function typeErrors(programs: readonly Program[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map(programs.map((program, i) => [join(root, `tests/docs/block-${i}.ts`), program]))
  const options = compilerOptions()
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name)?.text ?? readFile(name)
  host.getSourceFile = (name, ...rest) => {
    const program = files.get(name)
    return program === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, program.text, ...(rest.slice(0, 1) as [ts.ScriptTarget]))
  }
  const compiled = ts.createProgram([...files.keys()], options, host)
  return new Map(
    [...files].map(([name, program]) => {
      const source = compiled.getSourceFile(name)
      return [program.name, ts.getPreEmitDiagnostics(compiled, source).map((one) => describe(one))]
    }),
  )
}

/** The workspace's own options, but for the two that are about tidiness: an excerpt may leave names unused. */
function compilerOptions(): ts.CompilerOptions {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic(diagnostic) {
        throw new Error(describe(diagnostic))
      },
    },
  )
  return { ...config?.options, noUnusedLocals: false, noUnusedParameters: false }
}

function describe({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`
}
