import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { availableParallelism, cpus, totalmem } from "node:os"
import { dirname, join } from "node:path"

/** What a run was measured on. Neither names of hosts nor paths: results are published. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly platform: string
  readonly node: string
  readonly openssl: string
  /** Of everything that took part, by package name. */
  readonly versions: Readonly<Record<string, string>>
}

/** This machine, with the installed versions of these packages. */
export function thisMachine(packages: readonly string[]): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    openssl: process.versions.openssl,
    versions: Object.fromEntries(packages.toSorted().map((name) => [name, installedVersion(name)])),
  }
}

const require = createRequire(import.meta.url)

/** Most packages do not export their package.json: it is looked for above the entry. */
function installedVersion(name: string): string {
  let folder = dirname(require.resolve(name))
  while (true) {
    const manifest = readManifest(join(folder, "package.json"))
    if (manifest?.name === name) return manifest.version ?? "unknown"
    if (dirname(folder) === folder) throw new Error(`no package.json of ${name}`)
    folder = dirname(folder)
  }
}

function readManifest(file: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return undefined
  }
}
