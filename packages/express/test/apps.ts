import { createServer, type IncomingHttpHeaders } from "node:http"
import { createRequire } from "node:module"
import type { Auth } from "@jwt-auth/core"
import { listen, type Reply as PlainReply, type Sent, send, sendRaw } from "@jwt-auth/test-support/http"
import express, { type Express, type Request, type Response } from "express"

export { bearer, consumer, jwksOf, keyOf, tokenOf, twoConsumers } from "@jwt-auth/test-support/consumers"
export type { Sent } from "@jwt-auth/test-support/http"

/** Both majors under one type: `@types/express` exists for one of them at a time. */
const express4 = createRequire(import.meta.url)("express4") as typeof express

/** For `describe.each`: every rule of the adapter holds on both. */
export const versions = [
  { version: "Express 4", express: express4 },
  { version: "Express 5", express },
]

/** What code behind the middleware sees of a request. */
export interface Seen {
  readonly headers: IncomingHttpHeaders
  readonly distinct: Record<string, string[]>
  readonly raw: readonly string[]
  readonly url: string
  readonly originalUrl: string
  readonly query: unknown
  readonly cookies?: Record<string, unknown>
  readonly signedCookies?: Record<string, unknown>
  readonly consumer?: string
  readonly sub?: string
}

export function echo(req: Request, res: Response): void {
  const { headers, headersDistinct: distinct, rawHeaders: raw, url, originalUrl, query } = req
  const { auth } = req as { auth?: Auth }
  const who = { consumer: auth?.consumer, sub: auth?.claims.sub }
  const parsed = { cookies: req.cookies as unknown, signedCookies: req.signedCookies as unknown }
  res.json({ headers, distinct, raw, url, originalUrl, query, ...parsed, ...who })
}

/** Fails the test that lets a request through to it. */
export function unreachable(_req: Request, res: Response): void {
  res.status(299).send("a refused request got through")
}

export interface Reply extends PlainReply {
  /** The body of `echo`. */
  readonly seen: Seen
}

const ports = new WeakMap<object, Promise<number>>()

/** The app's port: it runs once, however often it is asked. */
export function portOf(app: Express): Promise<number> {
  const port = ports.get(app) ?? listen(createServer(app))
  ports.set(app, port)
  return port
}

export async function ask(app: Express, sent: Sent = {}): Promise<Reply> {
  const reply = await send(await portOf(app), sent)
  return {
    ...reply,
    get seen() {
      return JSON.parse(reply.body) as Seen
    },
  }
}

export async function askRaw(app: Express, lines: readonly string[]): Promise<string> {
  return sendRaw(await portOf(app), lines)
}
