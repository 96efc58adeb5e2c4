import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { Decision, Requirement } from "@jwt-auth/core"
import {
  type ConformanceRow,
  conformanceRows,
  type HeaderLine,
  type HeaderView,
  headerView,
  mismatches,
  type Observation,
} from "@jwt-auth/core/testing"
import { type ExpressJwtAuth, jwtAuth } from "@jwt-auth/express"
import type { Express, Request, RequestHandler } from "express"
import { describe, expect, it } from "vitest"
import { versions } from "./apps.js"
import { type RawResponse, rawRequest } from "@jwt-auth/test-support/raw-http"

const rows = (await conformanceRows()).filter(({ coreOnly }) => coreOnly === undefined)

describe.each(versions)("the conformance suite, through $version", ({ express }) => {
  it.for(rows.map((row) => [`${row.point} ${row.name}`, row] as const))("%s", async ([, row]) => {
    expect(mismatches(row, await observe(row, express()))).toEqual([])
  })
})

/** What the handler sees, kept here and not sent in the answer: an answer to HEAD has no body. */
type Seen = Pick<Extract<Observation, { outcome: "allow" | "pass" }>, "consumer" | "views" | "path">

async function observe(row: ConformanceRow, app: Express): Promise<Observation> {
  const decisions: Decision[] = []
  const auth = jwtAuth(row.config, {
    now: () => row.now,
    onDecision: (decision) => decisions.push(decision),
  })
  let seen: Seen | undefined
  app.use(verbFor(auth, row))
  app.use((req, res) => {
    const { headers, headersDistinct, rawHeaders } = req
    const views = { headers, headersDistinct, rawHeaders: headerView(pairs(rawHeaders)) }
    seen = { consumer: consumerOf(auth, req), views: withoutTransport(views, row), path: req.url }
    res.end("reached")
  })
  const response = await ask(app, row)
  if (seen === undefined) return refusal(response)
  const [decision] = decisions
  if (decisions.length !== 1 || decision === undefined || decision.outcome === "deny") {
    throw new Error(
      `the handler was reached after ${JSON.stringify(decisions.map(({ outcome }) => outcome))}`,
    )
  }
  const wouldDeny = decision.outcome === "pass" ? decision.wouldDeny?.code : undefined
  const cacheControl = response.headers["cache-control"] ?? null
  return { outcome: decision.outcome, ...seen, cacheControl, wouldDeny: wouldDeny ?? null }
}

/** The middleware as an app would write it for what the row asks of the code. */
function verbFor(auth: ExpressJwtAuth, { request, requirement }: ConformanceRow): RequestHandler {
  if (request.route !== undefined) return auth.route(request.route)
  return requirement === undefined ? auth : verbOf(auth, requirement)
}

function verbOf(auth: ExpressJwtAuth, requirement: Requirement): RequestHandler {
  const { allow, optional, route, scopes } = requirement
  if (scopes !== undefined || optional === false) return auth.require(requirement)
  const names = allow === "any" ? [] : (allow ?? [])
  if (optional === true) return auth.optional(...names)
  if (allow === "any") return auth.any()
  const [first, ...more] = names
  if (first !== undefined && route === undefined) return auth.allow(first, ...more)
  return route !== undefined && allow === undefined ? auth.route(route) : auth.require(requirement)
}

/** `auth.get` is the typed way, `req.auth` the one that everybody expects: one and the same. */
function consumerOf(auth: ExpressJwtAuth, req: Request): string | undefined {
  const known = auth.get(req)
  const { auth: property } = req as { auth?: unknown }
  if (property !== known) throw new Error("req.auth is not what auth.get says")
  return known?.consumer
}

async function ask(app: Express, row: ConformanceRow): Promise<RawResponse> {
  const { method = "GET", host = "api.example.com", path = "/", headers = [] } = row.request
  const server = createServer(app).listen(0, "127.0.0.1")
  await once(server, "listening")
  try {
    return await rawRequest((server.address() as AddressInfo).port, {
      method,
      target: path,
      headers: [["Host", host], ...accept(row), ...headers],
    })
  } finally {
    server.close()
  }
}

/** Problem details show the code. A row that is about the body says itself what it accepts. */
function accept({ request: { headers = [] } }: ConformanceRow): readonly HeaderLine[] {
  const given = headers.some(([name]) => name.toLowerCase() === "accept")
  return given ? [] : [["Accept", "application/problem+json"]]
}

/** Without the headers that only this runner has sent. */
function withoutTransport(
  views: Record<string, HeaderView>,
  row: ConformanceRow,
): Record<string, HeaderView> {
  const own = new Set(["host", "connection", ...accept(row).map(([name]) => name.toLowerCase())])
  return Object.fromEntries(
    Object.entries(views).map(([view, headers]) => [
      view,
      Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name))),
    ]),
  )
}

function pairs(raw: readonly string[]): readonly HeaderLine[] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ""] as const] : []))
}

function refusal({ status, headers, body }: RawResponse): Observation {
  const contentType = headers["content-type"] ?? null
  const { code }: { code?: string } =
    contentType?.startsWith("application/problem+json") && body !== "" ? JSON.parse(body) : {}
  return {
    outcome: "deny",
    status,
    code,
    wwwAuthenticate: headers["www-authenticate"] ?? null,
    contentType,
    body,
  }
}
