import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from "node:http"
import { createRequire } from "node:module"
import type { Duplex } from "node:stream"
import {
  createAdaptorServer,
  type HttpBindings,
  upgradeWebSocket,
  type WebSocketServerLike,
} from "@hono/node-server"
import type { Auth, Decision, JwtAuthConfig, Requirement } from "@jwt-auth/core"
import { jwtAuth as expressAuth } from "@jwt-auth/express"
import { jwtAuth as honoAuth } from "@jwt-auth/hono"
import { jwtAuth as koaAuth } from "@jwt-auth/koa"
import { listen } from "@jwt-auth/test-support/http"
import express from "express"
import { Hono } from "hono"
import Koa from "koa"
import { type WebSocket, WebSocketServer } from "ws"

/** What the code behind an opened socket knows of its request. */
export interface Seen {
  readonly consumer?: string
  readonly sub?: string
  readonly headers: IncomingHttpHeaders
  readonly raw: readonly string[]
  readonly url: string
}

/** A server that answers plain requests and WebSockets by the same rules. */
export interface SocketServer {
  readonly name: string
  /** True where the whole refusal reaches the client; otherwise only its status and headers. */
  readonly sendsBody: boolean
  /** @returns the port; an opened socket says what it has seen, and then repeats what it is told */
  start(config: JwtAuthConfig, requirement?: Requirement): Promise<number>
}

// One major at a time has types.
const require = createRequire(import.meta.url)
const express4 = require("express4") as typeof express
const Koa2 = require("koa2") as typeof Koa

/** Where the app has the `upgrade` event to itself, and calls `auth.upgrade`. */
export const nodeServers: readonly SocketServer[] = [
  onExpress("Express 4", express4),
  onExpress("Express 5", express),
  onKoa("Koa 2", Koa2),
  onKoa("Koa 3", Koa),
]

export const socketServers: readonly SocketServer[] = [
  ...nodeServers,
  { name: "Hono", sendsBody: false, start: startHono },
]

function onExpress(name: string, framework: typeof express): SocketServer {
  const start = (config: JwtAuthConfig, requirement?: Requirement) => {
    const auth = expressAuth(config)
    const app = framework()
    app.use(auth, (_req, res) => void res.send("plain"))
    return startNode(app, auth, requirement)
  }
  return { name, sendsBody: true, start }
}

function onKoa(name: string, Framework: typeof Koa): SocketServer {
  const start = (config: JwtAuthConfig, requirement?: Requirement) => {
    const auth = koaAuth(config)
    const app = new Framework()
    app.use(auth).use((ctx) => {
      ctx.body = "plain"
    })
    return startNode(app.callback(), auth, requirement)
  }
  return { name, sendsBody: true, start }
}

/** What the adapters of Express and Koa have in common. */
interface NodeAuth {
  get(req: IncomingMessage): Auth | undefined
  upgrade(
    req: IncomingMessage,
    socket: Duplex,
    head?: Uint8Array,
    requirement?: Requirement,
  ): Promise<Decision>
}

function startNode(listener: RequestListener, auth: NodeAuth, requirement?: Requirement): Promise<number> {
  const server = createServer(listener)
  const sockets = new WebSocketServer({ noServer: true })
  server.on("upgrade", async (req, socket, head) => {
    const decision = await auth.upgrade(req, socket, head, requirement)
    if (decision.outcome === "deny") return
    const decided = decision.outcome === "allow" ? decision.auth : undefined
    if (auth.get(req) !== decided) throw new Error("two answers to who is calling")
    sockets.handleUpgrade(req, socket, head, (ws) => sockets.emit("connection", ws, req))
  })
  sockets.on("connection", (ws: WebSocket, req: IncomingMessage) => {
    ws.send(greeting(req, auth.get(req)))
    ws.on("message", (data) => ws.send(`you said ${data}`))
  })
  return listen(server)
}

function startHono(config: JwtAuthConfig, requirement?: Requirement): Promise<number> {
  const auth = honoAuth(config)
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get(
    "*",
    requirement === undefined ? auth : auth.require(requirement),
    upgradeWebSocket((c) => ({
      onOpen: (_event, ws) => ws.send(greeting(c.env.incoming, c.get("auth"))),
      onMessage: ({ data }, ws) => ws.send(`you said ${data}`),
    })),
    (c) => c.text("plain"),
  )
  return listen(honoServer(app))
}

export function honoServer(app: Hono<{ Bindings: HttpBindings }>): Server {
  const sockets = new WebSocketServer({ noServer: true })
  // Its type does not know how the types of `ws` spell an option that may be absent.
  const server = sockets as unknown as WebSocketServerLike
  return createAdaptorServer({ fetch: app.fetch, websocket: { server } }) as Server
}

function greeting({ headers, rawHeaders, url = "" }: IncomingMessage, auth: Auth | undefined): string {
  const who = auth === undefined ? {} : { consumer: auth.consumer, sub: auth.claims.sub }
  return JSON.stringify({ ...who, headers, raw: rawHeaders, url })
}
