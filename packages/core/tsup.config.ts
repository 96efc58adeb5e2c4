import { readFile, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { defineConfig } from "tsup"

const josePackage = createRequire(import.meta.url).resolve("jose/package.json")

export default defineConfig({
  entry: [
    "src/index.ts",
    ...["node", "fetch", "explain", "issue", "import", "testing"].map((path) => `src/${path}/index.ts`),
  ],
  format: ["esm", "cjs"],
  target: "es2022",
  clean: true,
  silent: true,
  // In CommonJS too: entries share what they have in common, jose above all.
  splitting: true,
  // Else a chunk is imported for nothing, which bundlers warn of.
  treeshake: true,
  tsconfig: "../../tsconfig.base.json",
  // tsup sets baseUrl, which TypeScript 6 deprecates.
  dts: { compilerOptions: { ignoreDeprecations: "6.0", types: ["node"] } },
  // jose is ESM only: the CommonJS build brings what it uses of jose along (docs/decisions/007-jose-in-commonjs.md).
  noExternal: ["jose"],
  esbuildOptions(options, { format }) {
    if (format === "esm") options.external = [...(options.external ?? []), "jose"]
  },
  async onSuccess() {
    const { version } = JSON.parse(await readFile(josePackage, "utf8")) as { version: string }
    const license = await readFile(josePackage.replace("package.json", "LICENSE.md"), "utf8")
    const notice = `The .cjs files in dist contain parts of jose ${version}, which has this license:\n\n${license}`
    await writeFile("dist/THIRD-PARTY-LICENSES", notice)
  },
})
