import { type ChildProcess, spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"

const here = fileURLToPath(new URL(".", import.meta.url))

/** A new folder, out of sight of git and linters, from which this package's dependencies are found. Remove it after. */
export function makeFolder(): string {
  const parent = join(here, "node_modules", ".docs")
  mkdirSync(parent, { recursive: true })
  return mkdtempSync(join(parent, "run-"))
}

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts a program against the sources of the packages. */
export function start(
  file: string,
  options: {
    readonly cwd?: string
    readonly args?: readonly string[]
    readonly env?: NodeJS.ProcessEnv
  } = {},
): ChildProcess {
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...env } = process.env
  const tsx = fileURLToPath(import.meta.resolve("tsx"))
  return spawn(
    process.execPath,
    ["--import", tsx, "--conditions=@jwt-auth/source", file, ...(options.args ?? [])],
    {
      cwd: options.cwd ?? here,
      env: { ...env, NO_COLOR: "1", ...options.env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  )
}

export async function finish(child: ChildProcess): Promise<Finished> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error("the output is not piped")
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve))
  const [out, err, code] = await Promise.all([text(stdout), text(stderr), closed])
  return { code, stdout: out, stderr: err }
}

export async function runText(program: string): Promise<Finished> {
  const folder = makeFolder()
  const file = join(folder, "program.mts")
  writeFileSync(file, program)
  try {
    return await finish(start(file))
  } finally {
    removeFolder(folder)
  }
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
