import { type Decision, type Denial, denialResponse, type RequestEdits } from "@jwt-auth/core"
import { applyEdits as editFetch } from "@jwt-auth/core/fetch"
import { applyEdits as editNode, isMadeOf } from "@jwt-auth/core/node"
import type { Context } from "hono"
import { getRuntimeKey } from "hono/adapter"
import { HTTPException } from "hono/http-exception"
import { nodePairOf } from "./read-request.js"

/** On a deny too: `some` and error handlers may let the request go on, and not with an identity of its own making. */
export function applyDecision(c: Context, decision: Decision, owner: object): void {
  const edits = decision.outcome === "deny" ? decision.cleanUp : decision.edits
  if (edits !== undefined) edit(c, edits, owner)
  if (decision.outcome !== "allow") return
  c.set("auth", decision.auth)
  if (decision.cacheControl !== undefined) keepOutOfCaches(c, decision.cacheControl)
}

/** In Hono's view and in Node's. Hono's first: it may not have copied the headers out of Node's yet. */
function edit(c: Context, edits: RequestEdits, owner: object): void {
  const incoming = nodePairOf(c.env)?.incoming
  c.req.raw = editFetch(c.req.raw, edits, { owner, holder: c.req, keep: isHandshake(c), beneath: incoming })
  if (incoming === undefined) return
  const { [firstOn]: first } = incoming as { [firstOn]?: Context["req"] }
  if (first === undefined) Object.defineProperty(incoming, firstOn, { value: c.req })
  if ((first ?? c.req) === c.req || isMadeOf(c.req.raw, incoming)) editNode(incoming, edits, owner)
}

/** A request that a handler makes itself, with the same `env`, must not put its identity on the one around it. */
const firstOn = Symbol("first request on Node's")

/** Bun and Deno upgrade no other request than the one they have made. */
function isHandshake({ req }: Context): boolean {
  if (!["bun", "deno"].includes(getRuntimeKey())) return false
  const upgrade = req.header("Upgrade")?.toLowerCase()
  return upgrade === "websocket" && req.header("Sec-WebSocket-Key") !== undefined
}

/** The answer to a refused request, as an error, which `onError`, `some` and `every` know how to take. */
export function refusal(c: Context, denial: Denial): HTTPException {
  const { status, headers, body } = denialResponse(denial, c.req.header("Accept"))
  const res = new Response(body, { status, headers })
  // What stands on the context, such as the Vary of CORS, replaces headers of the answer, or is replaced by them.
  c.header("Vary", headers["Vary"], { append: true })
  const standing = c.body(null).headers
  res.headers.set("Vary", standing.get("Vary") ?? "")
  if (standing.has("Cache-Control")) c.header("Cache-Control", headers["Cache-Control"])
  return new HTTPException(denial.status, { message: denial.message, res, cause: denial })
}

/**
 * Sets Cache-Control on whatever response the app gives, unless it has set one: at the moment the app gives it, since a
 * cache between us and the handler stores the response before it comes back here. A handler may also answer on Node's own.
 */
function keepOutOfCaches(c: Context, value: string): void {
  const outgoing = nodePairOf(c.env)?.outgoing
  if (outgoing?.hasHeader("Cache-Control") === false) outgoing.setHeader("Cache-Control", value)
  const { get, set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(c), "res") ?? {}
  if (get === undefined || set === undefined) return
  Object.defineProperty(c, "res", {
    configurable: true,
    get,
    set(response: Response | undefined) {
      set.call(c, response)
      // The response to an upgrade belongs to the runtime, which would not know another one; so does one on its way.
      if (response === undefined || response.status === 101 || outgoing?.headersSent === true) return
      if (response.headers.has("x-hono-already-sent")) return
      if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", value)
    },
  })
}
