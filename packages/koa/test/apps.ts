import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http"
import { createRequire } from "node:module"
import type { Auth } from "@jwt-auth/core"
import { listen, type Reply as PlainReply, type Sent, send, sendRaw } from "@jwt-auth/test-support/http"
import Koa, { type Context } from "koa"

export { bearer, consumer, jwksOf, keyOf, tokenOf, twoConsumers } from "@jwt-auth/test-support/consumers"
export type { Sent } from "@jwt-auth/test-support/http"

/** Both majors under one type: `@types/koa` exists for one of them at a time. */
const Koa2 = createRequire(import.meta.url)("koa2") as typeof Koa

/** For `describe.each`: every rule of the adapter holds on both. */
export const versions = [
  { version: "Koa 2", Koa: Koa2 },
  { version: "Koa 3", Koa },
]

/** What code behind the middleware sees of a request. */
export interface Seen {
  readonly headers: IncomingHttpHeaders
  readonly distinct: Record<string, string[]>
  readonly raw: readonly string[]
  readonly url: string
  readonly originalUrl: string
  readonly querystring: string
  readonly query: unknown
  readonly consumer?: string
  readonly sub?: string
}

export function echo(ctx: Context): void {
  const { headers, url, originalUrl, querystring, query } = ctx
  const { headersDistinct: distinct, rawHeaders: raw } = ctx.req
  const { auth } = ctx.state as { auth?: Auth }
  const who = { consumer: auth?.consumer, sub: auth?.claims.sub }
  ctx.body = { headers, distinct, raw, url, originalUrl, querystring, query, ...who }
}

/** Fails the test that lets a request through to it. */
export function unreachable(ctx: Context): void {
  ctx.status = 299
  ctx.body = "a refused request got through"
}

export interface Reply extends PlainReply {
  /** The body of `echo`. */
  readonly seen: Seen
}

/** A Koa app, whatever its state is typed as. */
export interface App {
  callback(): unknown
}

const ports = new WeakMap<object, Promise<number>>()

/** The app's port: it runs once, however often it is asked. */
export function portOf(app: App): Promise<number> {
  const port = ports.get(app) ?? listen(createServer(app.callback() as RequestListener))
  ports.set(app, port)
  return port
}

export async function ask(app: App, sent: Sent = {}): Promise<Reply> {
  const reply = await send(await portOf(app), sent)
  return {
    ...reply,
    get seen() {
      return JSON.parse(reply.body) as Seen
    },
  }
}

export async function askRaw(app: App, lines: readonly string[]): Promise<string> {
  return sendRaw(await portOf(app), lines)
}
