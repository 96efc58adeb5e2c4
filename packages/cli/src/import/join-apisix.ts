import { UsageError } from "../usage-error.js"
import { type GatewaySource, isObject } from "./gateway-source.js"
import { itemsOf, partOf, type SourceDocument } from "./read-documents.js"
import { SourceError, type SourceIssue } from "./source-error.js"

// The gateway keeps what it is configured with in collections: consumers, routes and so on. A document is an apisix.yaml,
// which has several of them, or what the admin API takes and answers, which is one object or a list of one collection.

/** A collection as a document has it, or one object of a collection. */
interface Part {
  readonly collection: string
  readonly document: SourceDocument
  readonly isEntry: boolean
}

const collections = (
  "consumers routes services plugin_configs global_rules consumer_groups upstreams ssls protos plugin_metadata secrets " +
  "stream_routes"
).split(" ")

/** What says who may call: where none of it is, the source is something else. */
const deciding = [
  "consumers",
  "credentials",
  "plugin",
  "routes",
  "services",
  "plugin_configs",
  "global_rules",
]

/** Joins the collections of all documents. */
export function joinApisix(documents: readonly SourceDocument[]): GatewaySource {
  const issues: SourceIssue[] = []
  const parts = documents.flatMap((document) => partsOf(document, issues))
  if (issues.length === 0 && !parts.some(({ collection }) => deciding.includes(collection))) {
    const fix = "Give apisix.yaml, or what the admin API answers for consumers and routes."
    throw new UsageError("there are no consumers, routes or plugins to import", fix)
  }
  const origins = new Map<string, SourceDocument>()
  const entries = [...byCollection(parts)].map(
    ([name, same]) => [name, joinParts(name, same, origins, issues)] as const,
  )
  if (issues.length > 0) throw new SourceError(issues)
  return { value: Object.fromEntries(entries), origins }
}

function partsOf(document: SourceDocument, issues: SourceIssue[]): readonly Part[] {
  const { value } = document
  if (!isObject(value)) {
    issues.push(issueAt(document, "is not an object", "Give apisix.yaml, or what the admin API answers."))
    return []
  }
  if (Array.isArray(value["list"]))
    return itemsOf(partOf(document, "list", value["list"])).flatMap((item) => partsOf(item, issues))
  const collection = collectionOf(value)
  if (collection !== undefined) return [{ collection, document, isEntry: true }]
  return Object.entries(value).map(([name, part]) => ({
    collection: name,
    document: partOf(document, name, part),
    isEntry: false,
  }))
}

/** Of an object of the admin API: by its key, `/apisix/routes/1`, or without one by a field that it must have. */
function collectionOf(value: Readonly<Record<string, unknown>>): string | undefined {
  const { key } = value
  if (typeof key === "string" && isObject(value["value"]))
    return key.split("/").find((part) => collections.includes(part))
  if (Object.hasOwn(value, "username")) return "consumers"
  return Object.hasOwn(value, "uri") || Object.hasOwn(value, "uris") ? "routes" : undefined
}

function byCollection(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const found = new Map<string, Part[]>()
  for (const part of parts) {
    const same = found.get(part.collection)
    if (same === undefined) found.set(part.collection, [part])
    else same.push(part)
  }
  return found
}

/** A collection that stands in one document keeps its form; of several, the lists become one. */
function joinParts(
  name: string,
  parts: readonly Part[],
  origins: Map<string, SourceDocument>,
  issues: SourceIssue[],
): unknown {
  const [first] = parts
  if (first !== undefined && parts.length === 1 && !first.isEntry) {
    origins.set(name, first.document)
    return first.document.value
  }
  const items = parts.flatMap((part) => (part.isEntry ? [part.document] : listed(part, issues)))
  items.forEach((item, i) => {
    origins.set(`${name}[${i}]`, item)
  })
  return items.map(({ value }) => value)
}

function listed({ collection, document }: Part, issues: SourceIssue[]): readonly SourceDocument[] {
  const { value } = document
  if (Array.isArray(value)) return itemsOf(document)
  if (isObject(value) && Array.isArray(value["list"])) return itemsOf(partOf(document, "list", value["list"]))
  if (value === null) return []
  const fix = "Write it as a list, or in one document."
  issues.push(
    issueAt(document, `${collection} stands in another document too, and only lists are joined`, fix),
  )
  return []
}

function issueAt({ file, positionOf }: SourceDocument, message: string, fix: string): SourceIssue {
  return { severity: "error", path: "", message, fix, file, ...positionOf("") }
}
