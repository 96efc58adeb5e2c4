import type { Auth, AuthRequest } from "../decision.js"

/** What is remembered of a request between two middlewares. */
export interface Gate {
  /** The request as the client sent it, before any edit. Its headers are a record. */
  readonly original: AuthRequest
  /** Headers of which the client's own copy is gone for good. */
  readonly owned: Set<string>
  /** What each authenticator has made of the request. */
  readonly shares: Map<object, Share>
  /** Header values that Node's `headersDistinct` has to show once somebody asks for it. */
  unshown?: ReadonlyMap<string, readonly string[]>
}

/** What one authenticator has made of a request. */
export interface Share {
  /** The header values that it has written. A clean-up is meant for the client's copies, and leaves these. */
  readonly written: Map<string, readonly string[]>
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
  const gate: Gate = { original, owned: new Set(), shares: new Map() }
  attachGate(holder, gate)
  return gate
}

/** Not enumerable: a logger that prints the holder prints none of this. */
export function attachGate(holder: object, gate: Gate): void {
  Object.defineProperty(holder, key, { value: gate })
}

export function shareOf({ shares }: Gate, owner: object): Share {
  const known = shares.get(owner)
  if (known !== undefined) return known
  const share: Share = { written: new Map() }
  shares.set(owner, share)
  return share
}
