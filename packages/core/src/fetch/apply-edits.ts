import type { RequestEdits } from "../decision.js"
import { attachGate } from "../forward/gate.js"
import { settle } from "../forward/settle.js"
import { gateFor } from "./to-auth-request.js"

type Values = ReadonlyMap<string, readonly string[]>

/**
 * Applies a decision's edits and returns the request to go on with: the same object where it can be changed, otherwise
 * another one with the same body. May be called once for each middleware in a row: the edits of an allow replace an
 * earlier identity, while the clean-up of a pass leaves it alone.
 *
 * @param owner who decided, when several authenticators share a request
 * @param holder the one that `toAuthRequest` was given
 */
export function applyEdits(
  request: Request,
  edits: RequestEdits,
  owner: object = request,
  holder: object = request,
): Request {
  const gate = gateFor(request, holder)
  const shown = { url: request.url, header: (name: string) => request.headers.get(name) ?? undefined }
  const { headers, url } = settle(gate, owner, shown, edits)
  const changed = writeHeaders(request.headers, headers)
  if (changed && url === undefined) return request
  if (mustStay(request, changed)) return cover(request, headers, url)
  const next = url === undefined ? new Request(request) : new Request(url, request)
  writeHeaders(next.headers, headers)
  if (holder === request) attachGate(next, gate)
  return next
}

/** False, and nothing changed, where the server has made the headers immutable (Workers, Deno). */
function writeHeaders(headers: Headers, values: Values): boolean {
  try {
    for (const name of values.keys()) headers.delete(name)
  } catch {
    return false
  }
  for (const [name, list] of values) for (const value of list) headers.append(name, value)
  return true
}

/**
 * A body that has been read cannot go into another request; what `json()` and its like have kept of it still works. And
 * Bun, where headers can be changed, upgrades no other object than the one it made.
 */
function mustStay(request: Request, changed: boolean): boolean {
  return request.bodyUsed || (changed && request.headers.has("upgrade"))
}

/** Own properties, which `clone()` and `fetch()` do not see: neither works on a body that has been read. */
function cover(request: Request, values: Values, url: string | undefined): Request {
  const headers = new Headers(request.headers)
  writeHeaders(headers, values)
  Object.defineProperty(request, "headers", { value: headers, configurable: true })
  if (url !== undefined) Object.defineProperty(request, "url", { value: url, configurable: true })
  return request
}
