import type { IncomingMessage } from "node:http"
import type { RequestEdits } from "../decision.js"
import { type Gate, gateOf } from "../forward/gate.js"
import { settle } from "../forward/settle.js"
import { toAuthRequest } from "./to-auth-request.js"
import { writeHeaders } from "./write-headers.js"

/**
 * Applies a decision's edits to every view of the request: `headers`, `headersDistinct`, `rawHeaders`, `url` and, where a
 * framework keeps it there, `originalUrl`, which loggers and some proxies go by. May be called once for each middleware
 * in a row: the edits of an allow replace an earlier identity, while the clean-up of a pass leaves it alone.
 *
 * @param owner who decided, when several authenticators share a request
 * @returns what strips other copies of the URL in the same way
 */
export function applyEdits(
  req: IncomingMessage,
  edits: RequestEdits,
  owner: object = req,
): (url: string) => string {
  return edit(req, gateFor(req), edits, owner)
}

export function gateFor(req: IncomingMessage): Gate {
  const known = gateOf(req)
  if (known !== undefined) return known
  const { headers, url = "", originalUrl = url } = req as IncomingMessage & { originalUrl?: string }
  // Edited before anybody has decided on it, as for a sub-request: whoever decides then has to decide on what was sent.
  toAuthRequest(req, { host: headers[":authority"]?.toString() ?? headers.host ?? "", path: originalUrl })
  return gateOf(req) as Gate
}

/** `applyEdits`, for those who have the gate at hand. */
export function edit(
  req: IncomingMessage,
  gate: Gate,
  edits: RequestEdits,
  owner: object,
): (url: string) => string {
  const { headers } = req
  const settled = settle(gate, owner, (name) => headers[name]?.toString(), edits)
  writeHeaders(req, headers, gate, settled.headers)
  if (edits.path !== undefined) writeUrls(req, settled.strip)
  return settled.strip
}

function writeUrls(req: IncomingMessage & { originalUrl?: unknown }, strip: (url: string) => string): void {
  const { url = "", originalUrl, rawHeaders } = req
  req.url = strip(url)
  if (typeof originalUrl === "string") req.originalUrl = strip(originalUrl)
  // HTTP/2: Node keeps `url` in step with `headers`, and not with these.
  const path = rawHeaders.indexOf(":path") + 1
  if (path > 0) rawHeaders[path] = strip(url)
}
