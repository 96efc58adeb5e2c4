import { createServer, type IncomingMessage, type RequestListener } from "node:http"
import { createRequire } from "node:module"
import { getRequestListener } from "@hono/node-server"
import type { Auth, JwtAuthConfig } from "@jwt-auth/core"
import { jwtAuth as expressAuth } from "@jwt-auth/express"
import { jwtAuth as honoAuth } from "@jwt-auth/hono"
import { jwtAuth as koaAuth } from "@jwt-auth/koa"
import { consumer } from "@jwt-auth/test-support/consumers"
import { listen } from "@jwt-auth/test-support/http"
import koaCors from "@koa/cors"
import expressCors from "cors"
import express from "express"
import { Hono, type MiddlewareHandler } from "hono"
import { cors as honoCors } from "hono/cors"
import Koa from "koa"

/** Where an app has its CORS middleware, seen from authentication. */
export type CorsAt = "before" | "after" | "nowhere"

export interface ApiOptions {
  readonly cors: CorsAt
  readonly bypass?: boolean
  /** The page that may read the answers. */
  readonly origin: string
}

/** What a handler has seen of a request. */
export interface Reached {
  readonly method: string
  readonly consumer: string | null
  readonly identity: string | null
}

export interface Api {
  readonly port: number
  /** Every request as it came in: its method, and what a preflight asks about. */
  readonly received: readonly string[]
  /** The requests that a handler was reached by. */
  readonly reached: readonly Reached[]
}

export interface ApiStack {
  readonly name: string
  start(options: ApiOptions): Promise<Api>
}

type Reach = (req: IncomingMessage, auth: Auth | undefined) => Reached
type MakeApp = (config: JwtAuthConfig, cors: CorsAt, origin: string, reach: Reach) => RequestListener

// One major at a time has types.
const require = createRequire(import.meta.url)
const express4 = require("express4") as typeof express
const Koa2 = require("koa2") as typeof Koa

export const apiStacks: readonly ApiStack[] = [
  stack("Express 4", onExpress(express4)),
  stack("Express 5", onExpress(express)),
  stack("Koa 2", onKoa(Koa2)),
  stack("Koa 3", onKoa(Koa)),
  stack("Hono", onHono),
]

function stack(name: string, make: MakeApp): ApiStack {
  const start = async ({ cors, bypass = false, origin }: ApiOptions): Promise<Api> => {
    const received: string[] = []
    const reached: Reached[] = []
    const app = make(configOf(bypass), cors, origin, (req, auth) => {
      const identity = req.headers["x-mse-consumer"]?.toString() ?? null
      const seen = { method: req.method ?? "", consumer: auth?.consumer ?? null, identity }
      reached.push(seen)
      return seen
    })
    const server = createServer((req, res) => {
      const asked = req.headers["access-control-request-method"]
      received.push(asked === undefined ? `${req.method}` : `${req.method} for ${asked}`)
      app(req, res)
    })
    return { port: await listen(server), received, reached }
  }
  return { name, start }
}

function configOf(bypass: boolean): JwtAuthConfig {
  const places = {
    from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
    from_cookies: ["session"],
  }
  return {
    global_auth: true,
    bypass_cors_preflight: bypass,
    consumers: [consumer("web", places), consumer("partner", places)],
    rules: [{ match: { path: "/web-only" }, allow: ["web"] }],
  }
}

function onExpress(framework: typeof express): MakeApp {
  return (config, at, origin, reach) => {
    const auth = expressAuth(config)
    const cors = expressCors({ origin, credentials: true, exposedHeaders: ["WWW-Authenticate"] })
    const app = framework()
    for (const middleware of order<express.RequestHandler>(at, auth, cors)) app.use(middleware)
    return app.use((req, res) => void res.json(reach(req, auth.get(req))))
  }
}

function onKoa(Framework: typeof Koa): MakeApp {
  return (config, at, origin, reach) => {
    const auth = koaAuth(config)
    const cors = koaCors({ origin, credentials: true, exposeHeaders: ["WWW-Authenticate"] })
    const app = new Framework()
    for (const middleware of order<Koa.Middleware>(at, auth as Koa.Middleware, cors)) app.use(middleware)
    app.use((ctx) => {
      ctx.body = reach(ctx.req, auth.get(ctx))
    })
    return app.callback()
  }
}

function onHono(config: JwtAuthConfig, at: CorsAt, origin: string, reach: Reach): RequestListener {
  const auth = honoAuth(config)
  const cors = honoCors({ origin, credentials: true, exposeHeaders: ["WWW-Authenticate"] })
  const app = new Hono<{ Bindings: { incoming: IncomingMessage } }>()
  for (const middleware of order<MiddlewareHandler>(at, auth, cors)) app.use(middleware)
  app.all("*", (c) => c.json(reach(c.env.incoming, auth.get(c))))
  return getRequestListener((request, env) => app.fetch(request, env as { incoming: IncomingMessage }))
}

function order<Middleware>(at: CorsAt, auth: Middleware, cors: Middleware): readonly Middleware[] {
  switch (at) {
    case "before":
      return [cors, auth]
    case "after":
      return [auth, cors]
    case "nowhere":
      return [auth]
  }
}
