import type { AuthRequest } from "../decision.js"
import { type Gate, gateOf, openGate } from "../forward/gate.js"

/**
 * The request as the client sent it. The first call remembers it, and later calls return the same, so that several
 * middlewares in a row decide on one and the same request whatever the first of them changed.
 *
 * @param holder what stays the same while the request is handled; default: the request itself
 */
export function toAuthRequest(request: Request, holder: object = request): AuthRequest {
  return gateFor(request, holder).original
}

export function gateFor({ method, url, headers }: Request, holder: object): Gate {
  const sent = () => ({ method, ...targetOf(url, headers), headers: Object.fromEntries(headers) })
  return gateOf(holder) ?? openGate(holder, sent())
}

/**
 * Taken apart as routers do it, as text: Deno and Workers hand over a URL that nobody has parsed, the Host header and the
 * target as they were sent. So a path begins at the first slash, whatever stands before it. Bun leaves a malformed Host out,
 * and then a router has to guess where the path begins: two slashes say that it is ambiguous.
 */
function targetOf(url: string, headers: Headers): Pick<AuthRequest, "host" | "path"> {
  const [, host, path] = /^[a-z][a-z\d+.-]*:\/\/([^/]*)(.*)$/is.exec(url) ?? []
  if (host === undefined) return { host: headers.get("host") ?? "", path: `//${url}` }
  return { host, path: path || "/" }
}
