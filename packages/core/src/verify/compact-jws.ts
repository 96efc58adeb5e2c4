import type { Algorithm } from "../config/document.js"
import { algorithms } from "../config/key-algorithms.js"
import type { PlaceGroup, PolicyConsumer } from "../config/policy.js"
import type { PolicyKey } from "../config/policy-key.js"
import type { JwsHeader, JwtClaims } from "../decision.js"
import { maxTokenBytes } from "../extract/header-token.js"
import { ownValue } from "../own-value.js"
import type { Reason } from "../reasons.js"
import { nodeReader, portableReader } from "./read-segment.js"
import type { StrictObject } from "./strict-json.js"
import { tokenBytes } from "./token-bytes.js"

/** A header that names an algorithm we know. */
export type SupportedHeader = JwsHeader & { readonly alg: Algorithm }

/** A header as it was read. One that many tokens share has no nodes. */
export type ReadHeader = StrictObject<SupportedHeader>

/**
 * A token that has the right form. What its bytes say is the same for whoever brings it, and so is what was found out about them
 * under one config, which is kept here while it is needed (`verify.ts` writes it).
 *
 * A class: where an object literal makes objects that live long, as they do until a cache is full, V8 puts all later ones among
 * the old, too, and whatever they hold stays until those are collected.
 */
export class CompactJws {
  /** A cache puts a copy of its own in its place. */
  token: string
  readonly header: SupportedHeader
  readonly claims: JwtClaims
  /** The times among the claims, in seconds since 1970; undefined for one that is not there, NaN for one that is no finite number. */
  readonly exp: number | undefined
  readonly nbf: number | undefined
  readonly iat: number | undefined
  /** Whose it may be, among those who look in the places of `group`: a matter of its claims and of the config. */
  candidates: readonly PolicyConsumer[] | Reason | undefined
  group: PlaceGroup | undefined
  /** A key that has made the signature; until one has, nothing here is proven. */
  signedBy: PolicyKey | undefined
  /** The last consumer that it was found to belong to: all but the times is a matter of its bytes and of the config. */
  provenFor: PolicyConsumer | undefined
  /** What it weighs to a cache; 0 until one has been told of it. */
  bytes = 0
  /** Whether a cache was asked for it lately. */
  recent = false
  /** Whether other keys have made the signature, as far as that is remembered. */
  answers: Map<PolicyKey, boolean> | undefined
  /** What asking keys has cost since others had their turn. */
  inPlace = 0
  /** How much of it the signature is of: up to its last dot. */
  readonly signedLength: number
  /** True when the header is one object for many tokens. */
  readonly sharesHeader: boolean
  /** Members and elements at every depth, of the claims and of a header of its own. */
  readonly nodes: number

  constructor(token: string, signedLength: number, header: ReadHeader, claims: StrictObject) {
    this.token = token
    this.header = header.value
    this.claims = claims.value
    this.exp = timeOf(claims.value, "exp")
    this.nbf = timeOf(claims.value, "nbf")
    this.iat = timeOf(claims.value, "iat")
    this.signedLength = signedLength
    this.sharesHeader = header.nodes === 0
    this.nodes = header.nodes + claims.nodes
  }
}

function timeOf(claims: JwtClaims, name: "exp" | "nbf" | "iat"): number | undefined {
  const value: unknown = ownValue(claims, name)
  if (value === undefined) return undefined
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN
}

const reader = nodeReader(tokenBytes) ?? portableReader

/**
 * Reads the compact serialisation (RFC 7515 §7.1), strictly: one token has one spelling. JSON serialisations, JWE and
 * nested tokens are not read at all.
 *
 * @param knownHeader the header of a segment that has been read before
 */
export function parseCompactJws(
  token: string,
  knownHeader?: (segment: string) => ReadHeader | undefined,
): CompactJws | Reason {
  if (token.length > maxTokenBytes) return "token_malformed"
  const first = token.indexOf(".")
  const second = token.indexOf(".", first + 1)
  if (second === first || token.includes(".", second + 1)) return "token_malformed"
  if (second + 1 === token.length || !reader.takes(token, second + 1)) return "token_malformed"
  const segment = token.slice(0, first)
  const header = knownHeader?.(segment) ?? readHeader(segment)
  if (typeof header === "string") return header
  const claims = reader.object(token.slice(first + 1, second))
  if (claims === undefined) return "token_malformed"
  return new CompactJws(token, second, header, claims)
}

function readHeader(segment: string): ReadHeader | Reason {
  const read = reader.object(segment)
  if (read === undefined) return "token_malformed"
  const { value } = read
  // RFC 7515 §4.1.11: extensions we do not know must be refused, and we know none. `b64` is one (RFC 7797).
  if ("crit" in value || "b64" in value) return "crit_unsupported"
  if (!supported.has(value["alg"])) return "alg_unsupported"
  if (value["kid"] !== undefined && typeof value["kid"] !== "string") return "token_malformed"
  return read as ReadHeader
}

const supported: ReadonlySet<unknown> = new Set(algorithms)
