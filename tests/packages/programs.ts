// What users write, as TypeScript. `@ts-expect-error` is an error where nothing is wrong: such a line must not compile.

const core = `
import { type Decision, checkConfig, createAuthenticator, parseConfig } from "@jwt-auth/core"

export function decide(): Decision | Promise<Decision> {
  const config = parseConfig(checkConfig({ consumers: [] }).config)
  return createAuthenticator(config).decide({ method: "GET", host: "", path: "/", headers: {} })
}
`

const config = `
const config = { consumers: [{ name: "web", issuer: "https://a.example", jwks: { keys: [] } }] } as const
`

const express = `
import { applyEdits, toAuthRequest } from "@jwt-auth/core/node"
import { type Auth, type JwtAuthConfig, jwtAuth } from "@jwt-auth/express"
import express from "express"
${config}
export const sameConfig: JwtAuthConfig = config
const auth = jwtAuth(config, { onDeny: (denial, _req, res) => res.status(denial.status).end() })
const app = express()
app.use(auth, auth.any(), auth.optional("web"), auth.route("a"), auth.require({ scopes: ["read"] }))
app.get("/", auth.allow("web"), (req, res) => {
  const caller: Auth | undefined = auth.get(req)
  const request = toAuthRequest(req, { host: req.hostname, path: req.originalUrl })
  applyEdits(req, { headers: [] })
  res.json({ caller: caller?.consumer, tenant: auth.get<{ tenant: string }>(req)?.claims.tenant, request })
})
// @ts-expect-error: no consumer has this name
auth.allow("wbe")
// @ts-expect-error: only those who import @jwt-auth/express/augment have req.auth
app.get("/", (req, res) => res.json(req.auth))
`

const koa = `
import { type Auth, type JwtAuthConfig, jwtAuth } from "@jwt-auth/koa"
import Koa from "koa"
${config}
export const sameConfig: JwtAuthConfig = config
const auth = jwtAuth(config, { onDeny: (denial, ctx) => ctx.throw(denial.status) })
const app = new Koa()
app.use(auth).use(auth.any()).use(auth.optional("web")).use(auth.route("a"))
app.use(auth.require({ scopes: ["read"] })).use(auth.allow("web"))
app.use((ctx) => {
  const caller: Auth | undefined = auth.get(ctx)
  ctx.body = { caller: caller?.consumer, tenant: auth.get<{ tenant: string }>(ctx)?.claims.tenant }
})
// @ts-expect-error: no consumer has this name
auth.allow("wbe")
`

const hono = `
import { type Auth, type JwtAuthConfig, jwtAuth } from "@jwt-auth/hono"
import { Hono } from "hono"
${config}
export const sameConfig: JwtAuthConfig = config
const auth = jwtAuth(config, { onDeny: (denial, c) => c.text(denial.message, denial.status) })
export const app = new Hono()
app.use(auth, auth.any(), auth.optional("web"), auth.route("a"), auth.require({ scopes: ["read"] }))
app.get("/", auth.allow("web"), (c) => {
  const caller: Auth | undefined = auth.get(c)
  const name: string | undefined = c.get("auth")?.consumer
  return c.json({ caller, name, tenant: auth.get<{ tenant: string }>(c)?.claims.tenant })
})
// @ts-expect-error: no consumer has this name
auth.allow("wbe")
`

export const programs = { core, express, koa, hono } as const

/** A program that counts on req.auth. */
export const augmented = `
import "@jwt-auth/express/augment"
import express from "express"
express().get("/", (req, res) => void res.json(req.auth?.consumer.toUpperCase()))
`
