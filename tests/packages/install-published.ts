import { execFile } from "node:child_process"
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { TestProject } from "vitest/node"
import { compilers } from "./compilers.js"
import { pack } from "./pack.js"
import type { Project, Published } from "./published.js"

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

/** The newest and the oldest frameworks of the peer ranges, each with the types that go with it. */
const frameworks: Readonly<Record<Project, readonly string[]>> = {
  newest: [
    ...["express@5.3.0", "@types/express@5.0.6", "koa@3.3.0", "@types/koa@3.0.3"],
    ...["hono@4.13.19", "@hono/node-server@2.1.8"],
  ],
  oldest: [
    ...["express@4.18.0", "@types/express@4.17.25", "koa@2.15.0", "@types/koa@2.15.0"],
    ...["hono@4.5.0", "@hono/node-server@1.12.0"],
  ],
}

async function publish(): Promise<Published> {
  const tarballs = await pack(temp)
  const project = (name: Project) =>
    install(name, [...Object.values(tarballs), ...frameworks[name], "@types/node@20.19.43"])
  // In a folder of their own: of several compilers in one project, any may become its `tsc`.
  const typescripts = Object.entries(compilers).map(([name, version]) => `${name}@npm:typescript@${version}`)
  const [newest, oldest, tools] = await Promise.all([
    project("newest"),
    project("oldest"),
    install("tools", ["jest@30.5.2", ...typescripts]),
  ])
  return { tarballs, projects: { newest, oldest }, tools }
}

async function install(name: string, packages: readonly string[]): Promise<string> {
  const folder = join(temp, name)
  await mkdir(folder)
  await writeFile(join(folder, "package.json"), `{ "private": true }\n`)
  await cp(new URL("./consumer", import.meta.url), folder, { recursive: true })
  const flags = ["--prefer-offline", "--no-audit", "--no-fund"]
  await promisify(execFile)("npm", ["install", ...flags, ...packages], { cwd: folder })
  return folder
}
