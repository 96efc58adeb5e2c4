import { type Io, stdin } from "../../packages/cli/src/io.js"
import { run } from "../../packages/cli/src/program.js"
import { splitShellWords } from "../../packages/cli/src/shell-words.js"
import { blocksOf } from "./pages.js"

/** One command of a page, and what the page says that it prints. */
export interface Exchange {
  readonly name: string
  readonly command: string
  readonly output: string
}

/** The files that a page shows, and its commands, in the order of the page. */
export interface Transcript {
  readonly files: Readonly<Record<string, string>>
  readonly exchanges: readonly Exchange[]
}

/** Blocks after `<!-- file: NAME -->` are files; the lines after `$` in blocks after `<!-- transcript -->` are commands. */
export function transcriptOf(page: string): Transcript {
  const blocks = blocksOf(page)
  const files = blocks.flatMap(({ marks, text }) =>
    marks.filter((mark) => mark.startsWith("file: ")).map((mark) => [mark.slice(6), `${text}\n`] as const),
  )
  const exchanges = blocks
    .filter(({ marks }) => marks.includes("transcript"))
    .flatMap(({ text, line }) => exchangesOf(text, `${page}:${line}`))
  return { files: Object.fromEntries(files), exchanges }
}

function exchangesOf(text: string, where: string): readonly Exchange[] {
  return text.split(/^\$ /m).flatMap((part, i) => {
    if (i === 0) return []
    const [command = "", output = ""] = split(part)
    return [{ name: `${where} ${command.split("\n", 1)[0]}`, command, output: output.trimEnd() }]
  })
}

/** A command goes on over lines that end in a backslash, and while a quote is open. */
function split(part: string): readonly [command: string, output: string] {
  const lines = part.split("\n")
  const length = lines.findIndex((line, i) => {
    const quotes =
      lines
        .slice(0, i + 1)
        .join("")
        .split("'").length - 1
    return !line.endsWith("\\") && quotes % 2 === 0
  })
  return [lines.slice(0, length + 1).join("\n"), lines.slice(length + 1).join("\n")]
}

/** The clock of every page. */
export const now = Date.parse("2026-01-15T10:00:00Z") / 1000

/** A machine that has the files of a page and knows `jwt-auth`, `>`, `|` and `echo $?`. */
export class Machine {
  readonly #files: Map<string, string>
  #exit = 0

  constructor(files: Transcript["files"]) {
    this.#files = new Map(Object.entries(files))
  }

  /** What a terminal would show. */
  async type(command: string): Promise<string> {
    if (command === "echo $?") return String(this.#exit)
    let input = ""
    for (const stage of command.split(/ \| (?=jwt-auth )/)) {
      const [line = "", target] = stage.split(/ > (?=[\w.-]+$)/)
      const { words } = splitShellWords(line)
      const [program, ...argv] = words
      if (program !== "jwt-auth") throw new Error(`no machine here knows ${program}`)
      const shown = { out: "", err: "" }
      this.#exit = await run(argv, this.#io(shown, input))
      if (target !== undefined) this.#files.set(target, shown.out)
      input = target === undefined ? shown.out : ""
      if (shown.err !== "") return `${shown.err}${input}`.trimEnd()
    }
    return input.trimEnd()
  }

  #io(shown: { out: string; err: string }, input: string): Io {
    const files = this.#files
    const write = async (file: string, text: string, overwrite: boolean) => {
      if (files.has(file) && !overwrite) throw Object.assign(new Error("it exists"), { code: "EEXIST" })
      files.set(file, text)
    }
    return {
      stdout: {
        isTerminal: false,
        write(text) {
          shown.out += text
        },
      },
      stderr: {
        write(text) {
          shown.err += text
        },
      },
      env: {},
      now: () => now,
      stdinIsTerminal: false,
      async *read(file) {
        const text = file === stdin ? input : files.get(file)
        if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" })
        yield new TextEncoder().encode(text)
      },
      writePrivate: write,
      writePublic: write,
    }
  }
}
