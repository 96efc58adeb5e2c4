import { createServer } from "node:http"
import { getRequestListener, type HttpBindings } from "@hono/node-server"
import type { Auth } from "@jwt-auth/core"
import { listen, type Reply as PlainReply, type Sent, send } from "@jwt-auth/test-support/http"
import type { Context } from "hono"
import { getCookie } from "hono/cookie"

export { bearer, consumer, jwksOf, keyOf, tokenOf, twoConsumers } from "@jwt-auth/test-support/consumers"
export type { Sent } from "@jwt-auth/test-support/http"

/** Any app: what it binds is its own affair. */
export interface App {
  fetch(request: Request): Response | Promise<Response>
}

export interface Reply extends PlainReply {
  /** The body of `echo`. */
  readonly seen: Seen
}

/** What code behind the middleware sees of a request. */
export interface Seen {
  readonly headers: Readonly<Record<string, string>>
  readonly views: Readonly<Record<string, unknown>>
  readonly url: string
  readonly query: Readonly<Record<string, string>>
  readonly queries: Readonly<Record<string, readonly string[]>>
  readonly cookies: Readonly<Record<string, string>>
  readonly consumer?: string
  readonly sub?: string
}

/** Every view of the request that a handler has: Hono's, the Fetch API's, and on Node that of its server. */
export function echo(c: Context): Response {
  const { raw } = c.req
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  const auth = c.get("auth") as Auth | undefined
  const views = {
    raw: [raw.url, Object.fromEntries(raw.headers)],
    // No other request can be made of one whose body has been read.
    ...(raw.bodyUsed
      ? {}
      : { clone: viewOf(raw.clone()), copy: viewOf(new Request("http://copy.test", raw)) }),
    node: incoming && [incoming.url, incoming.headers, incoming.headersDistinct, incoming.rawHeaders],
  }
  return c.json({
    headers: c.req.header(),
    views,
    url: c.req.url.replace(/^https?:\/\/[^/]*/, ""),
    query: c.req.query(),
    queries: c.req.queries(),
    cookies: getCookie(c),
    consumer: auth?.consumer,
    sub: auth?.claims.sub,
  })
}

function viewOf({ url, headers }: Request): unknown {
  return [url, Object.fromEntries(headers)]
}

/** Fails the test that lets a request through to it. */
export function unreachable(c: Context): Response {
  return c.body("a refused request got through", 299 as 200)
}

function requestOf({ method = "GET", path = "/", host = "127.0.0.1", headers = {}, body }: Sent): Request {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, String(value)] as [string, string]),
  )
  return new Request(`http://${host}${path}`, {
    method,
    headers: lines,
    ...(body === undefined ? {} : { body }),
  })
}

/** As Workers and Deno hand them over: headers that nobody may change. A copy of the request can be changed. */
export function withImmutableHeaders(request: Request): Request {
  const refuse = () => {
    throw new TypeError("Can't modify immutable headers.")
  }
  Object.assign(request.headers, { append: refuse, delete: refuse, set: refuse })
  return request
}

async function askFetch(app: App, request: Request): Promise<Reply> {
  const response = await app.fetch(request)
  const headers = Object.fromEntries(response.headers)
  return replyOf({ status: response.status, headers, body: await response.text() })
}

function replyOf(reply: PlainReply): Reply {
  return {
    ...reply,
    get seen() {
      return JSON.parse(reply.body) as Seen
    },
  }
}

const ports = new WeakMap<object, Promise<number>>()

/** The app's port on Node: it runs once, however often it is asked. */
export function portOf(app: App): Promise<number> {
  const port = ports.get(app) ?? serve(app)
  ports.set(app, port)
  return port
}

export type ListenerOptions = Parameters<typeof getRequestListener>[1]

export function serve(app: App, options: ListenerOptions = {}): Promise<number> {
  return listen(createServer(getRequestListener(app.fetch as never, options)))
}

export interface Way {
  readonly way: string
  readonly ask: (app: App, sent?: Sent) => Promise<Reply>
}

export const onNode: Way = {
  way: "@hono/node-server",
  ask: async (app, sent) => replyOf(await send(await portOf(app), sent)),
}

/** For `describe.each`: every rule of the adapter holds in each of these. */
export const ways: readonly Way[] = [
  { way: "app.fetch()", ask: (app, sent = {}) => askFetch(app, requestOf(sent)) },
  {
    way: "app.fetch() with immutable headers",
    ask: (app, sent = {}) => askFetch(app, withImmutableHeaders(requestOf(sent))),
  },
  onNode,
]
