import type { IncomingMessage, ServerResponse } from "node:http"
import type { AuthRequest } from "@jwt-auth/core"
import { toAuthRequest as fromFetch } from "@jwt-auth/core/fetch"
import { toAuthRequest as fromNode, isMadeOf } from "@jwt-auth/core/node"
import type { Context } from "hono"

/** What stands under Hono's request and response where Hono runs on Node. An upgrade has no response. */
export interface NodePair {
  readonly incoming: IncomingMessage & { readonly originalUrl?: string }
  readonly outgoing: ServerResponse | undefined
}

export function nodePairOf(env: unknown): NodePair | undefined {
  const { incoming, outgoing } = (env ?? {}) as Partial<NodePair>
  return Array.isArray(incoming?.rawHeaders) ? { incoming, outgoing } : undefined
}

/**
 * The request as it was sent. A `Request` shows its target after a URL parser has tidied it; Node's own does not. The method
 * is the one that Hono routes by: another middleware may have overridden it.
 */
export function readRequest(c: Context): AuthRequest {
  const { method, raw } = c.req
  const request = fromFetch(raw, c.req, sentTo(c), nodePairOf(c.env)?.incoming)
  return request.method === method ? request : { ...request, method }
}

/** What Node knows better. Nothing of a request that the app has made, and handed on with the `env` of the one it was asked with. */
function sentTo({ req, env }: Context): Partial<AuthRequest> | undefined {
  const node = nodePairOf(env)
  if (node === undefined || !isMadeOf(req.raw, node.incoming)) return undefined
  const { incoming, outgoing } = node
  const { originalUrl = incoming.url ?? "" } = incoming
  const view = { host: /:\/\/([^/?#]*)/.exec(req.url)?.[1] ?? "", path: originalUrl }
  const { host, path, headers } = fromNode(incoming, view)
  // For an upgrade, the server makes a copy that has lost the repeated ones.
  const isHandshake = outgoing === undefined && sameKey(req.raw.headers, incoming.headers)
  return isHandshake ? { host, path, headers } : { host, path }
}

function sameKey(copy: Headers, sent: IncomingMessage["headers"]): boolean {
  return copy.get("sec-websocket-key") === sent["sec-websocket-key"]
}
