import { parse } from "node:querystring"
import { type Decision, type Denial, denialResponse } from "@jwt-auth/core"
import { refreshQuery } from "@jwt-auth/core/node"
import type { Context } from "koa"

/** Edits the request where Node has it, and then what Koa has made of it before. */
export function applyDecision(ctx: Context, decision: Decision, edit: () => (url: string) => string): void {
  const { querystring } = ctx
  const query = { ...ctx.query }
  const strip = edit()
  ctx.originalUrl = ctx.request.originalUrl = strip(ctx.originalUrl)
  if (ctx.querystring !== querystring) {
    refreshQuery(query, parse(querystring), parse(ctx.querystring))
    replaceMembers(ctx.query, query)
  }
  if (decision.outcome === "allow") ctx.state["auth"] = decision.auth
}

/** Answers a refused request, rather than throw: Koa's error handling takes off the headers that CORS has set. */
export function respond(ctx: Context, denial: Denial): void {
  const { status, headers, body } = denialResponse(denial, ctx.get("Accept"))
  ctx.status = status
  for (const [name, value] of Object.entries(headers))
    name === "Vary" ? ctx.vary(value) : ctx.set(name, value)
  ctx.body = body
}

/** Koa takes all headers off an error's answer but the error's own; a cache stores some of them, such as a 404. */
export function keepErrorOutOfCaches(error: unknown, value: string | undefined): void {
  if (value === undefined || !(error instanceof Error) || !Object.isExtensible(error)) return
  const { headers } = error as { headers?: object }
  Object.assign(error, { headers: { "Cache-Control": value, ...headers } })
}

/** Koa keeps one object for each query string. */
function replaceMembers(object: Record<string, unknown>, members: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(object)) delete object[name]
  Object.assign(object, members)
}
