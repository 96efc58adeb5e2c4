import type { GatewaySource } from "./gateway-source.js"
import type { SourceDocument } from "./read-documents.js"

/** One document is itself, several are a list: the importer finds the plugin among them. */
export function joinHigress(documents: readonly SourceDocument[]): GatewaySource {
  const [only, ...others] = documents
  if (only !== undefined && others.length === 0) return { value: only.value, origins: new Map([["", only]]) }
  return {
    value: documents.map(({ value }) => value),
    origins: new Map(documents.map((document, i) => [`[${i}]`, document])),
  }
}
