import { unclosed } from "./unclosed.js"

/** Stands before and after an expansion in a word. No word of a shell has it. */
const mark = "\u0000"

/** What a shell would put something else for: `$NAME`, `${NAME}`, `$(command)`, `` `command` ``. */
export function expansionAt(text: string, at: number): string | undefined {
  const two = text.slice(at, at + 2)
  if (two.startsWith("`")) return upTo(text, at, "`")
  if (two === "${") return upTo(text, at, "}")
  if (two === "$(") return upToParenthesis(text, at)
  const sticky = /\$(?:[A-Za-z_]\w*|[\d@*#?!$-])/y
  sticky.lastIndex = at
  return sticky.exec(text)?.[0]
}

function upTo(text: string, at: number, end: string): string {
  const last = text.indexOf(end, at + 1)
  if (last === -1) throw unclosed(text.charAt(at))
  return text.slice(at, last + 1)
}

function upToParenthesis(text: string, at: number): string {
  let depth = 0
  for (let i = at; i < text.length; i++) {
    if (text.charAt(i) === "(") depth++
    if (text.charAt(i) === ")" && --depth === 0) return text.slice(at, i + 1)
  }
  throw unclosed("$(")
}

export function marked(expansion: string): string {
  return `${mark}${expansion}${mark}`
}

/** No shell has the mark in what it reads, either. */
export function withoutMarks(text: string): string {
  return text.replaceAll(mark, "")
}

export function expansionsIn(word: string): readonly string[] {
  return word.split(mark).filter((_, i) => i % 2 === 1)
}

/** The word with something in the place of each of its expansions. */
export function expand(word: string, fill: (expansion: string) => string): string {
  return word
    .split(mark)
    .map((part, i) => (i % 2 === 1 ? fill(part) : part))
    .join("")
}
