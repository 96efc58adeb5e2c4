import { honoFetch } from "../hono.js"
import { ready, rowsToServe } from "./on-node.js"

declare const Bun: {
  serve(options: { hostname: string; port: 0; fetch(request: Request): Promise<Response> }): { port: number }
}

const fetch = honoFetch(rowsToServe())
ready(Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: (request) => fetch(request) }).port)
