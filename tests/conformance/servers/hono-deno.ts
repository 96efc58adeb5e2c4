import { honoFetch } from "../hono.js"
import { ready, rowsToServe } from "./on-node.js"

declare const Deno: {
  serve(
    options: { hostname: string; port: 0; onListen(address: { port: number }): void },
    fetch: (request: Request) => Promise<Response>,
  ): unknown
}

const fetch = honoFetch(rowsToServe())
const onListen = ({ port }: { port: number }) => ready(port)
Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, (request) => fetch(request))
