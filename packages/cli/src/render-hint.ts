import { dim, type Line, type Span, yellow } from "./lines.js"

/** What to do about something. */
export interface HintRenderer {
  /** A near miss that was recognised. Several consumers often fail for one mistake: it is told once. */
  readonly hint: (text: string | undefined) => Line[]
  /** What to look at when none was. */
  readonly advice: (text: string) => Line[]
}

/** Wraps where the width of a terminal is known. */
export function hintRenderer(width: number | undefined): HintRenderer {
  const told = new Set<string>()
  return {
    hint(text) {
      if (text === undefined || told.has(text)) return []
      told.add(text)
      return withArrow(wrap(text, width), yellow("→ "))
    },
    advice: (text) => withArrow(wrap(text, width).map(dim), dim("→ ")),
  }
}

function withArrow(lines: readonly (Span | string)[], arrow: Span): Line[] {
  return lines.map((line, i) => ["  ", i === 0 ? arrow : "  ", line])
}

const indent = 4
const narrowest = 40

/** Between words; one that is too long stays whole. */
function wrap(text: string, width: number | undefined): readonly string[] {
  if (width === undefined) return [text]
  const most = Math.max(width, narrowest) - indent
  const lines: string[] = []
  let line: string | undefined
  for (const word of text.split(" ")) {
    if (line === undefined) line = word
    else if (line.length + 1 + word.length <= most) line = `${line} ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line ?? ""]
}
