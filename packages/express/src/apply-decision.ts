import { type Decision, type Denial, denialResponse } from "@jwt-auth/core"
import { refreshQuery } from "@jwt-auth/core/node"
import type { Request, Response } from "express"

/** Edits the request where Node has it, and then what Express and cookie-parser have made of it before. */
export function applyDecision(req: Request, decision: Decision, edit: () => void): void {
  const { path, headers = [] } = (decision.outcome === "deny" ? decision.cleanUp : decision.edits) ?? {}
  if (path !== undefined || headers.some(({ name }) => name === "cookie")) editViews(req, edit)
  else edit()
  if (decision.outcome === "allow") Object.assign(req, { auth: decision.auth })
}

function editViews(req: Request, edit: () => void): void {
  const { url } = req
  const { cookie } = req.headers
  edit()
  if (req.url !== url) reparseQuery(req, url)
  if (req.headers.cookie !== cookie) refreshCookies(req, cookie)
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
