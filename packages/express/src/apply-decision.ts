import { type Decision, type Denial, denialResponse } from "@jwt-auth/core"
import { applyEdits } from "@jwt-auth/core/node"
import type { Request, Response } from "express"

/** Lets a request through: everything downstream sees the edited request. */
export function applyPassage(
  req: Request,
  res: Response,
  decision: Exclude<Decision, { outcome: "deny" }>,
): void {
  applyEdits(req, decision.edits)
  if (decision.edits.path !== undefined) refreshQuery(req)
  if (decision.edits.headers.some(({ name }) => name === "cookie")) refreshCookies(req)
  if (decision.outcome === "pass") return
  Object.assign(req, { auth: decision.auth })
  // Before the handlers run, so that an app that knows better can still replace it.
  if (decision.cacheControl !== undefined && !res.hasHeader("Cache-Control")) {
    res.setHeader("Cache-Control", decision.cacheControl)
  }
}

/** Answers a refused request. Node leaves the body out for HEAD. */
export function respond(req: Request, res: Response, denial: Denial): void {
  const { status, headers, body } = denialResponse(denial, req.headers.accept)
  res.statusCode = status
  for (const [name, value] of Object.entries(headers))
    name === "Vary" ? res.vary(value) : res.setHeader(name, value)
  res.setHeader("Content-Length", Buffer.byteLength(body))
  res.end(body)
}

/** Express 4 has parsed the query before any middleware runs; Express 5 parses `url` whenever it is asked. */
function refreshQuery(req: Request): void {
  if (!Object.hasOwn(req, "query")) return
  const parse: unknown = req.app.get("query parser fn")
  const start = req.url.indexOf("?")
  if (typeof parse === "function") req.query = parse(start === -1 ? "" : req.url.slice(start + 1))
}

/** cookie-parser, where it ran before us, has kept its own copies. */
function refreshCookies(req: Request): void {
  const left = new Set((req.headers.cookie ?? "").split(";").map((pair) => pair.split("=", 1)[0]?.trim()))
  for (const parsed of [req.cookies, req.signedCookies] as unknown[]) {
    if (typeof parsed !== "object" || parsed === null) continue
    for (const name of Object.keys(parsed))
      if (!left.has(name)) delete (parsed as Record<string, unknown>)[name]
  }
}
