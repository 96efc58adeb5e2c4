import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { TestProject } from "vitest/node"
import type { Published } from "./published.js"

const root = fileURLToPath(new URL("../..", import.meta.url))
const run = promisify(execFile)
let temp = ""

/** Runs once, before the tests of this folder. A problem is theirs to report: the other projects have to go on. */
export async function setup(project: TestProject) {
  temp = await mkdtemp(join(tmpdir(), "jwt-auth-published-"))
  const found = await publish().catch((error: Error) => ({ problem: error.message }))
  project.provide("published", found)
}

export async function teardown() {
  await rm(temp, { recursive: true, force: true })
}

async function publish(): Promise<Published> {
  for (const name of ["core", "express"]) {
    const entry = `packages/${name}/dist/index.js`
    if (!existsSync(join(root, entry))) throw new Error(`${entry} is missing: run "pnpm build" first`)
  }
  const tarballs = await pack()
  // The newest and the oldest Express of the peer range, with the types that go with it.
  const [newest, oldest] = await Promise.all([
    install("express-5", [...Object.values(tarballs), "express@5.3.0", "@types/express@5.0.6"]),
    install("express-4", [...Object.values(tarballs), "express@4.18.0", "@types/express@4.17.25"]),
  ])
  return { tarballs, projects: { "express-5": newest, "express-4": oldest } }
}

async function pack(): Promise<Published["tarballs"]> {
  // By way of npx, since the tests also run where pnpm itself is not installed.
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    packageManager: string
  }
  const pnpm = manifest.packageManager.replace(/\+.*/, "")
  const filters = ["--filter", "@jwt-auth/core", "--filter", "@jwt-auth/express"]
  const args = ["--yes", pnpm, "--recursive", ...filters, "pack", "--json", "--pack-destination", temp]
  const { stdout } = await run("npx", args, { cwd: root })
  const packed = JSON.parse(stdout) as readonly { readonly name: string; readonly filename: string }[]
  const tarball = (name: string) => packed.find((one) => one.name === name)?.filename ?? ""
  return { core: tarball("@jwt-auth/core"), express: tarball("@jwt-auth/express") }
}

async function install(name: string, packages: readonly string[]): Promise<string> {
  const folder = join(temp, name)
  await mkdir(folder)
  await writeFile(join(folder, "package.json"), `{ "private": true }\n`)
  await cp(new URL("./consumer", import.meta.url), folder, { recursive: true })
  const flags = ["--prefer-offline", "--no-audit", "--no-fund"]
  await run("npm", ["install", ...flags, ...packages, "@types/node@20.19.43"], { cwd: folder })
  return folder
}
