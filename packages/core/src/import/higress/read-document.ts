import { joinPath } from "../../config/shape-issues.js"
import type { Findings } from "../findings.js"
import { type PluginSource, readPlugin } from "./read-plugin.js"
import { type Fields, fieldOf, isFields } from "./source-values.js"

interface Located<T> {
  readonly path: string
  readonly value: T
}

/** Finds the one plugin config in the documents of a file; undefined when there is none that can be imported. */
export function readDocument(document: unknown, found: Findings): PluginSource | undefined {
  const objects = documentsIn({ path: "", value: document }).flatMap(({ path, value }): Located<Fields>[] => {
    if (isFields(value)) return [{ path, value }]
    found.error(
      path,
      "must be an object",
      "Give the plugin config or the WasmPlugin resource, already parsed.",
    )
    return []
  })
  const [plugin, other] = objects.filter((located) => isPlugin(located, found))
  if (plugin === undefined) {
    if (found.issues.length === 0)
      found.error("", "holds no plugin config", "Give the plugin config or the WasmPlugin resource.")
    return undefined
  }
  if (other !== undefined) {
    const message = "is a second plugin, and the gateway runs both, one after the other"
    found.error(other.path, message, "Import one of them, or write the consumers and rules of both into one.")
    return undefined
  }
  return readPlugin(plugin.value, plugin.path, found)
}

const deepestList = 8

/** The documents of a file, and those in a Kubernetes list. An empty YAML document is none. */
function documentsIn(located: Located<unknown>, depth = 0): readonly Located<unknown>[] {
  const { path, value } = located
  // Lists in lists are nobody's, and one that contains itself has no end: it is left to be no plugin.
  if (depth > deepestList) return [located]
  if (isFields(value) && fieldOf(value, "kind") === "List")
    return documentsIn({ path: joinPath(path, "items"), value: fieldOf(value, "items") }, depth + 1)
  if (!Array.isArray(value)) return [located]
  const present = value.flatMap((item, i) => (item === null ? [] : [{ path: `${path}[${i}]`, value: item }]))
  // A file with one document is not a list to whoever wrote it.
  if (present.length === 1 && path === "") return documentsIn({ path, value: present[0]?.value }, depth + 1)
  return present.flatMap((item) => (Array.isArray(item.value) ? [item] : documentsIn(item, depth + 1)))
}

function isPlugin({ path, value }: Located<Fields>, found: Findings): boolean {
  const kind = fieldOf(value, "kind")
  if (typeof kind !== "string" || kind === "WasmPlugin") return true
  found.info(path, `a resource of kind ${JSON.stringify(kind)}`, "left out: it is no plugin")
  return false
}
