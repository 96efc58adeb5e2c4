import type { IncomingMessage } from "node:http"
import type { AuthRequest } from "../decision.js"
import { attachGate, gateOf } from "../forward/gate.js"
import { gateFor } from "./apply-edits.js"
import { type RequestView, toAuthRequest } from "./to-auth-request.js"

// A framework may show an object of its own in the place of Node's request, and a handler may make more of them.

/**
 * `toAuthRequest`, remembered as one and the same for Node's request and the object that is shown in its place.
 *
 * @returns undefined where Node's request is known already: the object may be another request
 */
export function toOneRequest(
  req: IncomingMessage,
  shown: object,
  view: RequestView,
): AuthRequest | undefined {
  if (gateOf(req) !== undefined) return undefined
  const request = toAuthRequest(req, view)
  isShownAs(req, shown)
  attachGate(shown, gateFor(req))
  return request
}

/** True for what `toOneRequest` has made one: an edit of either is an edit of both. */
export function isOne(req: IncomingMessage, shown: object): boolean {
  const gate = gateOf(shown)
  return gate !== undefined && gate === gateOf(req)
}

/** True for the first object that is decided in the place of this request. */
export function isShownAs(req: IncomingMessage, shown: object): boolean {
  const gate = gateFor(req)
  gate.shown ??= shown
  return gate.shown === shown
}
