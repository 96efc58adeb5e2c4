import type { CurlOption } from "./curl-options.js"
import { type Header, type HttpRequest, parseHeader, parseTarget, type Target } from "./http-request.js"
import { type CurlCommand, parseCurl } from "./parse-curl.js"
import { UsageError } from "./usage-error.js"

/** The request that a curl command sends, with notes about it. */
export function readCurl(text: string): HttpRequest & Pick<CurlCommand, "notes"> {
  const command = parseCurl(text)
  const options = optionReader(command)
  const [url, ...others] = command.urls
  if (url === undefined) throw new UsageError("the curl command has no URL")
  if (others.length > 0)
    throw new UsageError("the curl command has several URLs", "Give one request at a time.")
  const target = parseTarget(url)
  refuseUnsentForm(target, options)
  const query = [...(options.has("get") ? dataOf(command) : []), ...options.all("url-query").map(urlQuery)]
  return {
    scheme: target.scheme,
    host: target.host,
    method: methodOf(options),
    path: withQuery(target.path, query),
    headers: headersOf(target, options),
    notes: command.notes,
  }
}

interface OptionReader {
  has(...names: readonly CurlOption[]): boolean
  all(name: CurlOption): readonly string[]
  /** Of an option that counts once, the last. */
  last(name: CurlOption): string | undefined
}

function optionReader({ options }: CurlCommand): OptionReader {
  const all = (name: CurlOption) => options.filter((option) => option.name === name).map(({ value }) => value)
  return {
    has: (...names) => options.some(({ name }) => names.includes(name)),
    all,
    last: (name) => all(name).at(-1),
  }
}

const bodies = ["data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json"] as const

function methodOf(options: OptionReader): string {
  const given = options.last("request")
  if (given !== undefined) return given
  if (options.has("head")) return "HEAD"
  if (options.has("get")) return "GET"
  if (options.has("upload-file")) return "PUT"
  return options.has(...bodies, "form", "form-string") ? "POST" : "GET"
}

/** curl changes these before it sends them; what is sent is what has to be explained. */
function refuseUnsentForm({ path }: Target, options: OptionReader): void {
  const plain = path.split("?", 1)[0] ?? ""
  if (!options.has("path-as-is") && /\/\.\.?(?:\/|$)/.test(plain)) {
    throw new UsageError(
      "curl resolves the dots in this path before it sends it",
      "Write the path that is sent, or add --path-as-is as in the request you mean.",
    )
  }
  if (!options.has("globoff") && /[[\]{}]/.test(path)) {
    throw new UsageError(
      "curl makes several requests of a URL with [ ] or { }",
      "Give one of them, or add -g.",
    )
  }
}

/** Those given by hand, and those that curl makes of its other options where none is given by hand. */
function headersOf(target: Target, options: OptionReader): readonly Header[] {
  const own = options.all("header").flatMap(readHeader)
  const cookies = options.all("cookie").map(readCookie)
  const made: Readonly<Record<string, string | undefined>> = {
    Authorization: authorizationOf(target, options),
    "User-Agent": options.last("user-agent"),
    Referer: options.last("referer"),
    Cookie: cookies.join(";"),
  }
  const isOwn = (name: string) => own.some((header) => header[0].toLowerCase() === name.toLowerCase())
  return [
    ...own.filter(([, value]) => value !== removed),
    ...Object.entries(made).flatMap(([name, value]) =>
      value === undefined || value === "" || isOwn(name) ? [] : [[name, value] as const],
    ),
  ]
}

function authorizationOf({ userInfo }: Target, options: OptionReader): string | undefined {
  const bearer = options.last("oauth2-bearer")
  if (bearer !== undefined) return `Bearer ${bearer}`
  const user = options.last("user") ?? userInfo
  return user === undefined ? undefined : `Basic ${Buffer.from(user).toString("base64")}`
}

/** Not a value that a header can have. */
const removed = "\u0000"

/** `Name:` keeps curl from sending its own; `Name;` sends it empty. */
function readHeader(text: string): readonly Header[] {
  if (text.startsWith("@")) {
    throw new UsageError("the curl command reads headers from a file", "Give them with -H 'Name: value'.")
  }
  const [, empty] = /^([^:;\s]+);$/.exec(text) ?? []
  if (empty !== undefined) return [[empty, ""]]
  const [name, value] = parseHeader(text)
  return [[name, value === "" ? removed : value]]
}

function readCookie(text: string): string {
  if (text.includes("=")) return text
  throw new UsageError("the curl command reads cookies from a file", "Give them as -b 'name=value'.")
}

function dataOf({ options }: CurlCommand): readonly string[] {
  return options.flatMap(({ name, value }) => {
    if (!bodies.some((body) => body === name)) return []
    if (name === "data-urlencode") return [urlEncoded(value)]
    if (value.startsWith("@") && name !== "data-raw") throw fromFile()
    return [value]
  })
}

function urlQuery(text: string): string {
  return text.startsWith("+") ? text.slice(1) : urlEncoded(text)
}

/** `content`, `=content` or `name=content`; the content is encoded. */
function urlEncoded(text: string): string {
  const equals = text.indexOf("=")
  if (equals === -1 && text.includes("@")) throw fromFile()
  const name = equals > 0 ? text.slice(0, equals + 1) : ""
  return name + encodeURIComponent(text.slice(equals + 1)).replace(/%20|[!'()*]/g, asCurl)
}

/** curl writes a space as a plus, and encodes five characters that `encodeURIComponent` does not. */
function asCurl(character: string): string {
  return character === "%20" ? "+" : `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

function fromFile(): UsageError {
  return new UsageError("the curl command reads its query from a file", "Write the query into the URL.")
}

function withQuery(path: string, parts: readonly string[]): string {
  if (parts.length === 0) return path
  return `${path}${path.includes("?") ? "&" : "?"}${parts.join("&")}`
}
