import { createServer, type IncomingMessage } from "node:http"
import { listen } from "@jwt-auth/test-support/http"

/** A header as it came over the wire; a value holds one character per byte. */
export type Line = readonly [name: string, value: string]

/** What an upstream got, before any framework has looked at it. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly lines: readonly Line[]
  readonly trailers: readonly string[]
  readonly body: Buffer
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

export interface Upstream {
  readonly port: number
  /** In the order in which the requests came. */
  readonly received: readonly Received[]
}

/** The server behind a proxy. By default it answers with what it got. */
export async function startUpstream(answer: (received: Received) => Answer = echo): Promise<Upstream> {
  const received: Received[] = []
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const { method = "", url = "", rawTrailers: trailers } = req
    const got = { method, url, lines: linesOf(req), trailers, body: Buffer.concat(chunks) }
    received.push(got)
    const { status = 200, headers, body } = answer(got)
    res.writeHead(status, { "Content-Length": Buffer.byteLength(body), ...headers })
    res.end(body)
  })
  return { port: await listen(server), received }
}

function echo({ method, url, lines }: Received): Answer {
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify({ method, url, lines }) }
}

function linesOf({ rawHeaders }: IncomingMessage): Line[] {
  const lines: Line[] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    lines.push([rawHeaders[i] as string, rawHeaders[i + 1] as string])
  }
  return lines
}

/** The values of one header, one for each line it came on. */
export function valuesOf({ lines }: Received, name: string): readonly string[] {
  return lines.filter(([sent]) => sent.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
}

/** All that an upstream can tell apart, but for the order of different headers and the case of their names. */
export function comparable({ method, url, lines, body }: Received, without: readonly string[] = []) {
  const left = lines.map(([name, value]) => {
    const lower = name.toLowerCase()
    // Where a proxy names the upstream, and not the host that the client asked for: its port is another each time.
    return [lower, lower === "host" ? value.replace(/:\d+$/, "") : value] as const
  })
  const headers = left.filter(([name]) => !without.includes(name)).sort(([a], [b]) => (a < b ? -1 : +(a > b)))
  return { method, url, headers, body: body.toString("latin1") }
}
