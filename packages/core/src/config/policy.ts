import type { Consumer, Jwks } from "./document.js"
import { entry } from "./entry.js"
import type { ParsedConsumer } from "./parse.js"
import { compileKeys, type KeyParts, type PolicyKey } from "./policy-key.js"

/** Where a token may stand. Header names are lower-case. */
export type Place =
  | { readonly kind: "header"; readonly name: string; readonly prefix: string }
  | { readonly kind: "param"; readonly name: string }
  | { readonly kind: "cookie"; readonly name: string }

/** A consumer made ready for requests. */
export interface PolicyConsumer {
  readonly name: string
  /** Position in the config: the first consumer that verifies and is allowed wins. */
  readonly order: number
  /** What its tokens are recognised by, sorted by name; `issuer` is `iss`. */
  readonly claims: readonly (readonly [name: string, value: string])[]
  /** In normal form (see `normalType`). */
  readonly types: ReadonlySet<string> | undefined
  readonly audiences: ReadonlySet<string> | undefined
  readonly keys: readonly PolicyKey[]
  readonly places: readonly Place[]
  readonly forwards: readonly Forward[]
  readonly clockSkew: number
  readonly requireExp: boolean
  readonly keepToken: boolean
}

/** A claim forwarded as a header; the header's name is lower-case. */
export interface Forward {
  readonly claim: string
  readonly header: string
  readonly override: boolean
}

/** Consumers that are recognised by the same claim names: one look-up finds those with the payload's values. */
export interface ClaimIndex {
  readonly names: readonly string[]
  readonly byValues: ReadonlyMap<string, readonly PolicyConsumer[]>
}

/** Consumers that look for their token in the same places, in the same order. */
export interface PlaceGroup {
  readonly places: readonly Place[]
  readonly indexes: readonly ClaimIndex[]
}

/** A list of consumers, found by place and claims and never by a walk: 10,000 cost what one costs. */
export interface ConsumerSet {
  readonly groups: readonly PlaceGroup[]
  /** Every place of every consumer, once; consumers share these very objects. */
  readonly places: readonly Place[]
}

/**
 * What consumers of a config have in common, each once, under what it consists of. A token is not asked twice whether the same
 * key has signed it; and of thousands of consumers, every object has to be fetched from memory.
 */
export interface CommonParts extends KeyParts {
  readonly audiences: Map<string, ReadonlySet<string>>
}

export function noParts(): CommonParts {
  return { keys: new Map(), algorithms: new Map(), audiences: new Map() }
}

/** @param parts those of other lists of the same config */
export function compileConsumers(
  consumers: readonly ParsedConsumer[],
  parts: CommonParts = noParts(),
): ConsumerSet {
  const groups = new Map<string, { places: readonly Place[]; indexes: Map<string, MutableIndex> }>()
  const places = new Map<string, Place>()
  consumers.forEach((document, order) => {
    const own = placesOf(document)
    const group = entry(groups, own === defaultPlaces ? defaultKey : JSON.stringify(own), () => ({
      places: own.map((place) => entry(places, JSON.stringify(place), () => place)),
      indexes: new Map<string, MutableIndex>(),
    }))
    const consumer = compileConsumer(document, order, group.places, parts)
    const names = consumer.claims.map(([name]) => name)
    const index = entry(group.indexes, JSON.stringify(names), () => ({ names, byValues: new Map() }))
    entry(index.byValues, claimKey(consumer.claims.map(([, value]) => value)), () => []).push(consumer)
  })
  return {
    groups: [...groups.values()].map((group) => ({
      places: group.places,
      indexes: [...group.indexes.values()],
    })),
    places: [...places.values()],
  }
}

/** The look-up key for claim values, in the order of an index's names. */
export function claimKey(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? "") : JSON.stringify(values)
}

/** `typ` without regard to case, and without the `application/` that RFC 7515 §4.1.9 lets senders leave out. */
export function normalType(type: string): string {
  return type.toLowerCase().replace(/^application\//, "")
}

interface MutableIndex {
  readonly names: readonly string[]
  readonly byValues: Map<string, PolicyConsumer[]>
}

function compileConsumer(
  document: ParsedConsumer,
  order: number,
  places: readonly Place[],
  parts: CommonParts,
): PolicyConsumer {
  const { types, audiences } = document
  return {
    name: document.name,
    order,
    claims: claimsOf(document),
    types: types && new Set(types.map(normalType)),
    audiences: audiences && entry(parts.audiences, JSON.stringify(audiences), () => new Set(audiences)),
    keys: compileKeys(document.jwks as Jwks | string, document, parts),
    places,
    forwards: document.claims_to_headers?.map(forwardOf) ?? nothing,
    clockSkew: document.clock_skew_seconds,
    requireExp: document.require_exp,
    keepToken: document.keep_token,
  }
}

const nothing: readonly Forward[] = []

function forwardOf({ claim, header, override }: Forward): Forward {
  return { claim, header: header.toLowerCase(), override }
}

/** Headers, then parameters, then cookies; the defaults only while none of the three is given. */
function placesOf({ from_headers, from_params, from_cookies }: ParsedConsumer): readonly Place[] {
  if (from_headers === undefined && from_params === undefined && from_cookies === undefined)
    return defaultPlaces
  return [
    ...(from_headers ?? []).map(
      ({ name, value_prefix }): Place => ({ kind: "header", name: name.toLowerCase(), prefix: value_prefix }),
    ),
    ...(from_params ?? []).map((name): Place => ({ kind: "param", name })),
    ...(from_cookies ?? []).map((name): Place => ({ kind: "cookie", name })),
  ]
}

const defaultPlaces: readonly Place[] = [
  { kind: "header", name: "authorization", prefix: "Bearer " },
  { kind: "param", name: "access_token" },
]
// Written once: of 10,000 consumers, most have the defaults.
const defaultKey = JSON.stringify(defaultPlaces)

/** Sorted by name, so that equal sets share an index. */
function claimsOf({
  issuer,
  claims,
}: Pick<Consumer, "issuer" | "claims">): readonly (readonly [string, string])[] {
  const all = issuer === undefined ? claims : { ...claims, iss: issuer }
  return Object.entries(all ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
}
