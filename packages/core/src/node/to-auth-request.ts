import type { IncomingMessage } from "node:http"
import type { AuthRequest } from "../decision.js"
import { gateOf, openGate } from "../forward/gate.js"

/** What only the framework knows of a request. */
export interface RequestView {
  /** The host under the framework's own notion of trust. */
  readonly host: string
  /** The target as the client sent it, also where the framework shows a mounted router a shorter one. */
  readonly path: string
}

type SentHeaders = Record<string, string | string[] | undefined>

/**
 * The request as the client sent it. The first call remembers it, and later calls return the same, so that several
 * middlewares in a row decide on one and the same request whatever the first of them changed.
 */
export function toAuthRequest(req: IncomingMessage, view: RequestView): AuthRequest {
  const known = gateOf(req)
  if (known !== undefined) return known.original
  const { method = "", headers: shown, rawHeaders } = req
  const headers = headersOf(shown, rawHeaders)
  return openGate(req, { method, host: hostOf(headers, view.host), path: view.path, headers }).original
}

/**
 * RFC 9112 §3.2 and RFC 9113 §8.3.1: two hosts are no host. Frameworks take one of them, and a part of what is no host at
 * all (`good:80@evil`, `good, evil`): the next server may take the other one, or another part.
 */
function hostOf(headers: SentHeaders, host: string): string {
  const { host: lines = [], ":authority": authority } = headers
  const hosts = typeof lines === "string" ? [lines] : [...lines]
  if (typeof authority === "string" && !hosts.includes(authority)) hosts.push(authority)
  if (hosts.length > 1) return hosts.join(", ")
  const sent = hosts[0] ?? ""
  const odd = !/^[\w.:[\]-]*$/.test(sent)
  return odd || sent.startsWith(`${host}:`) ? sent : host
}

/**
 * A copy of `req.headers`, in which a header that came more than once has all its values: Node keeps only the first
 * `Authorization` and hides the second.
 */
function headersOf(shown: SentHeaders, rawHeaders: readonly string[]): SentHeaders {
  const headers: SentHeaders = { ...shown }
  if (isLineByLine(Object.keys(shown), rawHeaders)) return headers
  for (const [name, values] of repeated(rawHeaders)) {
    // Several Cookie lines are one cookie string (RFC 9113 §8.2.3), and Node has joined them.
    if (name !== "cookie" && Object.hasOwn(headers, name)) headers[name] = values
  }
  return headers
}

/**
 * True for the ordinary request, without a repeated header. To compare how many there are would not do: where the app has put
 * in a header, a client could hide one behind it.
 */
function isLineByLine(names: readonly string[], rawHeaders: readonly string[]): boolean {
  if (2 * names.length !== rawHeaders.length) return false
  return names.every((name, i) => rawHeaders[2 * i]?.toLowerCase() === name)
}

function repeated(rawHeaders: readonly string[]): ReadonlyMap<string, string[]> {
  const seen = new Map<string, string>()
  const found = new Map<string, string[]>()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase()
    const value = rawHeaders[i + 1] as string
    const first = seen.get(name)
    if (first === undefined) seen.set(name, value)
    else if (found.has(name)) found.get(name)?.push(value)
    else found.set(name, [first, value])
  }
  return found
}
