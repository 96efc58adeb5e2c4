/** What the map has for this key, made where it has nothing. */
export function entry<V>(map: Map<string, V>, key: string, create: () => V): V {
  const existing = map.get(key)
  if (existing !== undefined) return existing
  const created = create()
  map.set(key, created)
  return created
}
