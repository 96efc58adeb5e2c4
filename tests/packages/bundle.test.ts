import { type BuildOptions, build } from "esbuild"
import { describe, expect, it } from "vitest"
import { published } from "./published.js"

const { projects } = published()

describe("a bundler", () => {
  it("leaves jose and all use of Web Crypto out for a program that only reads configs", async () => {
    const { packages, code } = await bundled(`export { parseConfig } from "@jwt-auth/core"`)
    expect(packages).toEqual(["@jwt-auth/core", "zod"])
    expect(code).not.toMatch(/\bcrypto\b|\bsubtle\b/)
  })

  it.each([
    ["@jwt-auth/core"],
    ["@jwt-auth/core/node"],
    ["@jwt-auth/core/fetch"],
    ["@jwt-auth/core/explain"],
    ["@jwt-auth/core/issue"],
    ["@jwt-auth/core/import"],
    ["@jwt-auth/core/testing"],
    ["@jwt-auth/express"],
    ["@jwt-auth/express/augment"],
    ["@jwt-auth/koa"],
    ["@jwt-auth/hono"],
  ])("leaves everything out for a program that imports %s and does not use it", async (specifier) => {
    expect(await bundled(`import "${specifier}"`)).toEqual({ packages: [], code: "" })
  })

  it("takes in exactly core, jose and zod for a program that decides", async () => {
    const { packages, code } = await bundled(`export { createAuthenticator } from "@jwt-auth/core"`)
    expect(packages).toEqual(["@jwt-auth/core", "jose", "zod"])
    expect(code).toMatch(/\bcrypto\.subtle\b/)
  })

  it.each(["node", "fetch"])("takes in no jose for core/%s", async (subpath) => {
    const { packages } = await bundled(`export * from "@jwt-auth/core/${subpath}"`)
    expect(packages).toContain("@jwt-auth/core")
    expect(packages).not.toContain("jose")
  })

  // esbuild itself refuses an import of node: where the platform is not Node.
  it.each([["browser"], ["workerd", "worker"], ["edge-light"], ["deno"]])(
    "finds nothing of Node in core and hono under the condition %s",
    async (...conditions) => {
      const program = `export * from "@jwt-auth/core"; export { jwtAuth } from "@jwt-auth/hono"`
      const { packages } = await bundled(program, { platform: "browser", conditions })
      expect(packages).toContain("@jwt-auth/hono")
    },
  )
})

interface Bundle {
  /** The packages that ended up in it. */
  readonly packages: readonly string[]
  readonly code: string
}

/** Bundles a program of the user's project. */
async function bundled(program: string, options: BuildOptions = {}): Promise<Bundle> {
  const { metafile, outputFiles = [] } = await build({
    platform: "node",
    ...options,
    stdin: { contents: program, resolveDir: projects.newest },
    external: ["express", "koa", "hono"],
    bundle: true,
    format: "esm",
    minify: true,
    metafile: true,
    write: false,
    logLevel: "silent",
  })
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  const kept = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file)
  const packages = kept.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
  return {
    packages: [...new Set(packages.filter((name) => name !== undefined))].sort(),
    code: outputFiles.map(({ text }) => text).join(""),
  }
}
