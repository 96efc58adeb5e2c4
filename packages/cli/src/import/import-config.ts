import { ConfigError } from "@jwt-auth/core"
import type { Imported } from "@jwt-auth/core/import"
import type { Io } from "../io.js"
import { nameOf } from "../read-input.js"
import { type GatewaySource, locate } from "./gateway-source.js"
import type { Gateway, TranslateOptions } from "./gateways.js"
import { type PlacedNotes, placeNotes } from "./note-places.js"
import { readDocuments } from "./read-documents.js"
import type { LocatedNote } from "./render-notes.js"
import { SourceError } from "./source-error.js"

export interface ImportedFiles extends Imported {
  readonly notes: readonly LocatedNote[]
  /** The same notes by what of the config they are about. */
  readonly placed: PlacedNotes
}

/** Imports what all files together say. Throws a SourceError with every problem. */
export async function importConfig(
  io: Io,
  gateway: Gateway,
  files: readonly string[],
  options: TranslateOptions,
): Promise<ImportedFiles> {
  const source = gateway.join(await readDocuments(io, files))
  const { config, notes } = await translate(gateway, source, files, options)
  return {
    config,
    notes: notes.map((note) => ({ ...note, ...locate(source, note.path) })),
    placed: placeNotes(notes, gateway.placesIn(source.value, config)),
  }
}

async function translate(
  gateway: Gateway,
  source: GatewaySource,
  [first = ""]: readonly string[],
  options: TranslateOptions,
): Promise<Imported> {
  try {
    return await gateway.translate(source.value, options)
  } catch (failure) {
    if (!(failure instanceof ConfigError)) throw failure
    const somewhere = { file: nameOf(first), line: 1, column: 1 }
    const issues = failure.issues.map((issue) => ({ ...issue, ...(locate(source, issue.path) ?? somewhere) }))
    throw new SourceError(issues)
  }
}
