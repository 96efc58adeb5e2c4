import type { AuthRequest } from "../decision.js"

/** What is remembered of a request between two middlewares. */
export interface Gate {
  /** The request as the client sent it, before any edit. Its headers are a record. */
  readonly original: AuthRequest
  /** Headers of which the client's own copy is gone for good. */
  readonly owned: Set<string>
  /** The header values that each authenticator has written. A clean-up is meant for the client's copies, and leaves these. */
  readonly written: Map<object, Map<string, readonly string[]>>
}

/** Registered, so that the ESM and the CommonJS copy of this package in one process share it. */
const key = Symbol.for("@jwt-auth/gate")

export function gateOf(holder: object): Gate | undefined {
  return (holder as { [key]?: Gate })[key]
}

/** @param holder an object that lives as long as the request and stays the same */
export function openGate(holder: object, original: AuthRequest): Gate {
  const gate: Gate = { original, owned: new Set(), written: new Map() }
  attachGate(holder, gate)
  return gate
}

/** Not enumerable: a logger that prints the holder prints none of this. */
export function attachGate(holder: object, gate: Gate): void {
  Object.defineProperty(holder, key, { value: gate })
}
