import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http"
import { listen } from "@jwt-auth/test-support/http"

interface Stored {
  readonly status: number
  readonly headers: NodeJS.Dict<string[]>
  readonly body: Buffer
  /** What the request said in the headers that the response varies by. */
  readonly selected: ReadonlyMap<string, string>
}

/** Statuses that a cache may store although nothing says for how long (RFC 9110 §15.1). */
const heuristic = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501])

/**
 * A shared cache in front of a server, as greedy as RFC 9111 lets it be: it stores all that it may, and finds nothing ever
 * stale.
 */
export async function startSharedCache(origin: number) {
  const store = new Map<string, Stored[]>()
  const server = createServer(async (req, res) => {
    const variants = store.get(req.url ?? "") ?? []
    const hit = req.method === "GET" ? variants.find(({ selected }) => matches(selected, req)) : undefined
    if (hit !== undefined) {
      respond(res, hit)
      return
    }
    const answer = await forward(origin, req)
    if (mayStore(req, answer)) store.set(req.url ?? "", [...variants, answer])
    respond(res, answer)
  })
  const stored = () => [...store.values()].flat().map(({ body }) => body.toString())
  return { port: await listen(server), stored }
}

/** RFC 9111 §3 and §3.5. */
function mayStore(req: IncomingMessage, { status, headers, selected }: Stored): boolean {
  const says = directives(headers["cache-control"])
  if (
    req.method !== "GET" ||
    selected.has("*") ||
    directives([req.headers["cache-control"] ?? ""]).has("no-store")
  )
    return false
  if (["no-store", "private", "no-cache"].some((directive) => says.has(directive))) return false
  const shared = ["public", "s-maxage", "must-revalidate"].some((directive) => says.has(directive))
  if (req.headers.authorization !== undefined && !shared) return false
  const explicit = ["public", "max-age", "s-maxage"].some((directive) => says.has(directive))
  return explicit || headers["expires"] !== undefined || heuristic.has(status)
}

function directives(lines: readonly string[] = []): ReadonlySet<string> {
  const all = lines.flatMap((line) => line.split(","))
  return new Set(all.map((directive) => directive.split("=")[0]?.trim().toLowerCase() ?? ""))
}

/** RFC 9111 §4.1. */
function matches(selected: Stored["selected"], req: IncomingMessage): boolean {
  return [...selected].every(([name, value]) => sentIn(req, name) === value)
}

function sentIn(req: IncomingMessage, name: string): string {
  return req.headersDistinct[name]?.join(", ") ?? ""
}

function forward(port: number, req: IncomingMessage): Promise<Stored> {
  return new Promise((resolve, reject) => {
    const { method, url: path } = req
    const headers = { ...req.headersDistinct, host: req.headers.host ?? "", connection: "close" }
    const forwarding = request({ host: "127.0.0.1", port, method, path, headers, agent: false })
    forwarding.on("error", reject)
    forwarding.on("response", async (answer) => {
      const body = Buffer.concat(await answer.toArray())
      const { connection: _hop, "transfer-encoding": _framing, ...headers } = answer.headersDistinct
      const vary = [...directives(headers["vary"])].filter((name) => name !== "")
      const selected = new Map(vary.map((name) => [name, sentIn(req, name)]))
      resolve({ status: answer.statusCode ?? 0, headers, body, selected })
    })
    req.pipe(forwarding)
  })
}

function respond(res: ServerResponse, { status, headers, body }: Stored): void {
  for (const [name, values] of Object.entries(headers)) if (values !== undefined) res.setHeader(name, values)
  res.statusCode = status
  res.end(body)
}
