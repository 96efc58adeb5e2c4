import { randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { open, rename, rm } from "node:fs/promises"
import { type Io, stdin } from "./io.js"

/** The world as this process has it. */
export function nodeIo(process: NodeJS.Process): Io {
  return {
    stdout: { write: (text) => void process.stdout.write(text), isTerminal: process.stdout.isTTY === true },
    stderr: { write: (text) => void process.stderr.write(text) },
    env: process.env,
    now: () => Math.floor(Date.now() / 1000),
    stdinIsTerminal: process.stdin.isTTY === true,
    read: (file) => (file === stdin ? process.stdin : createReadStream(file)),
    writePrivate: (file, text, overwrite) =>
      overwrite ? replacePrivate(file, text) : createPrivate(file, text),
  }
}

/** `wx` creates and does not follow a link that somebody has put there. */
async function createPrivate(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600)
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}

/** By way of a new file: writing over the old one would keep its mode, which others may be able to read. */
async function replacePrivate(file: string, text: string): Promise<void> {
  const fresh = `${file}.${randomUUID()}`
  try {
    await createPrivate(fresh, text)
    await rename(fresh, file)
  } catch (failure) {
    await rm(fresh, { force: true })
    throw failure
  }
}
