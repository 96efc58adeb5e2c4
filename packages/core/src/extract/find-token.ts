import type { ConsumerSet, Place, PlaceGroup } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"
import { PlaceReader } from "./places.js"

/** A token as it was found, and whose it may be. */
export interface FoundToken {
  readonly token: string
  readonly place: Place
  /** The consumers that look here. */
  readonly group: PlaceGroup
}

/** The tokens of a request: for each way of looking, the first place that has one decides. */
export function findTokens(request: AuthRequest, consumers: ConsumerSet): readonly FoundToken[] {
  let found: FoundToken[] | undefined
  const reader = new PlaceReader(request, consumers)
  for (const group of consumers.groups) {
    for (const place of group.places) {
      const token = reader.first(place)
      if (token === undefined) continue
      const one = { token, place, group }
      // Begun with the first, and nearly always the only one: an empty list makes room for many.
      if (found === undefined) found = [one]
      else found.push(one)
      break
    }
  }
  return found ?? []
}
