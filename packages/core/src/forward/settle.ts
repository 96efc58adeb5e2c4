import { percentDecodeBytes } from "../byte-string.js"
import type { HeaderEdit, RequestEdits } from "../decision.js"
import { headerValue, queryOf } from "../extract/places.js"
import { type Gate, shareOf } from "./gate.js"

/** What the request shows at this moment. An earlier middleware may have changed it, and that must not come back. */
type Shown = (header: string) => string | undefined

/** What the request has to show once a decision is applied. */
export interface Settled {
  /** All values of each header that changes; none for one that goes. */
  readonly headers: ReadonlyMap<string, readonly string[]>
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
  const others = edits.headers.filter(({ name }) => !lists.has(name))
  const headers = settleHeaders(gate, owner, shown, others)
  for (const { name, value = "" } of edits.headers) {
    const separator = lists.get(name)
    if (separator === undefined) continue
    const gone = removed(headerValue(gate.original, name, separator) ?? "", value, separator)
    const left = without(shown(name) ?? "", separator, gone).trimStart()
    headers.set(name, left === "" ? [] : [left])
  }
  if (edits.path === undefined) return { headers, strip: (url) => url }
  const params = removed(queryOf(gate.original.path), queryOf(edits.path), "&")
  return { headers, strip: (url) => withoutParams(url, params) }
}

/** Headers of which an edit takes pieces out, which nobody writes. */
const lists: ReadonlyMap<string, Separator> = new Map([
  ["cookie", ";"],
  ["connection", ","],
])

function settleHeaders(
  gate: Gate,
  owner: object,
  shown: Shown,
  edits: readonly HeaderEdit[],
): Map<string, readonly string[]> {
  const isCleanUp = edits.every(({ op }) => op === "remove")
  const own = shareOf(gate, owner).written
  const names = edits.map(({ name }) => name)
  if (!isCleanUp) {
    // Another identity: nothing that this authenticator wrote for the one before may stay.
    names.push(...own.keys())
    own.clear()
  }
  for (const { op, name, value = "" } of edits) {
    if (op !== "append") {
      gate.owned.add(name)
      if (!isCleanUp) for (const { written } of gate.shares.values()) written.delete(name)
    }
    if (op !== "remove") own.set(name, [...(own.get(name) ?? []), value])
  }
  const settled = new Map<string, readonly string[]>()
  for (const name of names) {
    if (settled.has(name)) continue
    settled.set(name, [...clientValues(gate, shown, name), ...writtenValues(gate, name)])
  }
  return settled
}

/** Two authenticators that append the same claim have appended it once. */
function writtenValues({ shares }: Gate, name: string): readonly string[] {
  const found: string[] = []
  for (const { written } of shares.values())
    for (const value of written.get(name) ?? []) if (!found.includes(value)) found.push(value)
  return found
}

/** The client's own values, unless a decision or the app has taken them out. */
function clientValues({ original, owned }: Gate, shown: Shown, name: string): readonly string[] {
  if (owned.has(name) || shown(name) === undefined) return []
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
