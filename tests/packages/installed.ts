import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { PackageName } from "./package-names.js"
import { published } from "./published.js"

/** Where npm put the package. */
export function folderOf(name: PackageName): string {
  return join(published().projects.newest, "node_modules/@jwt-auth", name)
}

/** The package's files, the hashes in the names of shared chunks taken out. */
export function filesOf(name: PackageName): readonly string[] {
  const files = pathsOf(name).map((file) => file.replace(/[\w-]+-[\w-]{8}\.(?=c?js|d\.)/, "<shared>."))
  return [...new Set(files)].sort()
}

/** The text of every file whose path matches. */
export function textsOf(name: PackageName, pattern: RegExp): readonly string[] {
  const files = pathsOf(name).filter((file) => pattern.test(file))
  return files.map((file) => textOf(name, file))
}

export function manifestOf(name: PackageName) {
  return JSON.parse(textOf(name, "package.json")) as {
    readonly exports: Readonly<Record<string, unknown>>
    readonly dependencies: Readonly<Record<string, string>>
  }
}

export function textOf(name: PackageName, file: string): string {
  return readFileSync(join(folderOf(name), file), "utf8")
}

function pathsOf(name: PackageName): readonly string[] {
  const entries = readdirSync(folderOf(name), { recursive: true, withFileTypes: true })
  const prefix = `${folderOf(name)}/`
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(prefix.length))
}
