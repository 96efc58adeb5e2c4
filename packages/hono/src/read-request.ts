import type { IncomingMessage } from "node:http"
import type { AuthRequest } from "@jwt-auth/core"
import { toAuthRequest as fromFetch } from "@jwt-auth/core/fetch"
import { toAuthRequest as fromNode } from "@jwt-auth/core/node"
import type { Context } from "hono"

/** The request as it was sent. A `Request` shows it after a URL parser has tidied it; Node's own does not. */
export function readRequest(c: Context): AuthRequest {
  const incoming = incomingOf(c)
  if (incoming === undefined) return fromFetch(c.req.raw, c.req)
  const host = /:\/\/([^/?#]*)/.exec(c.req.url)?.[1] ?? ""
  return fromNode(incoming, { host, path: incoming.url ?? "" })
}

/** The request under Hono's, where Hono runs on Node. */
export function incomingOf(c: Context): IncomingMessage | undefined {
  const { incoming } = (c.env ?? {}) as { readonly incoming?: IncomingMessage }
  return Array.isArray(incoming?.rawHeaders) ? incoming : undefined
}
