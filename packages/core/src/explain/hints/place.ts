import type { Place, PolicyConsumer } from "../../config/policy.js"
import { maxTokenBytes } from "../../extract/header-token.js"
import { headerValue } from "../../extract/places.js"
import { isPreflight } from "../../extract/preflight.js"
import type { Finding } from "../finding.js"
import { headerCase, placeName, placeWithPrefix } from "../place-name.js"
import { printable, show } from "../show.js"
import { type HeaderPlace, headerValueHint, otherSchemeHint } from "./header-value.js"
import { oncePerExplanation } from "./once-per-explanation.js"
import { isWebSocketHeader, placeKey, sightingsIn } from "./sightings.js"
import { fitsClaims } from "./signers.js"

/** Why no token was found: it stands elsewhere, or what stands in the right place is not written as it should be. */
export function placeHint(finding: Finding): string | undefined {
  return (
    inOwnHeaders(finding, (...asked) => valueHint(finding, asked)) ??
    elsewhere(finding) ??
    empty(finding) ??
    inOwnHeaders(finding, otherSchemeHint) ??
    preflight(finding)
  )
}

/** Consumers look at the same header, and what it holds may be as long as a token: it is looked at once. */
const valueHints = oncePerExplanation(
  (_, _request: Finding["request"]) => new Map<string, string | undefined>(),
)

function valueHint(finding: Finding, asked: Parameters<HeaderHinter>): string | undefined {
  const [{ name, prefix }, value, fix] = asked
  const known = valueHints(finding, finding.request)
  const key = JSON.stringify([name, prefix, fix])
  if (!known.has(key)) known.set(key, headerValueHint({ kind: "header", name, prefix }, value, fix))
  return known.get(key)
}

type HeaderHinter = (place: HeaderPlace, value: string, fix: string) => string | undefined

function inOwnHeaders({ consumer, request }: Finding, hintFor: HeaderHinter): string | undefined {
  for (const place of consumer.places) {
    if (place.kind !== "header") continue
    const value = headerValue(request, place.name)
    if (value === undefined || value.length > 2 * maxTokenBytes) continue
    const otherwise = hasDefaultPlaces(consumer)
      ? ""
      : ", or change value_prefix in from_headers, if that is meant"
    const hint = hintFor(place, value, `Send ${show(place.prefix)} and then the token${otherwise}.`)
    if (hint !== undefined) return hint
  }
  return undefined
}

/** A token that is this consumer's, wherever it stands; else one that stands where nobody looks. */
function elsewhere(finding: Finding): string | undefined {
  const { consumer } = finding
  const { tokens, read } = sightingsIn(finding)
  const own = new Set(consumer.places.map(placeKey))
  const others = tokens.filter(({ place }) => !own.has(placeKey(place)))
  const sighting =
    others.find((one) => fitsClaims(consumer, one)) ?? others.find(({ place }) => !read.has(placeKey(place)))
  return sighting && sightingHint(consumer, sighting.place)
}

function sightingHint(consumer: PolicyConsumer, place: Place): string {
  const meant = consumer.places.find(
    ({ kind, name }) => kind === place.kind && sameButForCase(name, place.name),
  )
  if (meant !== undefined) {
    return `A token stands in ${placeName(place)}, and such names are case-sensitive. Send it as ${printable(meant.name)}.`
  }
  const found = `A token stands in ${placeName(place)}, where this consumer does not look.`
  if (isWebSocketHeader(place)) return `${found} ${webSocketFix(consumer)}`
  const [first] = consumer.places
  const send = first === undefined ? "If" : `Send it in ${placeWithPrefix(first)}, or, if`
  const field = { header: "from_headers", param: "from_params", cookie: "from_cookies" }[place.kind]
  return hasDefaultPlaces(consumer)
    ? `${found} ${send} clients are meant to send it there, name ${asInConfig(place)} in ${field}, which replaces the default places.`
    : `${found} ${send} clients are meant to send it there, add ${asInConfig(place)} to ${field}.`
}

function webSocketFix({ places }: PolicyConsumer): string {
  const fitting = places.find(({ kind }) => kind !== "header")
  return fitting === undefined
    ? "Send it in a parameter or a cookie, and name that in from_params or from_cookies, if that is meant."
    : `Send it in ${placeName(fitting)}.`
}

function asInConfig(place: Place): string {
  if (place.kind !== "header") return show(place.name)
  const name = show(headerCase(place.name))
  return place.prefix === "" ? name : `${name} with value_prefix ${show(place.prefix)}`
}

function empty(finding: Finding): string | undefined {
  const { consumer, request } = finding
  const sent = sightingsIn(finding).empty
  const place = consumer.places.find((place) =>
    place.kind === "header" ? headerValue(request, place.name)?.trim() === "" : sent.has(placeKey(place)),
  )
  return (
    place &&
    `The ${placeName(place)} is there, but empty. Look at the variable that the client takes it from.`
  )
}

function preflight({ request }: Finding): string | undefined {
  return isPreflight(request)
    ? "This is a CORS preflight, which a browser sends without a token. If browsers are meant to call from other origins, have a CORS middleware answer it before this one, or set bypass_cors_preflight: true."
    : undefined
}

function sameButForCase(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Whoever names a place in a config gives all the default ones up. */
function hasDefaultPlaces({ places: [first, second, ...more] }: PolicyConsumer): boolean {
  const header = first?.kind === "header" && first.name === "authorization" && first.prefix === "Bearer "
  return header && second?.kind === "param" && second.name === "access_token" && more.length === 0
}
