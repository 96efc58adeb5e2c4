import { execFile } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

/** As many clients as ask at once. */
export const connections = 32

/** What a load generator has seen. */
export interface Load {
  readonly requests: number
  readonly seconds: number
  /** Answers other than 200, and requests without one. */
  readonly failed: number
  /** Milliseconds to an answer. */
  readonly p50: number
  readonly p99: number
}

const run = promisify(execFile)
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Asks a server from another process, as fast as it answers, with these tokens in turn. */
export async function load(port: number, tokens: readonly string[], seconds: number): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), "jwt-auth-load-"))
  try {
    const file = join(folder, "tokens")
    await writeFile(file, `${tokens.join("\n")}\n`)
    const [program, ...args] = await generator(`http://127.0.0.1:${port}/`, file, seconds)
    const { stdout } = await run(program, args)
    // The last line is ours; wrk's own report stands before it.
    const seen = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Load
    if (seen.failed > 0) throw new Error(`${seen.failed} of ${seen.requests} requests failed`)
    return seen
  } finally {
    await rm(folder, { recursive: true })
  }
}

type Command = readonly [program: string, ...args: string[]]

/** wrk leaves a server the most of a small machine; autocannon is there on every machine. */
async function generator(url: string, file: string, seconds: number): Promise<Command> {
  if (await hasWrk()) {
    // The duration has to be whole.
    const duration = String(Math.ceil(seconds))
    return ["wrk", "-t1", `-c${connections}`, `-d${duration}`, "-s", pathOf("wrk.lua"), url, "--", file]
  }
  const tsx = fileURLToPath(import.meta.resolve("tsx"))
  const args = [url, String(connections), String(seconds), file]
  return [process.execPath, "--import", tsx, pathOf("autocannon.ts"), ...args]
}

/** Asked for its version, it fails as for any call without a URL: only its absence is told apart. */
async function hasWrk(): Promise<boolean> {
  const failure: { readonly code?: unknown } = await run("wrk", ["-v"]).catch((reason) => reason)
  return failure.code !== "ENOENT"
}
