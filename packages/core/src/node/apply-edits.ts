import type { IncomingMessage } from "node:http"
import type { RequestEdits } from "../decision.js"
import { queryOf } from "../extract/places.js"
import { gateOf, openGate, settleHeaders } from "./gate.js"

/**
 * Applies a decision's edits to every view of the request: `headers`, `headersDistinct`, `rawHeaders` and `url`. May be
 * called once for each middleware in a row: the edits of an allow replace an earlier identity, while the clean-up of a
 * pass leaves it alone.
 *
 * @param owner who decided, when several gates with configs of their own share a request
 */
export function applyEdits(req: IncomingMessage, edits: RequestEdits, owner: object = req): void {
  const gate =
    gateOf(req) ?? openGate(req, { method: "", host: "", path: req.url ?? "", headers: { ...req.headers } })
  const sent = {
    cookie: (gate.original.headers as IncomingMessage["headers"]).cookie ?? "",
    path: gate.original.path,
  }
  const cookieEdit = edits.headers.find(({ name }) => name === "cookie")
  const params =
    edits.path === undefined ? new Set<string>() : removed(queryOf(sent.path), queryOf(edits.path), "&")
  const headers = new Map(
    settleHeaders(
      req,
      gate,
      owner,
      edits.headers.filter((edit) => edit !== cookieEdit),
    ),
  )
  if (cookieEdit !== undefined) {
    headers.set("cookie", cookiesLeft(req, removed(sent.cookie, cookieEdit.value ?? "", ";")))
  }
  writeHeaders(req, headers)
  if (params.size > 0) stripParams(req, params)
}

/**
 * The pieces that an edit took out of what the client sent. These are taken out of what stands there now, which an
 * earlier middleware may have changed: it must not come back.
 */
function removed(sent: string, edited: string, separator: string): ReadonlySet<string> {
  const kept = new Set(pieces(edited, separator))
  return new Set(pieces(sent, separator).filter((piece) => !kept.has(piece)))
}

function pieces(text: string, separator: string): readonly string[] {
  return text.split(separator).map((piece) => piece.trim())
}

function without(text: string, separator: string, gone: ReadonlySet<string>): string {
  return text
    .split(separator)
    .filter((piece) => !gone.has(piece.trim()))
    .join(separator)
}

function cookiesLeft(req: IncomingMessage, gone: ReadonlySet<string>): readonly string[] {
  const rest = without(req.headers.cookie ?? "", ";", gone).trimStart()
  return rest === "" ? [] : [rest]
}

/** Rewrites `url`, which a mounted router sees without its mount path: only the query is touched. */
function stripParams(req: IncomingMessage, gone: ReadonlySet<string>): void {
  const url = req.url ?? ""
  const query = queryOf(url)
  if (query === "") return
  const start = url.indexOf("?")
  const kept = without(query, "&", gone)
  req.url = url.slice(0, start) + (kept === "" ? "" : `?${kept}`) + url.slice(start + 1 + query.length)
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
