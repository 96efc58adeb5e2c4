import { type Decision, type Denial, denialResponse } from "@jwt-auth/core"
import { applyEdits as editFetch } from "@jwt-auth/core/fetch"
import { applyEdits as editNode } from "@jwt-auth/core/node"
import type { Context } from "hono"
import { HTTPException } from "hono/http-exception"
import { incomingOf } from "./read-request.js"

/** Lets a request through: everything downstream sees the edited request, in Hono's view and in Node's. */
export function applyPassage(
  c: Context,
  decision: Exclude<Decision, { outcome: "deny" }>,
  owner: object,
): void {
  const incoming = incomingOf(c)
  // Hono's first: it may not have copied the headers out of Node's yet.
  c.req.raw = editFetch(c.req.raw, decision.edits, owner, incoming ?? c.req)
  if (incoming !== undefined) editNode(incoming, decision.edits, owner)
  if (decision.outcome === "pass") return
  c.set("auth", decision.auth)
  if (decision.cacheControl !== undefined) cacheBy(c, decision.cacheControl)
}

/** The answer to a refused request, as an error, which `onError`, `some` and `every` know how to take. */
export function refusal(c: Context, denial: Denial): HTTPException {
  const { status, headers, body } = denialResponse(denial, c.req.header("Accept"))
  // Headers that stand on the context, such as CORS's Vary, replace those of the answer: ours has to stand beside them.
  c.header("Vary", headers["Vary"], { append: true })
  const res = new Response(body, { status, headers })
  return new HTTPException(denial.status, { message: denial.message, res, cause: denial })
}

/**
 * Sets Cache-Control on whatever response the app gives, unless it has set one: at the moment the app gives it, since a
 * cache between us and the handler stores the response before it comes back here.
 */
function cacheBy(c: Context, value: string): void {
  const { get, set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(c), "res") ?? {}
  if (get === undefined || set === undefined) return
  Object.defineProperty(c, "res", {
    configurable: true,
    get,
    set(response: Response | undefined) {
      set.call(c, response)
      // The response to an upgrade belongs to the runtime, which would not know another one.
      if (response === undefined || response.status === 101) return
      if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", value)
    },
  })
}
