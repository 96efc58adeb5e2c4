import type { ConformanceRequest } from "@jwt-auth/core/testing"
import type { Shown } from "./protocol.js"

// What a server may do to a request before the app is asked about it. Anything else is a failure of the row.

const pathCharacters = String.raw`(?:[\w.~!$&'()*+,;=:@/-]|%[\da-f]{2})*`
const wellFormedTarget = new RegExp(
  String.raw`^(?:https?://[\w.:-]+)?/${pathCharacters}(?:\?(?:${pathCharacters}|\?)*)?$`,
  "i",
)
const wellFormedHost = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i

/** Why a server may refuse a request itself: RFC 9112 and RFC 3986 have no such thing. Undefined when they have. */
export function malformed({
  method = "GET",
  host = "host",
  path = "/",
}: ConformanceRequest): string | undefined {
  if (/[a-z]/.test(method)) return "there is no such method (RFC 9110 §9.1)"
  // `OPTIONS *` is well-formed; what it is about is the server, and some answer it themselves (RFC 9110 §9.3.7).
  if (path === "*") return "the target is the server, not the app"
  if (!wellFormedTarget.test(path)) return "the target is malformed (RFC 9112 §3.2)"
  if (!wellFormedHost.test(host)) return "the host is malformed (RFC 9110 §7.2)"
  return undefined
}

/** Why a server asked the app about another request than the one sent, and which; undefined when nothing explains it. */
export function rewritten(
  request: ConformanceRequest,
  { method, host, path, url, cookie }: Shown,
): { readonly reason: string; readonly request: ConformanceRequest } | undefined {
  if (url === undefined) return undefined
  const asked = { ...request, method, host, path }
  const { headers = [] } = request
  const cookies = headers.filter(([name]) => name.toLowerCase() === "cookie")
  if (cookies.length > 1 && cookie === cookies.map(([, value]) => value).join(", ")) {
    const others = headers.filter((line) => !cookies.includes(line))
    const reason = "the server joins Cookie lines by a comma, which leaves no cookie to be found"
    return { reason, request: { ...asked, headers: [...others, ["Cookie", cookie]] } }
  }
  const reason = reasonFor(url, request)
  return reason === undefined ? undefined : { reason, request: asked }
}

function reasonFor(url: string, { host = "api.example.com", path = "/" }: ConformanceRequest) {
  // Bytes beyond ASCII are read as UTF-8, which is what a URL is made of.
  const target = Buffer.from(path, "latin1").toString()
  const sent = target.startsWith("/") ? `http://${host}${target}` : target
  const atHost = sent.replace(/^https?:\/\/[^/]*/, `http://${host}`)
  const isAbsolute = sent === target
  if (isAbsolute && (url === sent || url === parsed(sent))) {
    return "the host of an absolute target comes before the Host header (RFC 9112 §3.2.2)"
  }
  // Some parse it when it is asked for, some when another one is made of it.
  if (url === sent || url === parsed(sent)) return "a Request has a URL, which is parsed (WHATWG URL §4.4)"
  if (url === atHost || url === parsed(atHost))
    return "the server shows an absolute target under the Host header"
  if (url === sent.replace(/#.*/, "")) return "the server cuts a fragment off, which no target has"
  return undefined
}

function parsed(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).href : undefined
}

/** A target as the path of a parsed URL. */
export function pathOf(target: string): string | undefined {
  const url = parsed(target.startsWith("/") ? `http://host${target}` : target)
  return url?.replace(/^https?:\/\/[^/]*/, "")
}
