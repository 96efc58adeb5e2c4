import type { Io } from "./io.js"
import { problemOf } from "./read-input.js"
import { UsageError } from "./usage-error.js"

/** Writes a file that only its owner may read, or says why it cannot; `more` is worth knowing when the file is there. */
export function writePrivate(io: Io, file: string, text: string, force: boolean, more = ""): Promise<void> {
  return orSayWhy(file, more, () => io.writePrivate(file, text, force))
}

/** The same for a file that others may read. */
export function writePublic(io: Io, file: string, text: string, force: boolean, more = ""): Promise<void> {
  return orSayWhy(file, more, () => io.writePublic(file, text, force))
}

async function orSayWhy(file: string, more: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (failure) {
    const problem = problemOf(failure)
    const fix = problem.startsWith("it exists")
      ? `Choose another file, or overwrite it with --force. ${more}`.trim()
      : undefined
    throw new UsageError(`cannot write ${file}: ${problem}`, fix)
  }
}
