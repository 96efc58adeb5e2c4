import { type Io, note, stdin } from "./io.js"
import { withoutTokens } from "./printable.js"
import { UsageError } from "./usage-error.js"

/** More than any config or key set needs; the end of what is read of a device or an endless pipe. */
const mostBytes = 16 * 1024 * 1024

/** The text of a file; of standard input, when the file is `-`. */
export async function readInput(io: Io, file: string, most = mostBytes): Promise<string> {
  const name = nameOf(file)
  if (file === "-" && io.stdinIsTerminal) note(io, ["Reading from the terminal; end with Ctrl-D."])
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of io.read(file === "-" ? stdin : file)) {
      length += chunk.length
      if (length > most) throw new UsageError(`${name} is too large: more than ${most} bytes`)
      chunks.push(chunk)
    }
  } catch (failure) {
    if (failure instanceof UsageError) throw failure
    throw new UsageError(`cannot read ${name}: ${problemOf(failure)}`)
  }
  return decode(Buffer.concat(chunks), name)
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`${name} is not UTF-8 text`, "Save it as UTF-8.")
  }
}

/** How a file is spoken of. Who gives a token or a key where a file belongs must not find it in the error. */
export function nameOf(file: string): string {
  if (file === "-") return "<stdin>"
  if (withoutTokens(file) !== file || tokenForm.test(file) || /[\n{]/.test(file) || file.length > 1024) {
    throw new UsageError(
      "what is given as a file looks like a token or a key, not like the name of a file",
      "A token on the command line stays in the shell's history. Put it into a file, or send it to standard input and give - as the file.",
    )
  }
  return file
}

/** Three parts, of which the last is a signature or empty: an extension is shorter. */
const tokenForm = /^[\w-]{10,}\.[\w-]+\.(?:[\w-]{16,})?$/

const problems: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a directory",
  EEXIST: "it exists already",
  ENOTDIR: "a part of its path is not a directory",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left",
}

/** What went wrong with a file, from the code of Node's error. */
export function problemOf(failure: unknown): string {
  const code = failure instanceof Error && "code" in failure ? String(failure.code) : "unknown error"
  return problems[code] ?? code
}
