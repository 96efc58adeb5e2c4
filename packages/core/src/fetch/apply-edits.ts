import type { RequestEdits } from "../decision.js"
import { attachGate, type Gate, gateOf, type HeaderValues } from "../forward/gate.js"
import { settle } from "../forward/settle.js"
import { type Beneath, isUnread, partsOf } from "./facade.js"
import { gateFor } from "./to-auth-request.js"

/** Whose edits these are, and what may become of the request object. */
export interface EditOptions {
  /** Who decided, when several authenticators share a request. Default: the request itself. */
  readonly owner?: object
  /** The one that `toAuthRequest` was given. Default: the request itself. */
  readonly holder?: object
  /**
   * The object itself has to go on: for a handshake on a runtime that upgrades only the very request it has made (Bun,
   * Deno). What cannot be changed in it is covered by properties of its own, which `fetch()` does not see. Default: false.
   */
  readonly keep?: boolean
  /**
   * Node's request, which the caller edits too, where a server shows it as this one. It is enough to edit that while nobody has
   * asked this one for its headers.
   */
  readonly beneath?: Beneath | undefined
}

/**
 * Applies a decision's edits and returns the request to go on with: the same object where it can be changed, otherwise
 * another one with the same body. May be called once for each middleware in a row: the edits of an allow replace an
 * earlier identity, while the clean-up of a pass leaves it alone.
 */
export function applyEdits(request: Request, edits: RequestEdits, options: EditOptions = {}): Request {
  const { owner = request, holder = request, keep = false, beneath } = options
  const gate = gateFor(request, holder)
  const { headers, strip } = settle(gate, owner, (name) => request.headers.get(name) ?? undefined, edits)
  const url = strip(request.url)
  if (url === request.url) {
    if (beneath !== undefined && isUnread(request, beneath) && isKnown(gate, gateOf(beneath))) return request
    if (shows(request.headers, headers)) return request
  }
  const { behind, moveTo } = partsOf(request)
  if (behind !== undefined) writeHeaders(behind.headers, headers)
  const changed = writeHeaders(request.headers, headers)
  if (changed && url === request.url) return request
  // A body that somebody reads cannot go into another request; what `json()` and its like have kept of it still works.
  // A facade is not asked for a body that it has not made yet: that would take it from Node's request.
  const source = moveTo === undefined ? request : behind
  if (keep || request.bodyUsed || source?.body?.locked) return cover(request, headers, url)
  if (changed && moveTo !== undefined) {
    moveTo(url)
    return request
  }
  const next = url === request.url ? new Request(request) : new Request(url, request)
  writeHeaders(next.headers, headers)
  if (holder === request) attachGate(next, gate)
  return next
}

/** True when nobody else has a share in Node's request: what is written there comes out the same as here. */
function isKnown({ shares }: Gate, beneath: Gate | undefined): boolean {
  return (
    beneath === undefined ||
    beneath.shares.every(({ owner }) => shares.some((share) => share.owner === owner))
  )
}

/** True when there is nothing to write. */
function shows(headers: Headers, values: HeaderValues): boolean {
  return values.every(([name, list]) => list.length === 0 && !headers.has(name))
}

/** False, and nothing changed, where a server has made the headers immutable (Workers, Deno). */
function writeHeaders(headers: Headers, values: HeaderValues): boolean {
  try {
    for (const [name] of values) headers.delete(name)
  } catch {
    return false
  }
  for (const [name, list] of values) for (const value of list) headers.append(name, value)
  return true
}

/** Own properties, which `fetch()` and `new Request()` do not see: neither works on a body that has been read. */
function cover(request: Request, values: HeaderValues, url: string): Request {
  const headers = new Headers(request.headers)
  writeHeaders(headers, values)
  const clone = () => new Request(url, { method: request.method, headers })
  return Object.defineProperties(request, {
    headers: { value: headers, configurable: true },
    url: { value: url, configurable: true },
    ...(request.bodyUsed ? {} : { clone: { value: clone, configurable: true } }),
  })
}
