import { type Decision, type Denial, denialResponse } from "@jwt-auth/core"
import { applyEdits } from "@jwt-auth/core/node"
import type { Context } from "koa"

/** Lets a request through: everything downstream sees the edited request. Koa parses queries and cookies when asked. */
export function applyPassage(
  ctx: Context,
  decision: Exclude<Decision, { outcome: "deny" }>,
  owner: object,
): void {
  applyEdits(ctx.req, decision.edits, owner)
  if (decision.outcome === "pass") return
  ctx.state["auth"] = decision.auth
  // Before the handlers run, so that an app that knows better can still replace it.
  if (decision.cacheControl !== undefined && !ctx.res.hasHeader("Cache-Control")) {
    ctx.set("Cache-Control", decision.cacheControl)
  }
}

/** Answers a refused request, rather than throw: Koa's error handling takes off the headers that CORS has set. */
export function respond(ctx: Context, denial: Denial): void {
  const { status, headers, body } = denialResponse(denial, ctx.get("Accept"))
  ctx.status = status
  for (const [name, value] of Object.entries(headers))
    name === "Vary" ? ctx.vary(value) : ctx.set(name, value)
  ctx.body = body
}
