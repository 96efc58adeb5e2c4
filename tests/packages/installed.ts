import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { published } from "./published.js"

export type PackageName = "core" | "express"

/** Where npm put the package. */
export function folderOf(name: PackageName): string {
  return join(published().projects["express-5"], "node_modules/@jwt-auth", name)
}

/** The package's files, the hashes in the names of shared chunks taken out. */
export function filesOf(name: PackageName): readonly string[] {
  const files = pathsOf(name).map((file) => file.replace(/[\w-]+-[\w-]{8}\.(?=js|d\.)/, "<shared>."))
  return [...new Set(files)].sort()
}

/** The text of every declaration file. */
export function declarationsOf(name: PackageName): readonly string[] {
  const declarations = pathsOf(name).filter((file) => /\.d\.c?ts$/.test(file))
  return declarations.map((file) => textOf(name, file))
}

export function manifestOf(name: PackageName) {
  return JSON.parse(textOf(name, "package.json")) as { readonly exports: Readonly<Record<string, unknown>> }
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
