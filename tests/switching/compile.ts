import { execFile } from "node:child_process"
import { writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join, relative } from "node:path"
import { promisify } from "node:util"
import { root } from "../docs/pages.js"

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc")

/**
 * The errors of these programs under the workspace's own options. Only programs that belong together go into one call: some
 * libraries change the types of Express for every file.
 */
export async function typeErrors(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const config = {
    extends: join(root, "tsconfig.json"),
    include: [],
    files: files.map((file) => relative(folder, file)),
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config))
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: folder })
    return []
  } catch (failure) {
    const { stdout = "" } = failure as { stdout?: string }
    if (!stdout.includes("error TS")) throw failure
    return stdout.trimEnd().split("\n")
  }
}
