// `pnpm size`: what each package weighs in a bundle, and what npm downloads and writes for it.
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pack, sizeOfTarball } from "./pack.js"
import { measured } from "./sizes.js"

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

const bundles: Record<string, object> = {}
for (const [what, measure] of Object.entries(measured)) {
  const { minified, gzipped } = await measure()
  bundles[what] = { minified: kB(minified), "minified + gzip": kB(gzipped) }
}
console.table(bundles)

const folder = await mkdtemp(join(tmpdir(), "jwt-auth-sizes-"))
const tarballs: Record<string, object> = {}
for (const [name, path] of Object.entries(await pack(folder))) {
  const { size, unpackedSize, entryCount } = await sizeOfTarball(path)
  tarballs[`@jwt-auth/${name}`] = { tarball: kB(size), unpacked: kB(unpackedSize), files: entryCount }
}
await rm(folder, { recursive: true })
console.table(tarballs)
