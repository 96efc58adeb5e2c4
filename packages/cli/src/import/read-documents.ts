import type { Io } from "../io.js"
import { offsetOf } from "../locate-issue.js"
import { type Position, parseTexts, type UsableDocument } from "../parse-document.js"
import { nameOf, readInput } from "../read-input.js"
import { SourceError, type SourceIssue } from "./source-error.js"

/** A document of a file, or a part of one that is imported by itself. */
export interface SourceDocument {
  readonly file: string
  readonly value: unknown
  /** Where in the file a path of the value is. */
  readonly positionOf: (path: string) => Position
}

/** The documents of all files in their order, without empty ones; of a list, its items. */
export async function readDocuments(io: Io, files: readonly string[]): Promise<readonly SourceDocument[]> {
  const documents: SourceDocument[] = []
  const issues: SourceIssue[] = []
  for (const name of files) {
    const text = await readInput(io, name)
    const file = nameOf(name)
    for (const parsed of parseTexts(text)) {
      if ("problem" in parsed) {
        const { message, position } = parsed.problem
        issues.push({ severity: "error", path: "", message, file, ...position })
      } else documents.push(...itemsOf(toSource(file, parsed)))
    }
  }
  if (issues.length > 0) throw new SourceError(issues)
  return documents.filter(({ value }) => value !== null)
}

function toSource(file: string, { document, value, positionOf }: UsableDocument): SourceDocument {
  const start = document.contents?.range?.[0] ?? 0
  return {
    file,
    value,
    // A path that the document does not have is found at its start, which need not be that of the file.
    positionOf: (path) => positionOf(Math.max(start, offsetOf(document, path))),
  }
}

/** The items of a list; anything else is itself. */
export function itemsOf(document: SourceDocument): readonly SourceDocument[] {
  const { value } = document
  return Array.isArray(value) ? value.map((item, i) => partOf(document, `[${i}]`, item)) : [document]
}

/** A value that stands at a path of the document. */
export function partOf({ file, positionOf }: SourceDocument, path: string, value: unknown): SourceDocument {
  return { file, value, positionOf: (rest) => positionOf(joinPaths(path, rest)) }
}

function joinPaths(base: string, rest: string): string {
  return rest === "" || rest.startsWith("[") ? base + rest : `${base}.${rest}`
}
