import type { Place } from "../config/policy.js"
import { printable, show } from "./show.js"

/** `header Authorization`, `parameter access_token`, `cookie session`. */
export function placeName({ kind, name }: Place): string {
  const kinds = { header: "header", param: "parameter", cookie: "cookie" } as const
  return `${kinds[kind]} ${printable(kind === "header" ? headerCase(name) : name)}`
}

/** With what has to stand before the token: `header Authorization with "Bearer "`. */
export function placeWithPrefix(place: Place): string {
  const prefix = place.kind === "header" ? place.prefix : ""
  return prefix === "" ? placeName(place) : `${placeName(place)} with ${show(prefix)}`
}

/** Policy names are in lower case; people write X-Api-Token. */
export function headerCase(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())
}
