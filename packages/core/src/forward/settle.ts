import { percentDecodeBytes } from "../byte-string.js"
import type { HeaderEdit, RequestEdits } from "../decision.js"
import { headerValue, queryOf } from "../extract/places.js"
import { type Gate, type HeaderValues, shareOf } from "./gate.js"

/** What the request shows at this moment. An earlier middleware may have changed it, and that must not come back. */
type Shown = (header: string) => string | undefined

/** What the request has to show once a decision is applied. */
export interface Settled {
  readonly headers: HeaderValues
  /** A URL or a request target without the parameters that go. */
  readonly strip: (url: string) => string
}

/**
 * Joins the edits of one decision to those of the decisions before it: the edits of an allow replace an earlier identity,
 * while the clean-up of a pass leaves it alone.
 *
 * @param owner who decided, when several authenticators share a request
 */
export function settle(gate: Gate, owner: object, shown: Shown, edits: RequestEdits): Settled {
  const headers = namesWritten(gate, owner, edits.headers).map((name): HeaderValues[number] => [
    name,
    valuesOf(gate, shown, name),
  ])
  for (const edit of edits.headers) {
    const { name, value = "" } = edit
    const separator = lists.get(name)
    if (separator === undefined || edits.headers.findLast((one) => one.name === name) !== edit) continue
    const gone = removed(headerValue(gate.original, name, separator) ?? "", value, separator)
    const left = without(shown(name) ?? "", separator, gone).trimStart()
    headers.push([name, left === "" ? [] : [left]])
  }
  if (edits.path === undefined) return { headers, strip: unchanged }
  const params = removed(queryOf(gate.original.path), queryOf(edits.path), "&")
  return { headers, strip: (url) => withoutParams(url, params) }
}

function unchanged(url: string): string {
  return url
}

/** Headers of which an edit takes pieces out, which nobody writes. */
const lists: ReadonlyMap<string, Separator> = new Map([
  ["cookie", ";"],
  ["connection", ","],
])

/**
 * Takes note of what one decision writes and removes.
 *
 * @returns the headers that this may change
 */
function namesWritten(gate: Gate, owner: object, edits: readonly HeaderEdit[]): readonly string[] {
  const share = shareOf(gate, owner)
  const before = share.written
  const isCleanUp = !edits.some(writes)
  // Another identity: nothing that this authenticator wrote for the one before may stay.
  if (!isCleanUp) share.written = []
  const names: string[] = []
  for (const edit of edits) {
    const { op, name } = edit
    if (lists.has(name)) continue
    if (op !== "append") takeOver(gate, name, isCleanUp)
    if (op !== "remove") share.written.push(edit)
    if (!names.includes(name)) names.push(name)
  }
  if (!isCleanUp) for (const { name } of before) if (!names.includes(name)) names.push(name)
  return names
}

function writes({ op, name }: HeaderEdit): boolean {
  return op !== "remove" && !lists.has(name)
}

/** The client's copy is gone; so is what any authenticator wrote, unless this is a clean-up. */
function takeOver({ owned, shares }: Gate, header: string, isCleanUp: boolean): void {
  if (!owned.includes(header)) owned.push(header)
  if (isCleanUp) return
  for (const share of shares)
    if (share.written.length > 0) share.written = share.written.filter(({ name }) => name !== header)
}

/** Two authenticators that append the same claim have appended it once. */
function valuesOf(gate: Gate, shown: Shown, header: string): readonly string[] {
  const found: string[] = []
  for (const { written } of gate.shares)
    for (const { name, value = "" } of written)
      if (name === header && !found.includes(value)) found.push(value)
  const sent = clientValues(gate, shown, header)
  return sent.length === 0 ? found : [...sent, ...found]
}

/** The client's own values, unless a decision or the app has taken them out. */
function clientValues({ original, owned }: Gate, shown: Shown, name: string): readonly string[] {
  if (owned.includes(name) || shown(name) === undefined) return []
  const value = (original.headers as Readonly<Record<string, string | readonly string[]>>)[name] ?? []
  return typeof value === "string" ? [value] : value
}

/** The pieces that an edit took out of what the client sent, to be taken out of what stands there now. */
function removed(sent: string, edited: string, separator: Separator): ReadonlySet<string> {
  const kept = new Set(spellings(edited, separator))
  return new Set(spellings(sent, separator).filter((piece) => !kept.has(piece)))
}

function without(text: string, separator: Separator, gone: ReadonlySet<string>): string {
  const pieces = text.split(separator)
  return pieces.filter((piece) => !gone.has(spelling(piece, separator))).join(separator)
}

/** Of parameters, of cookies, of connection options. */
type Separator = "&" | ";" | ","

function spellings(text: string, separator: Separator): readonly string[] {
  return text.split(separator).map((piece) => spelling(piece, separator))
}

/** The same in every view: a URL parser escapes characters of a query that the request target had plain. */
function spelling(piece: string, separator: Separator): string {
  return separator === "&" ? percentDecodeBytes(piece) : piece.trim()
}

/** Only the query is touched: the path may be that of a mounted router. */
function withoutParams(url: string, gone: ReadonlySet<string>): string {
  const query = queryOf(url)
  if (query === "" || gone.size === 0) return url
  const start = url.indexOf("?")
  const kept = without(query, "&", gone)
  return url.slice(0, start) + (kept === "" ? "" : `?${kept}`) + url.slice(start + 1 + query.length)
}
