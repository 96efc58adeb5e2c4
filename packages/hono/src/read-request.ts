import type { IncomingMessage, ServerResponse } from "node:http"
import type { AuthRequest } from "@jwt-auth/core"
import { toAuthRequest as fromFetch } from "@jwt-auth/core/fetch"
import { toAuthRequest as fromNode } from "@jwt-auth/core/node"
import type { Context } from "hono"

/** What stands under Hono's request and response where Hono runs on Node. An upgrade has no response. */
export interface NodePair {
  readonly incoming: IncomingMessage & { readonly originalUrl?: string }
  readonly outgoing: ServerResponse | undefined
}

export function nodePairOf(c: Context): NodePair | undefined {
  const { incoming, outgoing } = (c.env ?? {}) as Partial<NodePair>
  return Array.isArray(incoming?.rawHeaders) ? { incoming, outgoing } : undefined
}

/**
 * The request as it was sent. A `Request` shows its target after a URL parser has tidied it; Node's own does not. The method
 * is the one that Hono routes by: another middleware may have overridden it.
 */
export function readRequest(c: Context): AuthRequest {
  const node = nodePairOf(c)
  const request = node === undefined ? fromFetch(c.req.raw, c.req) : fromNode(node.incoming, viewOf(c, node))
  return { ...request, method: c.req.method }
}

function viewOf(c: Context, { incoming, outgoing }: NodePair) {
  const { originalUrl = incoming.url } = incoming
  const host = /:\/\/([^/?#]*)/.exec(c.req.url)?.[1] ?? ""
  const view = { host, path: originalUrl ?? "" }
  // An upgrade comes with a copy that has lost the repeated ones.
  if (outgoing === undefined) return view
  return Object.defineProperty(view, "headers", { get: () => Object.fromEntries(c.req.raw.headers) })
}
