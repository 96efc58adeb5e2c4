import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Framework } from "./frameworks.js"
import type { Runtime } from "./runtimes.js"

const esbuild = fileURLToPath(new URL("node_modules/.bin/esbuild", import.meta.url))
const programs = fileURLToPath(new URL("../conformance", import.meta.url))

// Express and Koa are CommonJS, and ask for Node's modules by `require`.
const require = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url)'
const forNode = ["--platform=node", "--format=esm", `--banner:js=${require}`]

const options: Readonly<Record<Runtime["kind"], readonly string[]>> = {
  node: forNode,
  bun: forNode,
  deno: forNode,
  worker: ["--format=esm", "--conditions=workerd,worker"],
  edge: ["--format=iife", "--conditions=edge-light,worker"],
}

/** A program in one file, with the framework, and with the packages as they are built and published. */
export function bundle(framework: Framework, program: string, kind: Runtime["kind"], folder: string): string {
  const { package: dependency = "none", instead } = framework
  const file = join(folder, `${program}-${dependency}-${kind}.${kind === "edge" ? "js" : "mjs"}`)
  const alias = instead === undefined ? [] : [`--alias:${instead}=${dependency}`]
  const args = [`servers/${program}.ts`, "--bundle", ...options[kind], ...alias, `--outfile=${file}`]
  execFileSync(esbuild, [...args, "--log-level=error"], { cwd: programs, stdio: "inherit" })
  if (kind === "worker") writeFileSync(`${file}.capnp`, workerConfig(basename(file)))
  return file
}

/** Beside `rows.json`, which it takes in. */
function workerConfig(file: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "${file}", esModule = embed "${file}")],
  bindings = [(name = "rows", json = embed "rows.json")],
  compatibilityDate = "2026-04-01",
);
`
}
