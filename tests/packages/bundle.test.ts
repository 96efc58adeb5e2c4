import { type BuildOptions, build } from "esbuild"
import { describe, expect, it } from "vitest"
import { published } from "./published.js"

const { projects } = published()

describe("a bundler", () => {
  it("leaves jose out for a program that only reads configs", async () => {
    expect(await bundled(`export { parseConfig } from "@jwt-auth/core"`)).toEqual(["@jwt-auth/core", "zod"])
  })

  it("leaves everything out for a program that imports and does not use", async () => {
    expect(await bundled(`import "@jwt-auth/core"; import "@jwt-auth/express"`)).toEqual([])
  })

  it("takes in exactly core, jose and zod for a program that decides", async () => {
    const packages = await bundled(`export { createAuthenticator } from "@jwt-auth/core"`)
    expect(packages).toEqual(["@jwt-auth/core", "jose", "zod"])
  })

  // esbuild itself refuses an import of node: where the platform is not Node.
  it.each([["browser"], ["workerd", "worker"], ["edge-light"], ["deno"]])(
    "finds nothing of Node in core under the condition %s",
    async (...conditions) => {
      await bundled(`export * from "@jwt-auth/core"`, { platform: "browser", conditions })
    },
  )
})

/** Bundles a program of the user's project, and names the packages that ended up in it. */
async function bundled(program: string, options: BuildOptions = {}): Promise<readonly string[]> {
  const { metafile } = await build({
    platform: "node",
    ...options,
    stdin: { contents: program, resolveDir: projects["express-5"] },
    external: ["express"],
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
  return [...new Set(packages.filter((name) => name !== undefined))].sort()
}
