import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { type BuildOptions, build } from "esbuild"
import type { PackageName } from "./package-names.js"

/** Bytes that a client of the built package would load. */
export interface Size {
  readonly minified: number
  readonly gzipped: number
}

/** Measures the built ESM entry of a package with everything that it imports, except `external`. */
export async function sizeOf(name: PackageName, external: readonly string[] = []): Promise<Size> {
  const entry = fileURLToPath(new URL(`../../packages/${name}/dist/index.js`, import.meta.url))
  return weigh({
    entryPoints: [entry],
    external: [...external],
    platform: name === "core" || name === "hono" ? "browser" : "node",
  })
}

/** Bundles, minifies and compresses what the options name. */
export async function weigh(options: BuildOptions): Promise<Size> {
  const { outputFiles = [] } = await build({
    ...options,
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    logLevel: "silent",
  })
  const code = Buffer.concat(outputFiles.map(({ contents }) => contents))
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length }
}

/** What is measured, under the name that people read. */
export const measured = {
  "core without jose and zod": () => sizeOf("core", ["jose", "zod"]),
  "core with jose and zod": () => sizeOf("core"),
  "express without core": () => sizeOf("express", ["@jwt-auth/core", "express"]),
  "koa without core": () => sizeOf("koa", ["@jwt-auth/core", "koa"]),
  "hono without core": () => sizeOf("hono", ["@jwt-auth/core", "hono"]),
}
