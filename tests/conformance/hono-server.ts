import type { Server } from "node:http"
import { createAdaptorServer, type HttpBindings } from "@hono/node-server"
import type { ConformanceRow } from "@jwt-auth/core/testing"
import { honoFetch } from "./hono.js"

/** Hono on Node. Its server may speak HTTP/2 too, and its types allow for that; this one does not. */
export function honoServer(rows: readonly ConformanceRow[]): Server {
  const fetch = honoFetch(rows)
  return createAdaptorServer({ fetch: (request, env) => fetch(request, env as HttpBindings) }) as Server
}
