import type { ImportNote } from "@jwt-auth/core/import"

/** A consumer or a rule of the written config. */
export interface ConfigPlace {
  readonly list: "consumers" | "rules"
  readonly index: number
}

/** Notes by what they are about. */
export interface PlacedNotes {
  readonly general: readonly ImportNote[]
  readonly consumers: ReadonlyMap<number, readonly ImportNote[]>
  readonly rules: ReadonlyMap<number, readonly ImportNote[]>
}

export function placeNotes(
  notes: readonly ImportNote[],
  placeOf: (path: string) => ConfigPlace | undefined,
): PlacedNotes {
  const placed = { general: [] as ImportNote[], consumers: new Map(), rules: new Map() }
  for (const note of notes) {
    const place = placeOf(note.path)
    if (place === undefined) placed.general.push(note)
    else add(placed[place.list], place.index, note)
  }
  return placed
}

function add(notes: Map<number, ImportNote[]>, index: number, note: ImportNote): void {
  const there = notes.get(index)
  if (there === undefined) notes.set(index, [note])
  else there.push(note)
}

/** Notes about one path are told together. `lost` comes first, then `differs`, then `info`. */
export interface NoteGroup<Note extends ImportNote = ImportNote> {
  readonly kind: ImportNote["kind"]
  readonly path: string
  readonly notes: readonly [Note, ...Note[]]
}

export const kinds = ["lost", "differs", "info"] as const

export function groupNotes<Note extends ImportNote>(notes: readonly Note[]): readonly NoteGroup<Note>[] {
  const groups = new Map<string, { kind: Note["kind"]; path: string; notes: [Note, ...Note[]] }>()
  for (const note of notes) {
    const { kind, path } = note
    const key = `${kind} ${path}`
    const same = groups.get(key)
    if (same === undefined) groups.set(key, { kind, path, notes: [note] })
    else same.notes.push(note)
  }
  return [...groups.values()].toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}
