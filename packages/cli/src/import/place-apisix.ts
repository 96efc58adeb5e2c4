import type { JwtAuthConfig } from "@jwt-auth/core"
import { isObject, valueAt } from "./gateway-source.js"
import type { ConfigPlace } from "./note-places.js"

/** Both keep their names: a consumer that of its user, a rule that of its route, or of its id where it has none. */
export function placesInApisix(
  source: unknown,
  { consumers, rules = [] }: JwtAuthConfig,
): (path: string) => ConfigPlace | undefined {
  const written = { consumers: indexesByName(consumers), rules: indexesByName(rules) }
  const known = new Map<string, readonly string[]>()
  return (path) => {
    const [, at, collection, index] = /^((consumers|routes)(?:\.list)?)\[(\d+)\]/.exec(path) ?? []
    if (at === undefined) return undefined
    const names = known.get(at) ?? uniqueNames(valueAt(source, at), at)
    known.set(at, names)
    const list = collection === "routes" ? "rules" : "consumers"
    const place = written[list].get(names[Number(index)] ?? "")
    return place === undefined ? undefined : { list, index: place }
  }
}

/** Of several rules for one route, the first. */
function indexesByName(
  items: readonly { readonly name?: string | undefined }[],
): ReadonlyMap<string, number> {
  return new Map(items.map(({ name }, i) => [name ?? "", i] as const).toReversed())
}

/** The names of entries; empty for a name that several have, of whose rules nobody can tell which is whose. */
function uniqueNames(entries: unknown, path: string): readonly string[] {
  const names = (Array.isArray(entries) ? entries : []).map((entry: unknown, i) =>
    nameOf(entry, `${path}[${i}]`),
  )
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return names.map((name) => (counts.get(name) === 1 ? name : ""))
}

function nameOf(entry: unknown, path: string): string {
  if (!isObject(entry)) return path
  const { key, value } = entry
  if (isObject(value)) return nameOf({ id: lastPart(key), ...value }, `${path}.value`)
  const { username, name, id } = entry
  const given = username ?? name
  if (typeof given === "string") return given
  return id === undefined || id === null ? path : `route ${String(id)}`
}

function lastPart(key: unknown): string | undefined {
  return typeof key === "string" ? key.slice(key.lastIndexOf("/") + 1) : undefined
}
