import type { ConsumerSet, Place } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"
import { detached, tokenInHeader, trimBlanks } from "./header-token.js"
import {
  cookieNames,
  cookieValue,
  cookieValues,
  type NamedValues,
  paramNames,
  paramValues,
  percentDecode,
  type Spells,
} from "./named-values.js"

/**
 * Reads the places of one request. Query and cookies are taken apart once, however many consumers look there, and only when
 * one does.
 */
export class PlaceReader {
  private readonly request: AuthRequest
  private readonly consumers: ConsumerSet
  private params: NamedValues | undefined
  private cookies: NamedValues | undefined
  private misspelt: ReadonlyMap<string, string> | undefined

  constructor(request: AuthRequest, consumers: ConsumerSet) {
    this.request = request
    this.consumers = consumers
  }

  /** The token that stands in this place, or undefined when there is none. An empty value is no token. */
  first(place: Place): string | undefined {
    if (place.kind === "header") return this.inHeader(place.name, place.prefix)
    const token = this.values(place)?.[0]
    return token === undefined ? undefined : detached(token)
  }

  /** Everything that stands there, where a name may come more than once. */
  all(place: Place): readonly string[] {
    if (place.kind !== "header") return this.values(place) ?? []
    const token = this.inHeader(place.name, place.prefix)
    return token === undefined ? [] : [token]
  }

  private values({ kind, name }: Place): readonly string[] | undefined {
    if (kind === "param") {
      this.params ??= paramValues(queryOf(this.request.path), wantedBy(this.consumers).params)
      return this.params.get(name)
    }
    this.cookies ??= cookieValues(
      headerValue(this.request, "cookie", "; ") ?? "",
      wantedBy(this.consumers).cookies,
    )
    return this.cookies.get(name)
  }

  private inHeader(name: string, prefix: string): string | undefined {
    const { headers } = this.request
    const value = isRecordWith(headers, name)
      ? joined(headers[name], ", ")
      : isHeaders(headers)
        ? (headers.get(name) ?? undefined)
        : joined(this.inOtherCase(headers, name), ", ")
    return value === undefined ? undefined : tokenInHeader(value, prefix)
  }

  private inOtherCase(headers: HeaderRecord, name: string): HeaderRecord[string] {
    this.misspelt ??= misspeltNames(headers, wantedBy(this.consumers).headerLengths)
    const key = this.misspelt.get(name)
    return key === undefined ? undefined : headers[key]
  }
}

/** What the consumers of a list look for, taken together. */
interface Wanted {
  readonly headerLengths: ReadonlySet<number>
  readonly params: Spells
  readonly cookies: Spells
}

const wanted = new WeakMap<ConsumerSet, Wanted>()

function wantedBy(consumers: ConsumerSet): Wanted {
  const known = wanted.get(consumers)
  if (known !== undefined) return known
  const named = (kind: Place["kind"]) =>
    consumers.places.filter((place) => place.kind === kind).map(({ name }) => name)
  const made = {
    headerLengths: new Set(named("header").map((name) => name.length)),
    params: paramNames(named("param")),
    cookies: cookieNames(named("cookie")),
  }
  wanted.set(consumers, made)
  return made
}

type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The value of a header under its lower-case name; several values are joined, as RFC 9110 §5.3 allows a recipient to.
 */
export function headerValue({ headers }: AuthRequest, name: string, separator = ", "): string | undefined {
  if (isRecordWith(headers, name)) return joined(headers[name], separator)
  if (isHeaders(headers)) return headers.get(name) ?? undefined
  const key = Object.keys(headers).find((key) => key.length === name.length && key.toLowerCase() === name)
  return key === undefined ? undefined : joined(headers[key], separator)
}

/** Asked first: `Headers` have no header as a member of their own. */
function isRecordWith(headers: AuthRequest["headers"], name: string): headers is HeaderRecord {
  return Object.hasOwn(headers, name)
}

/** By its method: `instanceof` fails for the Headers of another realm or polyfill. A header value is no function. */
function isHeaders(headers: AuthRequest["headers"]): headers is Headers {
  return typeof headers["get" as keyof typeof headers] === "function"
}

function joined(value: HeaderRecord[string], separator: string): string | undefined {
  return typeof value === "string" || value === undefined ? value : value.join(separator)
}

const noNames: ReadonlyMap<string, string> = new Map()

/**
 * Names should be lower-case, but a test that says `Authorization` must not see a riddle. Of several spellings the first
 * counts.
 */
function misspeltNames(headers: HeaderRecord, lengths: ReadonlySet<number>): ReadonlyMap<string, string> {
  let found: Map<string, string> | undefined
  for (const key of Object.keys(headers)) {
    if (!lengths.has(key.length)) continue
    const name = key.toLowerCase()
    if (name === key || name.length !== key.length || found?.has(name)) continue
    found ??= new Map()
    found.set(name, key)
  }
  return found ?? noNames
}

/** The query of a request target: after `?`, up to a fragment. */
export function queryOf(target: string): string {
  const fragment = target.indexOf("#")
  const end = fragment === -1 ? target.length : fragment
  const start = target.indexOf("?")
  return start === -1 ? "" : target.slice(start + 1, end)
}

/** The decoded value of one `name=value` of a query, if it has this name. */
export function readParam(pair: string, name: string): string | undefined {
  const equals = pair.indexOf("=")
  const sent = equals === -1 ? pair : pair.slice(0, equals)
  if (sent !== name && paramNames([name])(sent, 0, sent.length).length === 0) return undefined
  return equals === -1 ? "" : percentDecode(pair.slice(equals + 1))
}

/** The value of one `name=value` of a Cookie header, if it has this name: as sent but for blanks and quotes. */
export function readCookie(pair: string, name: string): string | undefined {
  const equals = pair.indexOf("=")
  if (equals === -1 || trimBlanks(pair.slice(0, equals)) !== name) return undefined
  return cookieValue(pair.slice(equals + 1))
}
