import { Composer, type Document, LineCounter, Parser, parseDocument, visit, type YAMLError } from "yaml"

/** Counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface Problem {
  readonly position: Position
  readonly message: string
}

export interface UsableDocument {
  readonly value: unknown
  readonly document: Document
  readonly positionOf: (offset: number) => Position
}

export type ParsedDocument = UsableDocument | { readonly problem: Problem }

const options = {
  version: "1.2",
  schema: "core", // no timestamps, no yes for true
  merge: false,
  uniqueKeys: true, // of two rules of one name, one would silently not count
  stringKeys: true,
  prettyErrors: false, // pretty ones quote the source, which may be a key
} as const

/** A document as it may be in a config: YAML 1.2, of which JSON is a part, without what makes YAML surprising. */
export function parseText(text: string): ParsedDocument {
  const lineCounter = new LineCounter()
  return examine(parseDocument(text, { ...options, lineCounter }), positionIn(lineCounter))
}

/** More than any gateway's config has: a line of `---` is a document. */
const mostDocuments = 1000

/** The documents of a file, parted by `---`, in the same way. A broken one is the last. */
export function parseTexts(text: string): readonly ParsedDocument[] {
  const lineCounter = new LineCounter()
  const positionOf = positionIn(lineCounter)
  const parsed: ParsedDocument[] = []
  const documents = new Composer(options).compose(
    new Parser(lineCounter.addNewLine).parse(text),
    true,
    text.length,
  )
  for (const document of documents) {
    if (parsed.length === mostDocuments) {
      const problem = { position: positionOf(document.range[0]), message: "has more than 1000 documents" }
      return [...parsed, { problem }]
    }
    const one = examine(document, positionOf)
    parsed.push(one)
    if ("problem" in one) break
  }
  return parsed
}

function positionIn(lineCounter: LineCounter): UsableDocument["positionOf"] {
  return (offset) => {
    const { line, col } = lineCounter.linePos(offset)
    return { line, column: col }
  }
}

function examine(document: Document, positionOf: UsableDocument["positionOf"]): ParsedDocument {
  // Whatever follows the first problem may only be its consequence. An unknown tag is a mere warning to the parser.
  const first = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])[0]
  if (first !== undefined)
    return { problem: { position: positionOf(first.pos[0]), message: messageOf(first) } }
  const lost = unresolvedAlias(document)
  if (lost !== undefined) {
    return { problem: { position: positionOf(lost), message: "is an alias of an anchor that is not there" } }
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), document, positionOf }
  } catch {
    const message = "repeats its anchors too often: more than any config needs"
    return { problem: { position: { line: 1, column: 1 }, message } }
  }
}

const messages: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "this name stands twice in the same object",
  NON_STRING_KEY: "a name must be plain text",
  MULTIPLE_DOCS: "a second document begins here; give each config a file of its own",
  TAG_RESOLVE_FAILED: "YAML tags are not supported",
  RESOURCE_EXHAUSTION: "is nested too deeply",
  TAB_AS_INDENT: "tabs do not indent YAML; use spaces",
  BAD_DIRECTIVE: "YAML directives are not supported",
}

/** The parser's message without what it quotes of the document. */
function messageOf({ code, message }: YAMLError): string {
  return (
    messages[code] ?? message.replace(/(?<=\w): .*$/s, "").replace(/^[A-Z]/, (letter) => letter.toLowerCase())
  )
}

function unresolvedAlias(document: Document): number | undefined {
  let offset: number | undefined
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined
      offset = alias.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}
