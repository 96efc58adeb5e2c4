import type { IncomingMessage } from "node:http"

/**
 * True when a server has made this `Request` of Node's: it keeps Node's under a symbol, as `@hono/node-server` does, or its URL
 * is that of the target and the host. False for one that the app has made itself, and handed on beside Node's.
 */
export function isMadeOf(request: Request, req: IncomingMessage): boolean {
  const own = request as unknown as Record<symbol, unknown>
  if (Object.getOwnPropertySymbols(request).some((key) => own[key] === req)) return true
  const { url: target = "", headers } = req
  const scheme = request.url.slice(0, request.url.indexOf(":"))
  const url = target.startsWith("/")
    ? `${scheme}://${headers[":authority"] ?? headers.host}${target}`
    : target
  const expected = parsed(url)
  return expected !== "" && expected === parsed(request.url)
}

/** Put together and then parsed, not resolved: `//host/path` is a path here. No URL has an empty text. */
function parsed(url: string): string {
  try {
    return new Request(url).url
  } catch {
    return ""
  }
}
