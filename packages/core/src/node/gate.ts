import type { IncomingMessage } from "node:http"
import type { AuthRequest } from "../decision.js"

/** What is remembered of a request between two middlewares. */
export interface Gate {
  /** The request as the client sent it, before any edit. */
  readonly original: AuthRequest
  /** Headers that a decision has written: an identity that no later clean-up may remove. */
  readonly written: Set<string>
  /** Headers that a decision has removed or replaced: a client's own copy must not come back. */
  readonly owned: Set<string>
}

/** Registered, so that the ESM and the CommonJS copy of this package in one process share it. */
const key = Symbol.for("@jwt-auth/gate")

export function gateOf(req: IncomingMessage): Gate | undefined {
  return (req as { [key]?: Gate })[key]
}

/** Not enumerable: a logger that prints the request prints none of this. */
export function openGate(req: IncomingMessage, original: AuthRequest): Gate {
  const gate: Gate = { original, written: new Set(), owned: new Set() }
  Object.defineProperty(req, key, { value: gate })
  return gate
}
