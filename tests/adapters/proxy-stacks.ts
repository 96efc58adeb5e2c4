import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createRequire } from "node:module"
import { createAdaptorServer, type HttpBindings } from "@hono/node-server"
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response"
import type { JwtAuthConfig } from "@jwt-auth/core"
import { jwtAuth as expressAuth } from "@jwt-auth/express"
import { jwtAuth as honoAuth } from "@jwt-auth/hono"
import { jwtAuth as koaAuth } from "@jwt-auth/koa"
import { listen } from "@jwt-auth/test-support/http"
import express from "express"
import { type Context, Hono } from "hono"
import { proxy } from "hono/proxy"
import { createProxyMiddleware } from "http-proxy-middleware"
import Koa, { type Middleware } from "koa"
import koaProxies from "koa-proxies"
import { proxyByHand } from "./proxy-by-hand.js"

/** A framework with a proxy behind our middleware. */
export interface Stack {
  readonly name: string
  /** Returns the port. Without a config, the proxy stands there alone: what it changes is its own doing. */
  start(upstream: number, config?: JwtAuthConfig): Promise<number>
}

type NodeProxy = (upstream: number) => (req: IncomingMessage, res: ServerResponse) => Promise<void>
type HonoContext = Context<{ Bindings: HttpBindings }>
type HonoProxy = (upstream: number) => (c: HonoContext) => Response | Promise<Response>

const require = createRequire(import.meta.url)
/** Both majors under one type: their types exist for one of them at a time. */
const express4 = require("express4") as typeof express
const koa2 = require("koa2") as typeof Koa

const originOf = (port: number) => `http://127.0.0.1:${port}`
/** Without an agent of its own, http-proxy closes the client's connection after each request. */
const toUpstream = (port: number) => ({ target: originOf(port), agent: new Agent({ keepAlive: true }) })

const byRawHeaders: NodeProxy = (upstream) => proxyByHand("rawHeaders", upstream)
const byHeadersDistinct: NodeProxy = (upstream) => proxyByHand("headersDistinct", upstream)
const proxyMiddleware: NodeProxy = (upstream) => {
  const forward = createProxyMiddleware(toUpstream(upstream))
  return (req, res) =>
    new Promise((resolve, reject) => {
      res.on("close", resolve)
      forward(req, res, reject).catch(reject)
    })
}

function expressStack(name: string, framework: typeof express, nodeProxy: NodeProxy): Stack {
  const start = (upstream: number, config?: JwtAuthConfig) => {
    const app = framework()
    if (config !== undefined) app.use(expressAuth(config))
    const forward = nodeProxy(upstream)
    app.use((req, res, next) => void forward(req, res).catch(next))
    return listen(createServer(app))
  }
  return { name, start }
}

function koaStack(name: string, Framework: typeof Koa, forward: (upstream: number) => Middleware): Stack {
  const start = (upstream: number, config?: JwtAuthConfig) => {
    const app = new Framework()
    if (config !== undefined) app.use(koaAuth(config))
    app.use(forward(upstream))
    return listen(createServer(app.callback()))
  }
  return { name, start }
}

function onKoa(nodeProxy: NodeProxy) {
  return (upstream: number): Middleware => {
    const forward = nodeProxy(upstream)
    return async (ctx) => {
      ctx.respond = false
      await forward(ctx.req, ctx.res)
    }
  }
}

function honoStack(name: string, honoProxy: HonoProxy): Stack {
  const start = (upstream: number, config?: JwtAuthConfig) => {
    const app = new Hono<{ Bindings: HttpBindings }>()
    if (config !== undefined) app.use(honoAuth(config))
    app.all("*", honoProxy(upstream))
    return listen(createAdaptorServer({ fetch: app.fetch }) as Server)
  }
  return { name, start }
}

/** On Node, past Hono: with Node's own request and response. */
function onHono(nodeProxy: NodeProxy): HonoProxy {
  return (upstream) => {
    const forward = nodeProxy(upstream)
    return async ({ env }) => {
      await forward(env.incoming, env.outgoing)
      return RESPONSE_ALREADY_SENT
    }
  }
}

/** Each way of forwarding a request that Hono and its users know. */
function onFetch(forward: (url: string, c: HonoContext) => Promise<Response>): HonoProxy {
  return (upstream) => (c) => {
    const { pathname, search } = new URL(c.req.url)
    return forward(`${originOf(upstream)}${pathname}${search}`, c)
  }
}

/** How a body is framed is said by `fetch` itself, which refuses a request that says it, too. */
function framed(request: Request): Request {
  request.headers.delete("transfer-encoding")
  return request
}

const express5 = express
const koa3 = Koa
const proxies: readonly (readonly [string, NodeProxy])[] = [
  ["a proxy by rawHeaders", byRawHeaders],
  ["a proxy by headersDistinct", byHeadersDistinct],
]
const koaProxy = (upstream: number) => koaProxies(/.*/, toUpstream(upstream))

export const stacks: readonly Stack[] = [
  expressStack("Express 4, http-proxy-middleware", express4, proxyMiddleware),
  expressStack("Express 5, http-proxy-middleware", express5, proxyMiddleware),
  koaStack("Koa 2, koa-proxies", koa2, koaProxy),
  koaStack("Koa 3, koa-proxies", koa3, koaProxy),
  ...proxies.flatMap(([name, nodeProxy]) => [
    expressStack(`Express 4, ${name}`, express4, nodeProxy),
    expressStack(`Express 5, ${name}`, express5, nodeProxy),
    koaStack(`Koa 2, ${name}`, koa2, onKoa(nodeProxy)),
    koaStack(`Koa 3, ${name}`, koa3, onKoa(nodeProxy)),
    honoStack(`Hono on Node, ${name}`, onHono(nodeProxy)),
  ]),
  honoStack("Hono on Node, http-proxy-middleware", onHono(proxyMiddleware)),
  honoStack(
    "Hono, proxy(url, { ...c.req, headers })",
    onFetch((url, c) => proxy(url, { ...c.req, headers: { ...c.req.header() } })),
  ),
  honoStack(
    "Hono, proxy(url, c.req.raw)",
    onFetch((url, c) => proxy(url, c.req.raw)),
  ),
  honoStack(
    "Hono, proxy(url, { raw, strictConnectionProcessing })",
    onFetch((url, c) => proxy(url, { raw: c.req.raw, strictConnectionProcessing: true })),
  ),
  honoStack(
    "Hono, fetch(url, c.req.raw)",
    onFetch((url, c) => fetch(url, framed(c.req.raw))),
  ),
  honoStack(
    "Hono, fetch(new Request(url, c.req.raw))",
    onFetch((url, c) => fetch(new Request(url, framed(c.req.raw)))),
  ),
]
