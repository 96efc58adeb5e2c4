import type { ConformanceRow, HeaderLine, HeaderView, Observation } from "@jwt-auth/core/testing"
import { rowHeader, type Seen, type Shown, seenHeader, shownHeader, unpacked } from "./protocol.js"
import { type RawRequest, type RawResponse, rawRequest } from "./raw-http.js"
import { judge, type Verdict } from "./verdict.js"

/** Sends a request as it stands; rejects when there is no answer. */
export type Send = (request: RawRequest) => Promise<RawResponse>

export function overTcp(port: number): Send {
  return (request) => rawRequest(port, request)
}

/** Sends a row to a server under test, byte for byte, and judges what became of it. */
export async function run(row: ConformanceRow, index: number, send: Send): Promise<Verdict> {
  const { method = "GET", host = "api.example.com", path = "/", headers = [] } = row.request
  const own: readonly HeaderLine[] = [["Host", host], [rowHeader, String(index)], ...accept(row)]
  const lines = [...own, ...headers]
  if (/[^\0-\xff]/.test(lines.join())) return judge(row, { refused: "a header holds bytes" })
  let response: RawResponse
  try {
    response = await send({ method, target: path, headers: lines })
  } catch (error) {
    return judge(row, { refused: error instanceof Error ? error.message : String(error) })
  }
  const shown = response.headers[shownHeader]
  if (shown === undefined) return judge(row, { refused: `answered ${response.status}` })
  return judge(row, { shown: unpacked<Shown>(shown), observed: observation(response, own) })
}

/** Problem details show the code. A row that is about the body says itself what it accepts. */
function accept({ request: { headers = [] } }: ConformanceRow): readonly HeaderLine[] {
  const given = headers.some(([name]) => name.toLowerCase() === "accept")
  return given ? [] : [["Accept", "application/problem+json"]]
}

function observation(response: RawResponse, own: readonly HeaderLine[]): Observation {
  const { status, headers, body } = response
  const reached = headers[seenHeader]
  if (reached !== undefined) {
    const { views, ...seen } = unpacked<Seen>(reached)
    const cacheControl = headers["cache-control"] ?? null
    return { ...seen, views: withoutOwn(views, own), cacheControl }
  }
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

/** Without the headers that only the driver has sent. */
function withoutOwn(views: Seen["views"], own: readonly HeaderLine[]): Record<string, HeaderView> {
  const names = new Set(["connection", ...own.map(([name]) => name.toLowerCase())])
  return Object.fromEntries(
    Object.entries(views).map(([view, headers]) => [
      view,
      Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name))),
    ]),
  )
}
