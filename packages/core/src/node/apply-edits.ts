import type { IncomingMessage } from "node:http"
import type { RequestEdits } from "../decision.js"
import { gateOf, openGate } from "../forward/gate.js"
import { settle } from "../forward/settle.js"

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
  const { url = "", headers } = req
  const gate = gateOf(req) ?? openGate(req, { method: "", host: "", path: url, headers: { ...headers } })
  const settled = settle(gate, owner, (name) => headers[name]?.toString(), edits)
  writeHeaders(req, settled.headers)
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

function writeHeaders(req: IncomingMessage, values: ReadonlyMap<string, readonly string[]>): void {
  // Both getters read rawHeaders on first use, by a count they keep: they must have run before it changes.
  const { headers, headersDistinct, rawHeaders } = req
  for (const [name, list] of values) {
    delete headers[name]
    if (headersDistinct !== undefined) delete headersDistinct[name]
    if (list.length === 0) continue
    headers[name] = list.join(", ")
    if (headersDistinct !== undefined) headersDistinct[name] = [...list]
  }
  const kept: string[] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    if (!values.has(name.toLowerCase())) kept.push(name, rawHeaders[i + 1] as string)
  }
  for (const [name, list] of values) for (const value of list) kept.push(name, value)
  // In place: proxies and loggers hold on to this very array.
  rawHeaders.length = 0
  for (const part of kept) rawHeaders.push(part)
}
