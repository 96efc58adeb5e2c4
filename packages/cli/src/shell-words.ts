import { UsageError } from "./usage-error.js"

/** A command as a POSIX shell splits it, up to the first operator. */
export interface ShellWords {
  readonly words: readonly string[]
  /** The operator that ends the command, such as `|` or `&`. */
  readonly endedBy?: string
}

/**
 * Splits a command into words as bash does: '…', "…", $'…', backslashes, comments. Nothing is expanded: what a variable
 * holds is known to the shell alone, so one is an error.
 */
export function splitShellWords(text: string): ShellWords {
  const words: string[] = []
  let word: string | undefined
  const endWord = () => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  for (let i = 0; i < text.length; ) {
    const skipped = lengthAt(text, i, /(?:\\\r?\n)+/y)
    const blanks = lengthAt(text, i, /[ \t]+/y) || (word === undefined ? lengthAt(text, i, /#.*/y) : 0)
    const [operator] = matchAt(text, i, /[|&;<>()]|[\r\n]+/y)
    if (skipped > 0) {
      i += skipped
    } else if (blanks > 0) {
      endWord()
      i += blanks
    } else if (operator === undefined) {
      const piece = readPiece(text, i)
      word = (word ?? "") + piece.value
      i = piece.end
    } else if (words.length === 0 && word === undefined && /[\r\n]/.test(operator)) {
      i += operator.length
    } else {
      // The 2 of 2>file is no word.
      if (!(/[<>]/.test(operator) && /^\d$/.test(word ?? ""))) endWord()
      return /[\r\n]/.test(operator) ? { words } : { words, endedBy: operator }
    }
  }
  endWord()
  return { words }
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
    default:
      refuseExpansion(text, start)
      return { value: text.charAt(start), end: start + 1 }
  }
}

function readDouble(text: string, start: number): Piece {
  let value = ""
  for (let i = start; i < text.length; ) {
    if (text.charAt(i) === '"') return { value, end: i + 1 }
    const [sequence, escaped = ""] = matchAt(text, i, /\\(?:([$`"\\])|\r?\n)/y)
    if (sequence === undefined) refuseExpansion(text, i)
    value += sequence === undefined ? text.charAt(i) : escaped
    i += sequence?.length ?? 1
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
  return number <= 0x10ffff ? String.fromCodePoint(number) : ""
}

function refuseExpansion(text: string, at: number): void {
  const rest = text.slice(at, at + 60)
  const [, name] = /^\$\{?([A-Za-z_]\w{0,40})/.exec(rest) ?? []
  if (name === undefined && !/^(?:`|\$[({\d@*#?!$-])/.test(rest)) return
  const what = name === undefined ? "a command in a command" : `$${name}`
  throw new UsageError(
    `the curl command has ${what} in it, which only your shell can fill in`,
    "Paste what it stands for; or leave that header out, and give the token with --token-file FILE or --token-file -.",
  )
}

function unclosed(quote: string): UsageError {
  return new UsageError(`the curl command has a ${quote} that is never closed`, "Was it copied whole?")
}
