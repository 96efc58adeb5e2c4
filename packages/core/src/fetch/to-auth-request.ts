import type { AuthRequest } from "../decision.js"
import { type Gate, gateOf, openGate } from "../forward/gate.js"

/**
 * The request as the client sent it. The first call remembers it, and later calls return the same, so that several
 * middlewares in a row decide on one and the same request whatever the first of them changed.
 *
 * @param holder what stays the same while the request is handled; default: the request itself
 * @param sent where a server knows more of what was sent than the request shows
 */
export function toAuthRequest(
  request: Request,
  holder: object = request,
  sent?: Partial<AuthRequest>,
): AuthRequest {
  return gateFor(request, holder, sent).original
}

export function gateFor(request: Request, holder: object, sent?: Partial<AuthRequest>): Gate {
  return gateOf(holder) ?? openGate(holder, asSent(request, sent))
}

/** What a server knows better is not asked of the request, which may have to make all of its headers to answer. */
function asSent(request: Request, sent: Partial<AuthRequest> = {}): AuthRequest {
  const { method = request.method, headers = Object.fromEntries(request.headers), host, path } = sent
  if (host !== undefined && path !== undefined) return { method, host, path, headers }
  return { ...targetOf(request.url, request.headers), ...sent, method, headers }
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
