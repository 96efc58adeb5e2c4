import type { ConsumerSet, Place, PolicyConsumer } from "../config/policy.js"
import type { AuthRequest, HeaderEdit, RequestEdits } from "../decision.js"
import { headerValue, placeReader, queryOf, readCookie, readParam } from "./places.js"

/**
 * The edits that remove a consumer's token: everything in the places where the consumer looks, and the same token
 * wherever else a consumer would look. Other parameters and cookies stay byte for byte.
 */
export function stripToken(
  request: AuthRequest,
  token: string,
  consumer: PolicyConsumer,
  consumers: ConsumerSet,
): RequestEdits {
  const reader = placeReader(request)
  const places = consumers.places.filter((place) => {
    const found = reader.all(place)
    return found.length > 0 && (found.includes(token) || consumer.places.includes(place))
  })
  const path = withoutParams(request.path, namesOf(places, "param"))
  const headers = [
    ...[...namesOf(places, "header")].map((name): HeaderEdit => ({ op: "remove", name })),
    ...withoutCookies(headerValue(request, "cookie", "; ") ?? "", namesOf(places, "cookie")),
  ]
  return path === request.path ? { headers } : { headers, path }
}

function namesOf(places: readonly Place[], kind: Place["kind"]): ReadonlySet<string> {
  return new Set(places.filter((place) => place.kind === kind).map(({ name }) => name))
}

function withoutParams(target: string, names: ReadonlySet<string>): string {
  if (names.size === 0) return target
  const query = queryOf(target)
  const start = target.indexOf("?")
  const kept = query.split("&").filter((pair) => !isNamed(pair, names, readParam))
  const rest = target.slice(start + 1 + query.length)
  return target.slice(0, start) + (kept.length === 0 ? "" : `?${kept.join("&")}`) + rest
}

function withoutCookies(header: string, names: ReadonlySet<string>): readonly HeaderEdit[] {
  if (names.size === 0) return []
  const kept = header.split(";").filter((pair) => !isNamed(pair, names, readCookie))
  const value = kept.join(";").trimStart()
  return [value === "" ? { op: "remove", name: "cookie" } : { op: "set", name: "cookie", value }]
}

function isNamed(
  pair: string,
  names: ReadonlySet<string>,
  read: (pair: string, name: string) => string | undefined,
): boolean {
  return [...names].some((name) => read(pair, name) !== undefined)
}
