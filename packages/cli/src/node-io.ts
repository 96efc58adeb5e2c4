import { randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { open, rename, rm } from "node:fs/promises"
import { type Io, stdin } from "./io.js"

/** The world as this process has it. */
export function nodeIo(process: NodeJS.Process): Io {
  return {
    stdout: {
      write: (text) => void process.stdout.write(text),
      isTerminal: process.stdout.isTTY === true,
      columns: process.stdout.columns,
    },
    stderr: { write: (text) => void process.stderr.write(text), isTerminal: process.stderr.isTTY === true },
    env: process.env,
    now: () => Math.floor(Date.now() / 1000),
    stdinIsTerminal: process.stdin.isTTY === true,
    read: (file) => (file === stdin ? process.stdin : createReadStream(file)),
    writePrivate: (file, text, overwrite) => write(file, text, overwrite, 0o600),
    writePublic: (file, text, overwrite) => write(file, text, overwrite, 0o666),
  }
}

function write(file: string, text: string, overwrite: boolean, mode: number): Promise<void> {
  return overwrite ? replace(file, text, mode) : create(file, text, mode)
}

/** `wx` creates and does not follow a link that somebody has put there. Of the mode the umask takes its part. */
async function create(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, "wx", mode)
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}

/** By way of a new file: writing over the old one would keep its mode, which others may be able to read. */
async function replace(file: string, text: string, mode: number): Promise<void> {
  const fresh = `${file}.${randomUUID()}`
  try {
    await create(fresh, text, mode)
    await rename(fresh, file)
  } catch (failure) {
    await rm(fresh, { force: true })
    throw failure
  }
}
