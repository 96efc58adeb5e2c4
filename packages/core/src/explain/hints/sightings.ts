import type { Place } from "../../config/policy.js"
import type { AuthRequest } from "../../decision.js"
import { headerValue, queryOf, readCookie, readParam } from "../../extract/places.js"
import type { Finding } from "../finding.js"
import { peekSegment } from "../peek.js"
import { foldName } from "./claim-name.js"
import { schemeOf, tokenIn } from "./lookalike.js"
import { oncePerExplanation } from "./once-per-explanation.js"
import { otherKindOf } from "./token-kind.js"

/** A token that stands somewhere in the request, whether or not anybody looks there. */
export interface Sighting {
  /** The name as it was sent; the prefix is the scheme word that stands before the token. */
  readonly place: Place
  readonly claims: Readonly<Record<string, unknown>>
}

/** What stands where tokens could stand. */
export interface Sightings {
  readonly tokens: readonly Sighting[]
  /** Parameters and cookies that were sent without a value. */
  readonly empty: ReadonlySet<string>
  /** The places where some consumer looks. */
  readonly read: ReadonlySet<string>
}

export function sightingsIn(finding: Finding): Sightings {
  return sightingsOf(finding, finding.request)
}

const sightingsOf = oncePerExplanation(({ access }, request: AuthRequest): Sightings => {
  const sent = [...headersOf(request), ...paramsOf(request), ...cookiesOf(request)]
  return {
    tokens: sent.flatMap(sighting).slice(0, mostTokens),
    empty: new Set(
      sent.filter(({ value }) => value === "").map(({ kind, name }) => placeKey({ kind, name })),
    ),
    read: new Set(access.consumers.places.map(placeKey)),
  }
})

export function placeKey({ kind, name }: Pick<Place, "kind" | "name">): string {
  return `${kind} ${name}`
}

interface Sent {
  readonly kind: Place["kind"]
  readonly name: string
  readonly value: string
}

/** Requests of people have fewer; a stranger's may have a million. */
const most = 500

/** A longer one is a stranger's, and no help to read. */
const longestName = 64

/** A hint needs one; all would be compared with every consumer. */
const mostTokens = 16

/** These carry signed statements of another kind (RFC 9449 §4.1, RFC 7521 §4.2, RFC 9101 §5). */
const otherJwts = new Set(["dpop", "client_assertion", "request"])

/** In the names of what holds a token that is not for calling an API, or that belongs to a login (OpenID Connect Core §3.1.2.1). */
const otherPurposes = ["refresh", "idtoken", "csrf", "xsrf", "state", "logouttoken", "loginhint"]

function isForOther(name: string): boolean {
  const folded = foldName(name)
  return otherJwts.has(name.toLowerCase()) || otherPurposes.some((purpose) => folded.includes(purpose))
}

function sighting({ kind, name, value }: Sent): readonly Sighting[] {
  if (name.length > longestName || isForOther(name)) return []
  const values = isWebSocketHeader({ kind, name }) ? value.split(",", most) : [value]
  const token = values.map(tokenIn).find((found) => found !== undefined)
  if (token === undefined) return []
  const [header, claims] = [peekSegment(token, 0) ?? {}, peekSegment(token, 1) ?? {}]
  if (otherKindOf({ header, claims }) !== undefined) return []
  const scheme = schemeOf(value)?.scheme
  const prefix = scheme === undefined ? "" : `${scheme} `
  return [{ place: kind === "header" ? { kind, name, prefix } : { kind, name }, claims }]
}

/** A list of protocols, in which browsers can smuggle a token: there they let nobody set a header. */
export function isWebSocketHeader({ kind, name }: Pick<Place, "kind" | "name">): boolean {
  return kind === "header" && name === "sec-websocket-protocol"
}

function headersOf({ headers }: AuthRequest): readonly Sent[] {
  return pairsOf(headers)
    .slice(0, most)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .flatMap(([name, value]): readonly Sent[] =>
      typeof value === "string" && name !== "cookie" ? [{ kind: "header", name, value: value.trim() }] : [],
    )
}

function pairsOf(headers: AuthRequest["headers"]): readonly (readonly [name: string, value: unknown])[] {
  if (typeof headers["get" as keyof typeof headers] !== "function") {
    return Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ])
  }
  const pairs: [string, string][] = []
  ;(headers as Headers).forEach((value, name) => {
    pairs.push([name, value])
  })
  return pairs
}

function paramsOf({ path }: AuthRequest): readonly Sent[] {
  const query = queryOf(path)
  if (query === "") return []
  return query.split("&", most).map((pair) => {
    const [name = ""] = pair.split("=", 1)
    return { kind: "param", name, value: readParam(pair, name) ?? "" }
  })
}

function cookiesOf(request: AuthRequest): readonly Sent[] {
  return (headerValue(request, "cookie", "; ") ?? "").split(";", most).flatMap((pair): readonly Sent[] => {
    const name = (pair.split("=", 1)[0] ?? "").trim()
    const value = readCookie(pair, name)
    return value === undefined ? [] : [{ kind: "cookie", name, value }]
  })
}
