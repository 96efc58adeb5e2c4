import { type Decision, type Denial, denialResponse } from "@jwt-auth/core"
import { applyEdits, refreshQuery } from "@jwt-auth/core/node"
import type { Request, Response } from "express"

/** Lets a request through: everything downstream sees the edited request. */
export function applyPassage(
  req: Request,
  res: Response,
  decision: Exclude<Decision, { outcome: "deny" }>,
  owner: object,
): void {
  const { url } = req
  const { cookie } = req.headers
  applyEdits(req, decision.edits, owner)
  if (req.url !== url) reparseQuery(req, url)
  if (req.headers.cookie !== cookie) refreshCookies(req, cookie)
  if (decision.outcome === "pass") return
  Object.assign(req, { auth: decision.auth })
  // Before the handlers run, so that an app that knows better can still replace it.
  if (decision.cacheControl !== undefined && !res.hasHeader("Cache-Control")) {
    res.setHeader("Cache-Control", decision.cacheControl)
  }
}

/** Error handlers can let a refused request go on: not with an identity of its own making. */
export function applyRefusal(
  req: Request,
  { cleanUp }: Extract<Decision, { outcome: "deny" }>,
  owner: object,
): void {
  if (cleanUp !== undefined) applyEdits(req, cleanUp, owner)
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

/** Express 4 has parsed the query before any middleware runs, by the app's own parser; Express 5 parses `url` when asked. */
function reparseQuery(req: Request, urlBefore: string): void {
  const parse: unknown = req.app.get("query parser fn")
  if (!Object.hasOwn(req, "query") || typeof parse !== "function") return
  const queryIn = (url: string): Request["query"] => parse(url.replace(/^[^?]*\??/, ""))
  refreshQuery(req.query, queryIn(urlBefore), queryIn(req.url))
}

/** cookie-parser, where it ran before us, has kept its own copies. */
function refreshCookies(req: Request, cookieBefore = ""): void {
  const left = cookieNames(req.headers.cookie ?? "")
  for (const name of cookieNames(cookieBefore)) {
    if (left.has(name)) continue
    delete req.cookies?.[name]
    delete req.signedCookies?.[name]
  }
}

function cookieNames(header: string): ReadonlySet<string> {
  return new Set(header.split(";").map((pair) => pair.slice(0, pair.indexOf("=")).trim()))
}
