import type { Consumer, JwtAuthConfig } from "@jwt-auth/core"
import { printable } from "@jwt-auth/core/explain"
import { Document, isNode, isScalar, Scalar, visit } from "yaml"
import type { PlacedNotes } from "./note-places.js"
import { renderComments } from "./render-comments.js"

/** For editors that know YAML's language server. */
const schemaLine = "yaml-language-server: $schema=./node_modules/@jwt-auth/core/dist/config.schema.json"

/** The config as YAML that means exactly the same, with each note above the consumer or rule that it is about. */
export function renderYaml(config: JwtAuthConfig, notes: PlacedNotes, title: string): string {
  const document = new Document(withReadableKeys(config), {
    version: "1.2",
    schema: "core",
    // What older parsers would take for a boolean or a date is written in quotes.
    compat: "yaml-1.1",
    aliasDuplicateObjects: false,
  })
  quoteUnprintable(document)
  putInLines(document)
  for (const list of ["consumers", "rules"] as const) {
    for (const [index, about] of notes[list]) {
      const node = document.getIn([list, index], true)
      if (isNode(node))
        node.commentBefore = renderComments(about)
          .map((line) => ` ${line}`)
          .join("\n")
    }
  }
  const general = renderComments(notes.general)
  const header = [
    schemaLine,
    printable(title),
    ...(hasSecret(config) ? ["It holds HMAC secrets: whoever reads it can sign tokens."] : []),
    ...(general.length > 0 ? ["", ...general] : []),
  ]
  const body = document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  })
  return `${header.map((line) => `# ${line}`.trimEnd()).join("\n")}\n\n${escapeInQuotes(body)}`
}

/** Key sets stand as JSON text in lines of their own. */
function withReadableKeys({ consumers, rules, ...rest }: JwtAuthConfig): object {
  return {
    ...rest,
    consumers: consumers.map(withReadableKey),
    ...(rules && {
      rules: rules.map((rule) => ({
        ...rule,
        ...(rule.consumers && { consumers: rule.consumers.map(withReadableKey) }),
      })),
    }),
  }
}

function withReadableKey({ jwks, ...consumer }: Consumer): object {
  const text = new Scalar(`${asciiJson(keySetOf(jwks))}\n`)
  text.type = Scalar.BLOCK_LITERAL
  // In its place among the fields: after what the consumer is recognised by.
  const { name, issuer, claims, ...rest } = consumer
  return {
    name,
    ...(issuer !== undefined && { issuer }),
    ...(claims !== undefined && { claims }),
    jwks: text,
    ...rest,
  }
}

function keySetOf(jwks: Consumer["jwks"]): unknown {
  return typeof jwks === "string" ? JSON.parse(jwks) : jwks
}

/** In double quotes, and only there, YAML has escapes. */
function quoteUnprintable(document: Document): void {
  visit(document, {
    Scalar(_, scalar) {
      const { type, value } = scalar
      if (type === undefined && typeof value === "string" && printable(value) !== value)
        scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
}

/** What is not printable stands in double quotes only, by now, and comments have none of it. */
function escapeInQuotes(yaml: string): string {
  return yaml.replace(/[^ -~\n]/gu, (character) => {
    if (printable(character) === character) return character
    const code = (character.codePointAt(0) ?? 0).toString(16)
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`
  })
}

/** Nothing to escape is left in it. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[^ -~\n]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}

const longestList = 80

/** Short lists of texts in one line: `allow: [web, partner]`. */
function putInLines(document: Document): void {
  visit(document, {
    Seq(_, list) {
      const texts = list.items.map((item) => (isScalar(item) ? String(item.value) : undefined))
      if (texts.every((text) => text !== undefined) && texts.join(", ").length <= longestList)
        list.flow = true
    },
  })
}

function hasSecret({ consumers, rules = [] }: JwtAuthConfig): boolean {
  return [...consumers, ...rules.flatMap((rule) => rule.consumers ?? [])].some(({ jwks }) =>
    JSON.stringify(keySetOf(jwks)).includes('"kty":"oct"'),
  )
}
