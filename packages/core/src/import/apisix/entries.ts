import type { Findings } from "../findings.js"
import { isObject, type Source } from "./fields.js"

/** An object of a collection, and the name under which the collection keeps it. */
export interface Entry extends Source {
  /** The key in etcd, such as `/apisix/consumers/jack`, or that of a map. */
  readonly key?: string
}

/**
 * The objects of a collection: a list, a map by name, one object, or what the admin API answers for one
 * (`{ key, value }`) and for all (`{ total, list: [{ key, value }] }`).
 */
export function entriesOf(value: unknown, path: string, findings: Findings): readonly Entry[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item, i) => entryOf(item, `${path}[${i}]`, findings))
  if (!isObject(value)) return wrong(path, findings)
  if (Array.isArray(value["list"])) {
    const { list, total } = value
    if (typeof total === "number" && total > list.length)
      findings.error(path, `has ${list.length} of ${total}`, "Import all pages of the admin API's answer.")
    return entriesOf(list, `${path}.list`, findings)
  }
  if (!isMap(value)) return entryOf(value, path, findings)
  return Object.entries(value).flatMap(([key, item]) => entryOf(item, `${path}.${key}`, findings, key))
}

function entryOf(item: unknown, path: string, findings: Findings, key?: string): readonly Entry[] {
  if (!isObject(item)) return wrong(path, findings)
  if (isObject(item["value"])) {
    const stored = typeof item["key"] === "string" ? item["key"] : key
    return entryOf(item["value"], `${path}.value`, findings, stored)
  }
  return [{ path, fields: item, ...(key !== undefined && { key }) }]
}

/** True for a map of objects by their names, and false for one object and for what the admin API answers. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  const own = ["username", "plugins", "jwt-auth", "uri", "uris", "hosts", "value", "list", "id"]
  return isObject(value) && !own.some((name) => Object.hasOwn(value, name))
}

function wrong(path: string, findings: Findings): readonly Entry[] {
  findings.error(
    path,
    "is not an object",
    "Give it as the admin API returns it, or as it stands in apisix.yaml.",
  )
  return []
}
