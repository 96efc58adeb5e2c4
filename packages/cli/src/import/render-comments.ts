import { printable } from "@jwt-auth/core/explain"
import type { ImportNote } from "@jwt-auth/core/import"
import { groupNotes } from "./note-places.js"

/** Notes as lines of comments, without the `#`. No text of the source can end such a line. */
export function renderComments(notes: readonly ImportNote[]): readonly string[] {
  return groupNotes(notes).flatMap(({ kind, path, notes }) => [
    `${kind}: ${printable(path)}`,
    ...notes.flatMap(({ there, here }) => [...entry("there: ", there), ...entry("here:  ", here)]),
  ])
}

function entry(title: string, text: string): readonly string[] {
  return wrap(printable(text)).map((line, i) => `  ${i === 0 ? title : " ".repeat(title.length)}${line}`)
}

const longestLine = 100

/** Breaks between words. */
function wrap(text: string): readonly string[] {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > longestLine) {
      lines.push(line)
      line = word
    } else line = line === "" ? word : `${line} ${word}`
  }
  return [...lines, line]
}
