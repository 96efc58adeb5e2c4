import type { Auth, AuthRequest, HeaderEdit } from "../decision.js"

/** What is remembered of a request between two middlewares. */
export interface Gate {
  /** The request as the client sent it, before any edit. Its headers are a record. */
  readonly original: AuthRequest
  /** Headers of which the client's own copy is gone for good. */
  readonly owned: string[]
  /** What each authenticator has made of the request: one for each. They are few, and so are headers: lists, not maps. */
  readonly shares: Share[]
  /** Header values that Node's `headersDistinct` has to show once somebody asks for it. */
  unshown?: HeaderValues
}

/** All values of each header that changes; none for one that goes. A name, which is lower-case, stands here once. */
export type HeaderValues = readonly (readonly [name: string, values: readonly string[]])[]

/** What one authenticator has made of a request. */
export interface Share {
  /** Who it is. */
  readonly owner: object
  /** What it has set and appended. A clean-up is meant for the client's copies, and leaves these. */
  written: HeaderEdit[]
  /** Who is calling, if it has let somebody in. */
  auth?: Auth
}

/** Registered, so that the ESM and the CommonJS copy of this package in one process share it. */
const key = Symbol.for("@jwt-auth/gate")

export function gateOf(holder: object): Gate | undefined {
  return (holder as { [key]?: Gate })[key]
}

/** @param holder an object that lives as long as the request and stays the same */
export function openGate(holder: object, original: AuthRequest): Gate {
  const gate: Gate = { original, owned: [], shares: [] }
  attachGate(holder, gate)
  return gate
}

/** Not enumerable: a logger that prints the holder prints none of this. */
export function attachGate(holder: object, gate: Gate): void {
  Object.defineProperty(holder, key, { value: gate })
}

export function shareOf({ shares }: Gate, owner: object): Share {
  for (const share of shares) if (share.owner === owner) return share
  const share: Share = { owner, written: [] }
  shares.push(share)
  return share
}
