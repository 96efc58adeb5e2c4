// Writes the JSON Schema of the config document: the shape from the schema that parses it, the descriptions from the
// doc comments of its types, so that an editor says what the documentation says.
import { readFileSync, writeFileSync } from "node:fs"
import ts from "typescript"
import { toJSONSchema } from "zod/mini"
import { documentSchema } from "../src/config/parse.js"

interface Schema {
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  description?: string
}

/** Which interface of document.ts describes the object under a field. */
const interfaceOf: Readonly<Record<string, string>> = {
  consumers: "Consumer",
  rules: "Rule",
  match: "RuleMatch",
  from_headers: "HeaderPlace",
  claims_to_headers: "ClaimToHeader",
  jwks: "Jwks",
  keys: "Jwk",
}

const source = new URL("../src/config/document.ts", import.meta.url)
const target = new URL("../dist/config.schema.json", import.meta.url)

const comments = readComments(readFileSync(source, "utf8"))
const { $schema, ...schema } = toJSONSchema(documentSchema, { io: "input" }) as Schema & { $schema: string }
describe(schema, "JwtAuthConfig")
const document = { $schema, title: "jwt-auth config", ...schema }
writeFileSync(target, `${JSON.stringify(document, null, 2)}\n`)

function describe(schema: Schema, type: string): void {
  for (const variant of [schema, schema.items, ...(schema.anyOf ?? [])]) {
    for (const [field, property] of Object.entries(variant?.properties ?? {})) {
      const comment = comments.get(`${type}.${field}`)
      if (comment !== undefined) property.description = comment
      describe(property, interfaceOf[field] ?? type)
    }
  }
}

function readComments(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const file = ts.createSourceFile("document.ts", text, ts.ScriptTarget.Latest, true)
  file.forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node)) return
    for (const member of node.members) {
      const doc = ts.getJSDocCommentsAndTags(member)[0]
      const comment = doc === undefined ? undefined : ts.getTextOfJSDocComment(doc.comment)
      if (comment !== undefined && member.name !== undefined) {
        found.set(`${node.name.text}.${member.name.getText()}`, comment.replace(/\s+/g, " "))
      }
    }
  })
  return found
}
