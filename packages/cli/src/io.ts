import { wantsColour } from "./colour.js"
import { type Line, renderLines } from "./lines.js"
import { jsonText, withoutTokens } from "./printable.js"

/** Everything that a command has of the world. The program gives it a process, a test gives it strings. */
export interface Io {
  /** Standard output. */
  readonly stdout: Output
  /** Standard error: notes and problems, never the result. */
  readonly stderr: Pick<Output, "write"> & Partial<Output>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Seconds since 1970. */
  readonly now: () => number
  readonly stdinIsTerminal: boolean
  /** The bytes of a file, or of standard input. Rejects with Node's error when it cannot be read. */
  readonly read: (file: string | typeof stdin) => AsyncIterable<Uint8Array>
  /** Writes a file that only its owner may read. Rejects with EEXIST when it is there and must not be overwritten. */
  readonly writePrivate: (file: string, text: string, overwrite: boolean) => Promise<void>
  /** The same for a file that others may read. */
  readonly writePublic: (file: string, text: string, overwrite: boolean) => Promise<void>
}

export interface Output {
  readonly write: (text: string) => void
  readonly isTerminal: boolean
  /** The width of the terminal, where there is one. */
  readonly columns?: number
}

/** The standard input, where a file may be named. */
export const stdin = Symbol("stdin")

/** The result, for people. */
export function print({ stdout, env }: Io, lines: readonly Line[]): void {
  stdout.write(renderLines(lines, wantsColour(env, stdout.isTerminal)))
}

/** The result, for machines. */
export function printJson({ stdout }: Io, value: unknown): void {
  stdout.write(`${jsonText(value)}\n`)
}

/** What is worth knowing beside the result. */
export function note({ stderr }: Io, ...lines: readonly Line[]): void {
  stderr.write(renderLines(lines, false))
}

/** What is worth knowing beside the result, and long enough for colour. */
export function noteInColour({ stderr, env }: Io, lines: readonly Line[]): void {
  stderr.write(renderLines(lines, wantsColour(env, stderr.isTerminal === true)))
}

/** Where a token may have come in and none must go out: whatever looks like one is left out of both outputs. */
export function tokenless(io: Io): Io {
  return {
    ...io,
    stdout: { ...io.stdout, write: (text) => io.stdout.write(withoutTokens(text)) },
    stderr: { ...io.stderr, write: (text) => io.stderr.write(withoutTokens(text)) },
  }
}
