import type { AuthRequest } from "@jwt-auth/core"
import { UsageError } from "./usage-error.js"

/** A request as a client sends it. */
export interface HttpRequest {
  readonly method: string
  readonly scheme: string
  readonly host: string
  /** Path and query, not decoded. */
  readonly path: string
  /** Names and values in the order in which they are sent. */
  readonly headers: readonly Header[]
}

export type Header = readonly [name: string, value: string]

export interface Target extends Pick<HttpRequest, "scheme" | "host" | "path"> {
  /** `user:password` of the URL. */
  readonly userInfo?: string
}

/** Takes a URL apart without changing its path: `new URL` would resolve and encode what a server is sent as it is. */
export function parseTarget(url: string): Target {
  const [, scheme = "http", authority, rest = ""] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([^#]*)/i.exec(url) ?? []
  if (!/^(?:https?|wss?)$/i.test(scheme)) throw new UsageError("the URL is not one of http or https")
  if (/^(?:https?|wss?):(?!\/\/[^/]|\d)/i.test(url)) {
    throw new UsageError("the URL has not two slashes behind its scheme, and then a host")
  }
  const at = authority?.lastIndexOf("@") ?? -1
  const host = authority?.slice(at + 1) ?? ""
  if (/[^!-~]/.test(url)) {
    throw new UsageError("the URL has a space or a character in it that has to be percent-encoded")
  }
  return {
    scheme: scheme.toLowerCase(),
    host,
    path: rest.startsWith("/") ? rest : `/${rest}`,
    ...(at !== -1 && { userInfo: authority?.slice(0, at) ?? "" }),
  }
}

/** `GET https://host/path` or `GET /path`, also as access logs have it; the method may be left out. */
export function parseRequestLine(text: string): Omit<HttpRequest, "headers"> {
  const [, method = "GET", url = ""] =
    /^\s*(?:([A-Za-z-]+)\s+)?(\S+)(?:\s+HTTP\/[\d.]+)?\s*$/i.exec(text) ?? []
  const fix = "Write it as 'GET https://api.example.com/orders', or without a host as 'GET /orders'."
  if (url === "") throw new UsageError("--request is not a request", fix)
  if (!/^(?:\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(url)) {
    throw new UsageError("--request has neither a path that begins with / nor a whole URL", fix)
  }
  const { scheme, host, path } = parseTarget(url)
  return { method: method.toUpperCase(), scheme, host, path }
}

/** `Name: value`. The message names the header at most. */
export function parseHeader(text: string): Header {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\s\S]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new UsageError("-H is not a header", "Write it as -H 'Authorization: Bearer …'.")
  }
  return sendable([name, value.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, "")])
}

/** RFC 9110 §5.5: a line break in a value would begin another header. */
export function sendable(header: Header): Header {
  const [name, value] = header
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
    throw new UsageError(`the header ${name} has a control character in it, such as a line break`)
  }
  return header
}

/** The request as the core takes it: the host that the client asks for is that of its Host header, if there is one. */
export function toAuthRequest({ method, host, path, headers }: HttpRequest): AuthRequest {
  const values = new Map<string, string[]>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const all = values.get(key)
    if (all === undefined) values.set(key, [value])
    else all.push(value)
  }
  const record = [...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all] as const)
  return { method, host: values.get("host")?.[0] ?? host, path, headers: Object.fromEntries(record) }
}

/** The request for people: without the query, which may have a token in it. */
export function describeRequest({ method, scheme, host, path }: HttpRequest): string {
  const plain = path.split("?", 1)[0] ?? ""
  return host === "" ? `${method} ${plain}` : `${method} ${scheme}://${host}${plain}`
}
