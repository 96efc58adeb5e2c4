import type { Algorithm } from "../config/document.js"
import { algorithms } from "../config/key-algorithms.js"
import type { PlaceGroup, PolicyConsumer } from "../config/policy.js"
import type { PolicyKey } from "../config/policy-key.js"
import type { JwsHeader, JwtClaims } from "../decision.js"
import { maxTokenBytes } from "../extract/header-token.js"
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
 */
export interface CompactJws {
  readonly token: string
  readonly header: SupportedHeader
  readonly claims: JwtClaims
  /** True when the header is one object for many tokens. */
  readonly sharesHeader: boolean
  /** Members and elements at every depth, of the claims and of a header of its own. */
  readonly nodes: number
  /** Keys that have made the signature; until one has, nothing here is proven. */
  signedBy: readonly PolicyKey[]
  /** Keys that have not made it, as far as they are remembered. */
  notSignedBy: Set<PolicyKey> | undefined
  /** Whose it may be, among those who look in the same places: a matter of its claims and of the config. */
  candidates:
    | { readonly group: PlaceGroup; readonly consumers: readonly PolicyConsumer[] | Reason }
    | undefined
  /** What asking keys has cost since others had their turn. */
  inPlace: number
  /** True once a cache has been told of it. */
  kept: boolean
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
  return {
    token,
    header: header.value,
    claims: claims.value,
    sharesHeader: header.nodes === 0,
    nodes: header.nodes + claims.nodes,
    signedBy: nobody,
    notSignedBy: undefined,
    candidates: undefined,
    inPlace: 0,
    kept: false,
  }
}

const nobody: readonly PolicyKey[] = []

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
