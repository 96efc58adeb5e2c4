import { createHmac, randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http"
import { createRequire } from "node:module"
import { type AddressInfo, connect } from "node:net"
import type { Auth, Consumer, Jwks, JwtAuthConfig } from "@jwt-auth/core"
import express, { type Express, type Request, type Response } from "express"
import { onTestFinished } from "vitest"

/** Both majors under one type: `@types/express` exists for one of them at a time. */
const express4 = createRequire(import.meta.url)("express4") as typeof express

/** For `describe.each`: every rule of the adapter holds on both. */
export const versions = [
  { version: "Express 4", express: express4 },
  { version: "Express 5", express },
]

/** A consumer recognised by `iss`, with an HMAC key of its own, made at run time. */
export function consumer(name: string, more: Partial<Consumer> = {}): Consumer {
  return { name, issuer: name, jwks: jwksOf(name), ...more }
}

const keys = new Map<string, string>()

export function keyOf(name: string): string {
  const key = keys.get(name) ?? randomBytes(32).toString("base64url")
  keys.set(name, key)
  return key
}

export function jwksOf(name: string): Jwks {
  return { keys: [{ kty: "oct", alg: "HS256", k: keyOf(name) }] }
}

export function tokenOf(name: string, claims: Record<string, unknown> = {}, key = keyOf(name)): string {
  const now = Math.floor(Date.now() / 1000)
  const payload = { iss: name, sub: `user of ${name}`, exp: now + 300, ...claims }
  const input = [{ alg: "HS256", typ: "JWT" }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
  return `${input}.${createHmac("sha256", Buffer.from(key, "base64url")).update(input).digest("base64url")}`
}

export function bearer(name: string, claims?: Record<string, unknown>): { authorization: string } {
  return { authorization: `Bearer ${tokenOf(name, claims)}` }
}

/** The config of most tests: two consumers, and a token asked of everybody. */
export const twoConsumers: JwtAuthConfig = {
  global_auth: true,
  consumers: [consumer("web"), consumer("partner")],
}

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

export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly host?: string
  /** An array sends the header once for each value. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The body of `echo`. */
  readonly seen: Seen
}

const ports = new WeakMap<object, number>()

/** Runs the app on a free port of the loopback interface until the test ends, once however often it is asked. */
export async function portOf(app: Express): Promise<number> {
  const known = ports.get(app)
  if (known !== undefined) return known
  const server = createServer(app).listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  ports.set(app, port)
  return port
}

export async function ask(app: Express, sent: Sent = {}): Promise<Reply> {
  const port = await portOf(app)
  const { method = "GET", path = "/", host = "127.0.0.1", headers = {}, body } = sent
  const lines = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((v) => [name, v]))
  const length = body === undefined ? [] : ["Content-Length", String(Buffer.byteLength(body))]
  const flat = ["Host", host, ...length, ...lines.flat()] as string[]
  // Node takes names and values in turn, and sends repeated names as they are; its types know the record only.
  const options = { port, host: "127.0.0.1", method, path, headers: flat as never, agent: false }
  const sending = request({ ...options, setHost: false })
  sending.end(body)
  const [response] = (await once(sending, "response")) as [IncomingMessage]
  const text = await textOf(response)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: text,
    get seen() {
      return JSON.parse(text) as Seen
    },
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Sends these very bytes and returns the whole answer: what no HTTP client would let us write. */
export async function askRaw(app: Express, lines: readonly string[]): Promise<string> {
  const socket = connect(await portOf(app), "127.0.0.1")
  socket.write([...lines, "Connection: close", "", ""].join("\r\n"))
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
