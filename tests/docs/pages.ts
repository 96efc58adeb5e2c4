import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../../", import.meta.url))

/** A fenced block of a page. */
export interface Block {
  readonly page: string
  /** Line of its first line of text, from 1. */
  readonly line: number
  readonly language: string
  readonly text: string
  /** The HTML comments right before it. */
  readonly marks: readonly string[]
}

/** The pages whose programs are compiled and run, relative to the root. */
export const programPages: readonly string[] = [
  "README.md",
  ...readdirSync(join(root, "packages")).map((name) => `packages/${name}/README.md`),
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
]

/** Every page that a reader may come to. */
export const allPages: readonly string[] = [
  ...new Set([
    ...programPages,
    ...readdirSync(root).filter((name) => name.endsWith(".md")),
    ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ]),
]

export function readPage(page: string): string {
  return readFileSync(join(root, page), "utf8")
}

export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = []
  let marks: string[] = []
  let open: { line: number; language: string; lines: string[] } | undefined
  for (const [i, line] of readPage(page).split("\n").entries()) {
    const fence = /^```(\w*)$/.exec(line)
    if (open !== undefined) {
      if (fence === null) open.lines.push(line)
      else {
        blocks.push({ page, line: open.line, language: open.language, text: open.lines.join("\n"), marks })
        marks = []
        open = undefined
      }
    } else if (fence !== null) open = { line: i + 2, language: fence[1] ?? "", lines: [] }
    else if (line.startsWith("<!-- ")) marks.push(line.slice(5).replace(/ -->$/, ""))
    else if (line !== "") marks = []
  }
  if (open !== undefined) throw new Error(`${page}:${open.line}: the block is not closed`)
  return blocks
}

/** A program of the documentation: a `ts` block, after those that it continues, and what it is said to print. */
export interface Program {
  readonly name: string
  readonly page: string
  readonly text: string
  /** The `text` block after it, which is its output. */
  readonly output?: string
  /** Marked `<!-- run -->`: it must run to its end, and print its output if one is shown. */
  readonly runs: boolean
}

export function programsOf(page: string): readonly Program[] {
  const programs: Program[] = []
  for (const { line, language, text, marks } of blocksOf(page)) {
    const last = programs.at(-1)
    const runs = marks.includes("run")
    if (language === "ts") {
      const before = marks.includes("continues") && last !== undefined ? `${last.text}\n` : ""
      programs.push({ name: `${page}:${line}`, page, text: before + text, runs })
    } else if (language === "text") {
      if (last === undefined || last.output !== undefined) {
        throw new Error(
          `${page}:${line}: a text block is the output of the program before it, and there is none`,
        )
      }
      programs.splice(-1, 1, { ...last, output: text })
    }
  }
  return programs
}

/** The rows of the table under a mark, cell by cell, without the heading. */
export function tableAfter(page: string, mark: string): readonly (readonly string[])[] {
  const lines = readPage(page).split("\n")
  const start = lines.indexOf(`<!-- ${mark} -->`)
  if (start === -1) throw new Error(`${page} has no mark "${mark}"`)
  const length = lines.slice(start + 1).findIndex((line) => !line.startsWith("|"))
  return lines.slice(start + 3, start + 1 + length).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  )
}
