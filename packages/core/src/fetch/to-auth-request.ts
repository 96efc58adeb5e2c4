import type { AuthRequest } from "../decision.js"
import { type Gate, gateOf, openGate } from "../forward/gate.js"
import { type Beneath, headersIn, isUnread } from "./facade.js"

/**
 * The request as the client sent it. The first call remembers it, and later calls return the same, so that several
 * middlewares in a row decide on one and the same request whatever the first of them changed.
 *
 * @param holder what stays the same while the request is handled; default: the request itself
 * @param sent where a server knows more of what was sent than the request shows
 * @param beneath Node's request, where a server shows it as this one
 */
export function toAuthRequest(
  request: Request,
  holder: object = request,
  sent?: Partial<AuthRequest>,
  beneath?: Beneath,
): AuthRequest {
  return gateFor(request, holder, sent, beneath).original
}

export function gateFor(
  request: Request,
  holder: object,
  sent?: Partial<AuthRequest>,
  beneath?: Beneath,
): Gate {
  return gateOf(holder) ?? openGate(holder, asSent(request, sent, beneath))
}

/** What a server knows better is not asked of the request, which may have to make all of its headers to answer. */
function asSent(request: Request, sent: Partial<AuthRequest> = {}, beneath?: Beneath): AuthRequest {
  const { method = request.method, headers = headersOf(request, beneath), host, path } = sent
  if (host !== undefined && path !== undefined) return { method, host, path, headers }
  return { ...targetOf(request.url, request.headers), ...sent, method, headers }
}

function headersOf(request: Request, beneath: Beneath | undefined): Record<string, string> {
  const known = beneath !== undefined && isUnread(request, beneath) ? headersIn(beneath) : undefined
  return known ?? Object.fromEntries(request.headers)
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
