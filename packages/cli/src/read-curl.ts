import { bodies } from "./curl-options.js"
import { curlPath } from "./curl-path.js"
import {
  type Header,
  type HttpRequest,
  parseHeader,
  parseTarget,
  sendable,
  type Target,
} from "./http-request.js"
import { type OptionReader, optionReader } from "./option-reader.js"
import type { CurlCommand } from "./parse-curl.js"
import { UsageError } from "./usage-error.js"

/** The request that a curl command sends. */
export function readCurl(command: CurlCommand): HttpRequest {
  const options = optionReader(command)
  const [url, ...others] = command.urls
  if (url === undefined) throw new UsageError("the curl command has no URL")
  if (others.length > 0)
    throw new UsageError("the curl command has several URLs", "Give one request at a time.")
  const target = parseTarget(url)
  if (target.host === "") throw new UsageError("the URL of the curl command has no host")
  refuseUnsentForm(target, options)
  return {
    scheme: target.scheme,
    host: target.host,
    method: methodOf(options),
    path: curlPath(target, command, options),
    headers: headersOf(target, options),
  }
}

function methodOf(options: OptionReader): string {
  const form = options.has("form", "form-string")
  const upload = options.has("upload-file")
  const data = options.has(...bodies)
  const head = options.has("head") && !(data && options.has("get"))
  if ([form, upload, data, head].filter(Boolean).length > 1) {
    throw new UsageError("the curl command has options for several methods, and curl refuses it")
  }
  const given = options.last("request")
  if (given !== undefined) return methodToken(given)
  if (options.has("head")) return "HEAD"
  if (form) return "POST"
  if (upload) return "PUT"
  return data && !options.has("get") ? "POST" : "GET"
}

function methodToken(method: string): string {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) return method
  throw new UsageError("what the curl command gives as the method is none")
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
  if (own.some(([name, value]) => value === removed && name.toLowerCase() === "host")) {
    throw new UsageError("the curl command sends no Host, which HTTP/1.1 requires", "Leave -H 'Host:' out.")
  }
  return [
    ...own.filter(([, value]) => value !== removed),
    ...Object.entries(made).flatMap(([name, value]) =>
      value === undefined || value === "" || isOwn(name) ? [] : [sendable([name, value])],
    ),
  ]
}

function authorizationOf({ userInfo }: Target, options: OptionReader): string | undefined {
  const bearer = options.last("oauth2-bearer")
  if (bearer !== undefined) return `Bearer ${bearer}`
  const user = options.last("user") ?? (userInfo === undefined ? undefined : decoded(userInfo))
  if (user === undefined) return undefined
  // Without a password curl asks for one; the empty one stands for it.
  return `Basic ${Buffer.from(user.includes(":") ? user : `${user}:`).toString("base64")}`
}

function decoded(userInfo: string): string {
  try {
    return decodeURIComponent(userInfo)
  } catch {
    throw new UsageError(
      "the user in the URL is not percent-encoded UTF-8",
      "Give it with -u 'name:password'.",
    )
  }
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
