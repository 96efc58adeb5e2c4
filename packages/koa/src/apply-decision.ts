import { parse } from "node:querystring"
import { type Decision, type Denial, denialResponse } from "@jwt-auth/core"
import { refreshQuery } from "@jwt-auth/core/node"
import type { Context } from "koa"

/** Edits the request where Node has it, and then what Koa has made of it before. */
export function applyDecision(ctx: Context, decision: Decision, edit: () => (url: string) => string): void {
  // Only then: for a target that is no URL, to ask for the query is an error.
  if (decision.outcome !== "deny" && decision.edits.path !== undefined) editQuery(ctx, edit)
  else edit()
  if (decision.outcome === "allow") ctx.state["auth"] = decision.auth
}

/** Koa parses anew, into one object for each query string: what an earlier middleware made of the old one must not be lost. */
function editQuery(ctx: Context, edit: () => (url: string) => string): void {
  const { querystring } = ctx
  const query = { ...ctx.query }
  const strip = edit()
  ctx.originalUrl = ctx.request.originalUrl = strip(ctx.originalUrl)
  refreshQuery(query, parseAll(querystring), parseAll(ctx.querystring))
  for (const name of Object.keys(ctx.query)) delete ctx.query[name]
  Object.defineProperties(ctx.query, Object.getOwnPropertyDescriptors(query))
}

function parseAll(querystring: string) {
  return parse(querystring, "&", "=", { maxKeys: 0 })
}

/** Answers a refused request, rather than throw: Koa's error handling takes off the headers that CORS has set. */
export function respond(ctx: Context, denial: Denial): void {
  const { status, headers, body } = denialResponse(denial, ctx.get("Accept"))
  ctx.status = status
  for (const [name, value] of Object.entries(headers))
    name === "Vary" ? ctx.vary(value) : ctx.set(name, value)
  ctx.body = body
}

/**
 * Koa takes all headers off an error's answer but the error's own; a cache stores some of them, such as a 404. What is no
 * plain record belongs to the app, as the headers of an HTTP client's error do.
 */
export function keepErrorOutOfCaches(error: unknown, value: string | undefined): void {
  if (value === undefined || !(error instanceof Error) || !Object.isExtensible(error)) return
  const { value: headers = {}, writable = !("headers" in error) } =
    Object.getOwnPropertyDescriptor(error, "headers") ?? {}
  if (!writable || Object.getPrototypeOf(headers) !== Object.prototype) return
  Object.assign(error, { headers: { "Cache-Control": value, ...headers } })
}
