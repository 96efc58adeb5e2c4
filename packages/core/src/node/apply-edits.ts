import type { IncomingMessage } from "node:http"
import type { HeaderEdit, RequestEdits } from "../decision.js"
import { queryOf } from "../extract/places.js"
import { type Gate, gateOf, openGate } from "./gate.js"

/**
 * Applies a decision's edits to every view of the request: `headers`, `headersDistinct`, `rawHeaders` and `url`. May be
 * called once for each middleware in a row: the edits of an allow replace an earlier identity, while the clean-up of a
 * pass leaves it alone.
 */
export function applyEdits(req: IncomingMessage, edits: RequestEdits): void {
  const gate =
    gateOf(req) ?? openGate(req, { method: "", host: "", path: req.url ?? "", headers: { ...req.headers } })
  writeHeaders(req, resolve(req, gate, edits.headers))
  if (edits.path !== undefined) stripParams(req, queryOf(gate.original.path), queryOf(edits.path))
}

/** The values that each edited header has in the end. */
function resolve(
  req: IncomingMessage,
  gate: Gate,
  edits: readonly HeaderEdit[],
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  const isCleanUp = edits.every(({ op }) => op === "remove")
  for (const { op, name, value = "" } of edits) {
    if (name === "cookie") {
      values.set(name, withoutCookies(req, gate, op === "remove" ? "" : value))
    } else if (op === "append") {
      values.set(name, [...(values.get(name) ?? valuesBefore(req, gate, name)), value])
      gate.written.add(name)
    } else if (op === "set") {
      values.set(name, [value])
      gate.written.add(name)
      gate.owned.add(name)
    } else if (!(isCleanUp && gate.written.has(name))) {
      values.set(name, [])
      gate.owned.add(name)
    }
  }
  return values
}

/** What stands before an appended value: the client's own, so that appending twice does not double it. */
function valuesBefore(req: IncomingMessage, gate: Gate, name: string): readonly string[] {
  const value = gate.owned.has(name)
    ? req.headers[name]
    : (gate.original.headers as IncomingMessage["headers"])[name]
  if (value === undefined) return []
  return typeof value === "string" ? [value] : value
}

/** The edit was made against what the client sent; an earlier middleware may have taken other cookies out since. */
function withoutCookies(req: IncomingMessage, { original }: Gate, edited: string): readonly string[] {
  const sent = (original.headers as IncomingMessage["headers"]).cookie ?? ""
  const rest = withoutPieces(req.headers.cookie ?? "", sent, edited, ";").trimStart()
  return rest === "" ? [] : [rest]
}

/** Rewrites `url`, which a mounted router sees without its mount path: only the query is touched. */
function stripParams(req: IncomingMessage, sent: string, edited: string): void {
  const url = req.url ?? ""
  const query = queryOf(url)
  if (query === "") return
  const start = url.indexOf("?")
  const kept = withoutPieces(query, sent, edited, "&")
  req.url = url.slice(0, start) + (kept === "" ? "" : `?${kept}`) + url.slice(start + 1 + query.length)
}

/** The current pieces, less those that the edit took out of what was sent. */
function withoutPieces(current: string, sent: string, edited: string, separator: string): string {
  const kept = new Set(edited.split(separator).map((piece) => piece.trim()))
  const removed = new Set(
    sent
      .split(separator)
      .map((piece) => piece.trim())
      .filter((piece) => !kept.has(piece)),
  )
  return current
    .split(separator)
    .filter((piece) => !removed.has(piece.trim()))
    .join(separator)
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
