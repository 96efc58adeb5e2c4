import type { ConsumerSet, Place, PolicyConsumer } from "../config/policy.js"
import type { AuthRequest, HeaderEdit, RequestEdits } from "../decision.js"
import { cookieNames, paramNames } from "./named-values.js"
import { headerValue, PlaceReader, queryOf } from "./places.js"

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
  const reader = new PlaceReader(request, consumers)
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
  const spells = paramNames(names)
  const isNamed = (pair: string) => {
    const equals = pair.indexOf("=")
    return spells(pair, 0, equals === -1 ? pair.length : equals).length > 0
  }
  const kept = query.split("&").filter((pair) => !isNamed(pair))
  const rest = target.slice(start + 1 + query.length)
  return target.slice(0, start) + (kept.length === 0 ? "" : `?${kept.join("&")}`) + rest
}

function withoutCookies(header: string, names: ReadonlySet<string>): readonly HeaderEdit[] {
  if (names.size === 0) return []
  const spells = cookieNames(names)
  const isNamed = (pair: string) => pair.includes("=") && spells(pair, 0, pair.indexOf("=")).length > 0
  const kept = header.split(";").filter((pair) => !isNamed(pair))
  const value = kept.join(";").trimStart()
  return [value === "" ? { op: "remove", name: "cookie" } : { op: "set", name: "cookie", value }]
}
