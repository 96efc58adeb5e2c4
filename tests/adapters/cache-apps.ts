import { createServer, type Server } from "node:http"
import { createRequire } from "node:module"
import { createAdaptorServer } from "@hono/node-server"
import type { Auth, JwtAuthConfig } from "@jwt-auth/core"
import { jwtAuth as expressAuth } from "@jwt-auth/express"
import { jwtAuth as honoAuth } from "@jwt-auth/hono"
import { jwtAuth as koaAuth } from "@jwt-auth/koa"
import { listen } from "@jwt-auth/test-support/http"
import express from "express"
import { Hono } from "hono"
import { HTTPException } from "hono/http-exception"
import Koa from "koa"

/** What an app says about caching, and where it says it. */
export interface CacheControl {
  /** In a middleware before ours, for all of its answers. */
  readonly before?: string
  /** In the handler. */
  readonly handler?: string
}

/** An app that greets its caller on every path but `/missing`, where it throws a 404 that names the caller. */
export interface CachedApp {
  readonly name: string
  start(config: JwtAuthConfig, says?: CacheControl): Promise<number>
}

export const pageOf = (auth: Auth | undefined) => `page of ${auth?.claims.sub ?? "nobody"}`

const require = createRequire(import.meta.url)
const express4 = require("express4") as typeof express
const koa2 = require("koa2") as typeof Koa

function expressApp(name: string, framework: typeof express): CachedApp {
  const start = (config: JwtAuthConfig, { before, handler }: CacheControl = {}) => {
    const auth = expressAuth(config)
    const app = framework()
    app.use((_req, res, next) => {
      if (before !== undefined) res.set("Cache-Control", before)
      next()
    })
    app.use(auth)
    app.use("/missing", (req, _res, next) => next(missing(pageOf(auth.get(req)))))
    app.use((req, res) => {
      if (handler !== undefined) res.set("Cache-Control", handler)
      res.send(pageOf(auth.get(req)))
    })
    return listen(createServer(app))
  }
  return { name, start }
}

function koaApp(name: string, Framework: typeof Koa): CachedApp {
  const start = (config: JwtAuthConfig, { before, handler }: CacheControl = {}) => {
    const auth = koaAuth(config)
    const app = new Framework()
    app.use((ctx, next) => {
      if (before !== undefined) ctx.set("Cache-Control", before)
      return next()
    })
    app.use(auth)
    app.use((ctx) => {
      if (ctx.path === "/missing") throw missing(pageOf(auth.get(ctx)))
      if (handler !== undefined) ctx.set("Cache-Control", handler)
      ctx.body = pageOf(auth.get(ctx))
    })
    return listen(createServer(app.callback()))
  }
  return { name, start }
}

const honoApp: CachedApp = {
  name: "Hono",
  start(config, { before, handler } = {}) {
    const auth = honoAuth(config)
    const app = new Hono()
    app.use((c, next) => {
      if (before !== undefined) c.header("Cache-Control", before)
      return next()
    })
    app.use(auth)
    app.get("/missing", (c) => {
      throw new HTTPException(404, { message: pageOf(auth.get(c)) })
    })
    app.get("*", (c) => {
      if (handler !== undefined) c.header("Cache-Control", handler)
      return c.text(pageOf(auth.get(c)))
    })
    return listen(createAdaptorServer({ fetch: app.fetch }) as Server)
  },
}

/** An error that all of these frameworks show as a 404. */
function missing(message: string): Error {
  return Object.assign(new Error(message), { status: 404, expose: true })
}

export const cachedApps: readonly CachedApp[] = [
  expressApp("Express 4", express4),
  expressApp("Express 5", express),
  koaApp("Koa 2", koa2),
  koaApp("Koa 3", Koa),
  honoApp,
]
