import type { HttpBindings } from "@hono/node-server"
import type { ConformanceRow, HeaderView } from "@jwt-auth/core/testing"
import { jwtAuth } from "@jwt-auth/hono"
import { type Context, Hono } from "hono"
import { nodeViews } from "./node-views.js"
import { packed, rowHeader, type Shown, seenHeader, shownHeader } from "./protocol.js"
import { observer, same, verbFor } from "./served-row.js"

/** What Hono's server for Node hands over beside the request; other runtimes have nothing of the kind. */
export type Bindings = Partial<HttpBindings>

/** A handler of requests on any runtime, whose app is that of the row which a request names. */
export function honoFetch(rows: readonly ConformanceRow[]) {
  return async (request: Request, { incoming }: Bindings = {}): Promise<Response> => {
    // On Node not from the request: to look at its headers now would be to copy them, before the app may.
    const index = incoming?.headers[rowHeader] ?? request.headers.get(rowHeader)
    const row = rows[Number(index)]
    if (row === undefined) throw new Error(`no row ${index}`)
    let app: Hono<{ Bindings: Bindings }>
    try {
      app = honoApp(row)
    } catch {
      return new Response("the app could not be set up", { status: 500 })
    }
    const shown = packed(shownBy(request, incoming))
    const response = await app.fetch(request, { incoming })
    response.headers.set(shownHeader, shown)
    return response
  }
}

function shownBy({ method, url, headers }: Request, incoming: Bindings["incoming"]): Shown {
  const { host, path } = partsOf(url)
  if (incoming !== undefined) return { method, host, path: incoming.url ?? "", url }
  const cookie = headers.get("cookie")
  return { method, host, path, url, ...(cookie !== null && { cookie }) }
}

/** As text: not every server shows a URL that parses, or one at all. */
function partsOf(url: string): { readonly host: string; readonly path: string } {
  const [, host = "", path = url] = /^https?:\/\/([^/]*)(.*)$/s.exec(url) ?? []
  return { host, path }
}

function honoApp(row: ConformanceRow): Hono<{ Bindings: Bindings }> {
  const { options, seen } = observer(row)
  const auth = jwtAuth(row.config, options)
  const app = new Hono<{ Bindings: Bindings }>()
  app.use(verbFor(auth, row))
  app.all("*", (c) => {
    const consumer = same(auth.get(c), c.get("auth" as never))
    c.header(seenHeader, seen({ consumer, views: views(c), path: partsOf(c.req.url).path }))
    return c.text("reached")
  })
  return app
}

function views(c: Context<{ Bindings: Bindings }>): Record<string, HeaderView> {
  const { incoming } = c.env
  return {
    "c.req.header": c.req.header(),
    "c.req.raw": Object.fromEntries(c.req.raw.headers),
    forwarded: forwarded(c.req.raw),
    ...(incoming && nodeViews(incoming)),
  }
}

/** As a proxy makes a request of its own. Copied, a value loses the space after a comma at its end. */
function forwarded(request: Request): HeaderView {
  const { headers } = new Request("http://upstream.test", request)
  return Object.fromEntries([...headers].map(([name, value]) => [name, value.replace(/,$/, ", ")]))
}
