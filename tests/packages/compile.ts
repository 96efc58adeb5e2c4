import { execFile } from "node:child_process"
import { mkdtemp, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { promisify } from "node:util"
import type { Compiler, CompilerOptions } from "./compilers.js"
import { published } from "./published.js"

/**
 * Compiles files (name to text) inside a user's project. Gives the errors in those files, and in our declarations as
 * `skipLibCheck: false` finds them; those in the libraries of others are not ours.
 */
export async function typeErrors(
  project: string,
  compiler: Compiler,
  files: Readonly<Record<string, string>>,
  options: CompilerOptions,
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(project, "compiled-"))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    esModuleInterop: true,
    target: "es2022",
    lib: ["es2022"],
    types: ["node"],
    ...(compiler === "typescript-6.0" && { ignoreDeprecations: "6.0" }),
    ...options,
  }
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: Object.keys(files) }),
  )
  const errors = await errorsOf(compiler, project, basename(folder))
  return errors.filter(isOurs).map((error) => error.replace(`${basename(folder)}/`, ""))
}

/** The first line of each error; the indented ones below it explain it. */
async function errorsOf(compiler: Compiler, cwd: string, folder: string): Promise<readonly string[]> {
  const tsc = join(published().tools, "node_modules", compiler, "bin/tsc")
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd })
    return []
  } catch (failure) {
    const { stdout = "" } = failure as { stdout?: string }
    if (!stdout.includes("error TS")) throw failure
    return stdout.split("\n").filter((line) => /^\S.*error TS\d+: /.test(line))
  }
}

function isOurs(error: string): boolean {
  return !error.startsWith("node_modules/") || error.startsWith("node_modules/@jwt-auth/")
}
