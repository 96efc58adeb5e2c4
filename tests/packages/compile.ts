import { writeFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

/** The ways in which a user's compiler may look for packages. */
export const resolutions = {
  node16: { module: ts.ModuleKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext },
  bundler: { module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler },
  // The default of `module: commonjs` up to TypeScript 5, deprecated in 6.
  node10: {
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    ignoreDeprecations: "6.0",
  },
} satisfies Record<string, ts.CompilerOptions>

/**
 * Compiles a source inside a user's project, as a file of each of these names (`.mts` imports, `.cts` requires). Gives the
 * errors in those files, and in our declarations as `skipLibCheck: false` finds them; those in the libraries of others
 * are not ours.
 */
export function typeErrors(
  project: string,
  source: string,
  files: readonly string[],
  options: ts.CompilerOptions = resolutions.nodenext,
): readonly string[] {
  const paths = files.map((file) => join(project, file))
  for (const path of paths) writeFileSync(path, source)
  const allOptions: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    noUncheckedSideEffectImports: true,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    typeRoots: [join(project, "node_modules/@types")],
    types: ["node"],
    ...options,
  }
  const program = ts.createProgram(paths, allOptions, hostFor(allOptions))
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => paths.includes(fileName) || fileName.includes("/@jwt-auth/"))
  const problems = [
    ...program.getOptionsDiagnostics(),
    ...ours.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ]
  return problems.map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, " ")
    return `${file?.fileName.slice(project.length + 1) ?? "options"}: ${text}`
  })
}

const parsed = new Map<string, ts.SourceFile | undefined>()

/** Parses a library's file once for all programs that read it in the same way: most of a compiler's work. */
function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  return {
    ...host,
    getSourceFile(name, how, ...rest) {
      if (!name.endsWith(".d.ts")) return host.getSourceFile(name, how, ...rest)
      const key = `${name} ${JSON.stringify(how)}`
      if (!parsed.has(key)) parsed.set(key, host.getSourceFile(name, how, ...rest))
      return parsed.get(key)
    },
  }
}
