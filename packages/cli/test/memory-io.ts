import { type Io, stdin } from "../src/io.js"
import { run } from "../src/program.js"

/** The clock of every test here: 2023-11-14T22:13:20Z. */
export const now = 1_700_000_000

export interface World {
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly stdin?: string
  readonly env?: Io["env"]
  readonly isTerminal?: boolean
  readonly columns?: number
  readonly now?: number
}

export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
  /** What the command has written, besides what was there. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
}

interface MemoryIo extends Pick<Outcome, "files"> {
  readonly io: Io
  readonly shown: { out: string; err: string }
}

export function memoryIo(world: World = {}): MemoryIo {
  const files = new Map(Object.entries(world.files ?? {}))
  const shown = { out: "", err: "" }
  const write = async (file: string, text: string, overwrite: boolean) => {
    if (files.has(file) && !overwrite) throw Object.assign(new Error("it exists"), { code: "EEXIST" })
    files.set(file, text)
  }
  const io: Io = {
    stdout: {
      isTerminal: world.isTerminal ?? false,
      ...(world.columns !== undefined && { columns: world.columns }),
      write(text) {
        shown.out += text
      },
    },
    stderr: {
      write(text) {
        shown.err += text
      },
    },
    env: world.env ?? {},
    now: () => world.now ?? now,
    stdinIsTerminal: false,
    async *read(file) {
      const content = file === stdin ? (world.stdin ?? "") : files.get(file)
      if (content === undefined)
        throw Object.assign(new Error(`secret of ${String(file)}`), { code: "ENOENT" })
      yield typeof content === "string" ? new TextEncoder().encode(content) : content
    },
    writePrivate: write,
    writePublic: write,
  }
  return { io, shown, files }
}

/** Runs a command line in a world of its own. */
export async function cli(argv: readonly string[], world: World = {}): Promise<Outcome> {
  const { io, shown, files } = memoryIo(world)
  return { code: await run(argv, io), ...shown, files }
}
