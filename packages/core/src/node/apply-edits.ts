import type { IncomingMessage } from "node:http"
import type { RequestEdits } from "../decision.js"
import { gateOf, openGate } from "../forward/gate.js"
import { settle } from "../forward/settle.js"

/**
 * Applies a decision's edits to every view of the request: `headers`, `headersDistinct`, `rawHeaders` and `url`. May be
 * called once for each middleware in a row: the edits of an allow replace an earlier identity, while the clean-up of a
 * pass leaves it alone.
 *
 * @param owner who decided, when several authenticators share a request
 */
export function applyEdits(req: IncomingMessage, edits: RequestEdits, owner: object = req): void {
  const { url = "", headers } = req
  const gate = gateOf(req) ?? openGate(req, { method: "", host: "", path: url, headers: { ...headers } })
  const shown = { url, header: (name: string) => headers[name]?.toString() }
  const settled = settle(gate, owner, shown, edits)
  writeHeaders(req, settled.headers)
  if (settled.url !== undefined) req.url = settled.url
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
