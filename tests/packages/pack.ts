import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { type PackageName, publishedNames } from "./package-names.js"

const root = fileURLToPath(new URL("../..", import.meta.url))
const run = promisify(execFile)

/** What `pnpm publish` would upload of the built packages: the path of each tarball. */
export type Tarballs = Readonly<Record<PackageName, string>>

export async function pack(destination: string): Promise<Tarballs> {
  for (const name of publishedNames) {
    const entry = `packages/${name}/dist/${name === "cli" ? "main" : "index"}.js`
    if (!existsSync(join(root, entry))) throw new Error(`${entry} is missing: run "pnpm build" first`)
  }
  // By way of npx, since the tests also run where pnpm itself is not installed.
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    packageManager: string
  }
  const pnpm = manifest.packageManager.replace(/\+.*/, "")
  const filters = publishedNames.flatMap((name) => ["--filter", `@jwt-auth/${name}`])
  const args = ["--yes", pnpm, "--recursive", ...filters, "pack", "--json", "--pack-destination", destination]
  const { stdout } = await run("npx", args, { cwd: root })
  const packed = JSON.parse(stdout) as readonly { readonly name: string; readonly filename: string }[]
  const tarball = (name: string) => packed.find((one) => one.name === `@jwt-auth/${name}`)?.filename ?? ""
  return Object.fromEntries(publishedNames.map((name) => [name, tarball(name)])) as Tarballs
}

/** Bytes that npm downloads, and that it writes. */
export interface TarballSize {
  readonly size: number
  readonly unpackedSize: number
  readonly entryCount: number
}

export async function sizeOfTarball(path: string): Promise<TarballSize> {
  const { stdout } = await run("npm", ["pack", path, "--dry-run", "--json"])
  const [packed] = JSON.parse(stdout) as readonly [TarballSize]
  return packed
}
