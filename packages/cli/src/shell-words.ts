import { expansionAt, marked, withoutMarks } from "./shell-expansion.js"
import { unclosed } from "./unclosed.js"
import { UsageError } from "./usage-error.js"

/** A command as a POSIX shell splits it, up to the first operator that ends it, and without its redirections. */
export interface ShellWords {
  /** Expansions stand in them as they were written, marked: see `expansionsIn`. */
  readonly words: readonly string[]
  /** The operator that ends the command, such as `|` or `&`, or a line break. */
  readonly endedBy?: string
  /** What stands after the operator. */
  readonly rest: string
}

/**
 * Splits a command into words as bash does: '…', "…", $'…', backslashes, comments. Nothing is expanded: what a variable
 * holds is known to the shell alone.
 */
export function splitShellWords(given: string): ShellWords {
  const text = withoutMarks(given)
  const words: string[] = []
  let word: string | undefined
  let redirection: string | undefined
  const endWord = () => {
    if (word === undefined) return
    if (redirection === undefined) words.push(word)
    word = undefined
    redirection = undefined
  }
  const endCommand = () => {
    endWord()
    if (redirection !== undefined) throw withoutTarget(redirection)
  }
  for (let i = 0; i < text.length; ) {
    // The 2 of 2>file is no word.
    const skipped =
      lengthAt(text, i, /(?:\\\r?\n)+/y) || (word === undefined ? lengthAt(text, i, /\d+(?=[<>])/y) : 0)
    const blanks = lengthAt(text, i, /[ \t]+/y) || (word === undefined ? lengthAt(text, i, /#.*/y) : 0)
    const [redirects] = matchAt(text, i, /&>>?|>[>&|]?|<(?:<<|<-?|[&>])?/y)
    const [operator] = matchAt(text, i, /&&|\|\||[|&;()]|[\r\n]+/y)
    if (skipped > 0) {
      i += skipped
    } else if (blanks > 0) {
      endWord()
      i += blanks
    } else if (redirects !== undefined) {
      i += redirects.length
      if (text.charAt(i) === "(") throw processSubstitution(redirects)
      endCommand()
      redirection = redirects
    } else if (operator === undefined) {
      const piece = readPiece(text, i)
      word = (word ?? "") + piece.value
      i = piece.end
    } else if (words.length === 0 && word === undefined && /[\r\n]/.test(operator)) {
      i += operator.length
    } else {
      endCommand()
      return { words, endedBy: operator.replace(/[\r\n]+/, "\n"), rest: text.slice(i + operator.length) }
    }
  }
  endCommand()
  return { words, rest: "" }
}

function withoutTarget(redirection: string): UsageError {
  const what = `the curl command has a ${redirection} with nothing behind it`
  return new UsageError(what, "Was it copied whole?")
}

function processSubstitution(redirection: string): UsageError {
  return new UsageError(
    `the curl command has ${redirection}(…) in it, which only your shell can expand`,
    "Leave it out, or paste what it stands for.",
  )
}

/** What a sticky pattern finds at this very position. */
function matchAt(text: string, at: number, sticky: RegExp): readonly (string | undefined)[] {
  sticky.lastIndex = at
  return sticky.exec(text) ?? []
}

function lengthAt(text: string, at: number, sticky: RegExp): number {
  return matchAt(text, at, sticky)[0]?.length ?? 0
}

interface Piece {
  readonly value: string
  readonly end: number
}

function readPiece(text: string, start: number): Piece {
  const two = text.slice(start, start + 2)
  if (two === "$'") return readAnsi(text, start + 2)
  if (two === '$"') return readDouble(text, start + 2)
  switch (text.charAt(start)) {
    case "'": {
      const end = text.indexOf("'", start + 1)
      if (end === -1) throw unclosed("'")
      return { value: text.slice(start + 1, end), end: end + 1 }
    }
    case '"':
      return readDouble(text, start + 1)
    case "\\":
      return { value: text.slice(start + 1, start + 2), end: start + 2 }
    default: {
      const expansion = expansionAt(text, start)
      if (expansion !== undefined) return { value: marked(expansion), end: start + expansion.length }
      return { value: text.charAt(start), end: start + 1 }
    }
  }
}

function readDouble(text: string, start: number): Piece {
  let value = ""
  for (let i = start; i < text.length; ) {
    if (text.charAt(i) === '"') return { value, end: i + 1 }
    const [sequence, escaped = ""] = matchAt(text, i, /\\(?:([$`"\\])|\r?\n)/y)
    const expansion = sequence === undefined ? expansionAt(text, i) : undefined
    if (sequence !== undefined) value += escaped
    else value += expansion === undefined ? text.charAt(i) : marked(expansion)
    i += (sequence ?? expansion)?.length ?? 1
  }
  throw unclosed('"')
}

const ansiEscapes: Readonly<Record<string, string>> = {
  ...{ n: "\n", t: "\t", r: "\r", a: "\u0007", b: "\b", e: "\u001b", E: "\u001b", f: "\f", v: "\v" },
  ...{ "\\": "\\", "'": "'", '"': '"', "?": "?" },
}

function readAnsi(text: string, start: number): Piece {
  let value = ""
  for (let i = start; i < text.length; ) {
    if (text.charAt(i) === "'") return { value, end: i + 1 }
    const [sequence, hex2, hex4, hex8, octal] = matchAt(text, i, ansiEscape)
    const hex = hex2 ?? hex4 ?? hex8
    if (sequence === undefined) value += text.charAt(i)
    else if (hex !== undefined) value += codePoint(Number.parseInt(hex, 16))
    else if (octal !== undefined) value += codePoint(Number.parseInt(octal, 8))
    else value += ansiEscapes[sequence.charAt(1)] ?? sequence
    i += sequence?.length ?? 1
  }
  throw unclosed("$'")
}

const ansiEscape = /\\(?:x([\da-f]{1,2})|u([\da-f]{1,4})|U([\da-f]{1,8})|([0-7]{1,3})|[\s\S])/iy

function codePoint(number: number): string {
  if (number === 0) throw new UsageError("the curl command has the control character NUL in $'…'")
  if (number > 0x10ffff) return ""
  return number >= 0xd800 && number <= 0xdfff ? "\ufffd" : String.fromCodePoint(number)
}
