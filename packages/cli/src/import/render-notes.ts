import type { ImportNote } from "@jwt-auth/core/import"
import { bold, dim, type Line, red, type Span, yellow } from "../lines.js"
import type { Place } from "./gateway-source.js"
import { groupNotes, kinds } from "./note-places.js"

/** A note, and where in the source its path is. */
export type LocatedNote = ImportNote & Partial<Place>

const titles: Readonly<Record<ImportNote["kind"], Span>> = {
  lost: red("lost: not carried over, and it may have restricted access"),
  differs: yellow("differs: behaves otherwise here"),
  info: bold("info: carried over under another name, or means nothing"),
}

/** Those first that need a decision. */
export function renderNotes(notes: readonly LocatedNote[]): readonly Line[] {
  const groups = groupNotes(notes)
  const present = kinds.filter((kind) => groups.some((group) => group.kind === kind))
  return present.flatMap((kind, i): Line[] => [
    ...(i > 0 ? [[]] : []),
    [titles[kind]],
    ...groups.filter((group) => group.kind === kind).flatMap(({ notes }) => renderGroup(notes)),
  ])
}

function renderGroup(notes: readonly [LocatedNote, ...LocatedNote[]]): readonly Line[] {
  const [{ path, file, line, column }] = notes
  const where = file === undefined ? "" : `${file}:${line}:${column}: `
  return [
    [`  ${where}`, bold(path)],
    ...notes.flatMap(({ there, here }): Line[] => [
      [dim("    there  "), there],
      [dim("    here   "), here],
    ]),
  ]
}
