import { readFileSync } from "node:fs"
import type { Runtime } from "./runtimes.js"

/** A framework on the kinds of runtimes that have it: for each the program in `tests/conformance/servers` that serves it. */
export interface Framework {
  readonly name: string
  /** The dependency of `tests/conformance` that holds it; none for the core alone. */
  readonly package?: string
  readonly programs: Readonly<Partial<Record<Runtime["kind"], string>>>
  /** What the program imports, where that is another package than the one above: the majors share a program. */
  readonly instead?: string
}

const nodeLike = (program: string) => ({ node: program, bun: program, deno: program })

export const frameworks: readonly Framework[] = [
  {
    name: "`decide()` alone",
    programs: { ...nodeLike("core"), worker: "core-worker", edge: "core-edge" },
  },
  { name: "Express", package: "express4", programs: nodeLike("express"), instead: "express" },
  { name: "Express", package: "express", programs: nodeLike("express") },
  { name: "Koa", package: "koa2", programs: nodeLike("koa"), instead: "koa" },
  { name: "Koa", package: "koa", programs: nodeLike("koa") },
  {
    name: "Hono",
    package: "hono",
    programs: {
      node: "hono-node",
      bun: "hono-bun",
      deno: "hono-deno",
      worker: "hono-worker",
      edge: "hono-edge",
    },
  },
]

export function titleOf({ name, package: dependency }: Framework): string {
  if (dependency === undefined) return name
  const manifest = new URL(`../conformance/node_modules/${dependency}/package.json`, import.meta.url)
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string }
  return `${name} ${version}`
}
