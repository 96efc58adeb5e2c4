import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { jwks, publicPem } from "./issuer.js"

/** A new folder from which this package's dependencies are found, with the files that the programs read. Remove it after. */
export function makeFolder(): string {
  const parent = fileURLToPath(new URL("node_modules/.switching/", import.meta.url))
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, "run-"))
  writeFileSync(join(folder, "public.pem"), publicPem)
  writeFileSync(join(folder, "jwks.json"), jwks)
  return folder
}

/** A file for one program, whose name no other program has. */
export function writeProgram(folder: string, text: string): string {
  const file = join(mkdtempSync(join(folder, "program-")), "server.mts")
  writeFileSync(file, text)
  return file
}
