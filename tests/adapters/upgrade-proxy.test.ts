import { createServer, type IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import type { Decision, JwtAuthConfig } from "@jwt-auth/core"
import { jwtAuth as expressAuth } from "@jwt-auth/express"
import { jwtAuth as koaAuth } from "@jwt-auth/koa"
import { bearer, consumer, tokenOf } from "@jwt-auth/test-support/consumers"
import { listen, send } from "@jwt-auth/test-support/http"
import httpProxy from "http-proxy"
import { describe, expect, it, onTestFinished } from "vitest"
import { WebSocketServer } from "ws"
import { ask, dial, handshake, join, knock, readUntil, textFrame } from "./socket-client.js"
import { closed } from "./socket-gate.js"

const each = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
  from_params: ["access_token"],
  from_cookies: ["session"],
  claims_to_headers: [{ claim: "sub", header: "X-User" }],
}

function config(keepToken = true): JwtAuthConfig {
  return { global_auth: true, consumers: [consumer("web", { ...each, keep_token: keepToken })] }
}

interface Adapter {
  upgrade(req: IncomingMessage, socket: Duplex, head?: Uint8Array): Promise<Decision>
}

const adapters: readonly { readonly name: string; readonly make: (config: JwtAuthConfig) => Adapter }[] = [
  { name: "Express", make: (config) => expressAuth(config) },
  { name: "Koa", make: (config) => koaAuth(config) },
]

describe.each(adapters)("a WebSocket that $name's adapter lets through to a proxy", ({ make }) => {
  it("brings its upstream the identity, and nothing that was spoofed", async () => {
    const { port } = await start(make(config()))
    const spoofed = { "X-Mse-Consumer": ["admin", "root"], "x-user": "root" }
    const { seen, socket } = await join(port, { headers: { ...bearer("web"), ...spoofed, "X-A": "1" } })
    expect(seen.headers).toMatchObject({
      "x-mse-consumer": "web",
      "x-user": "user of web",
      "x-a": "1",
    })
    expect(JSON.stringify(seen)).not.toMatch(/admin|root/)
    expect(await ask(socket, "hello")).toBe("you said hello")
  })

  it("brings its upstream no token that is to be taken out, and the rest byte for byte", async () => {
    const { port } = await start(make(config(false)))
    const token = tokenOf("web")
    const headers = { cookie: `a=%20; session=${token};b=2` }
    const { seen } = await join(port, { path: `/ws?a=%20&access_token=${token}&b=+`, headers })
    expect(seen).toMatchObject({ url: "/ws?a=%20&b=+", headers: { cookie: "a=%20;b=2" } })
    expect(JSON.stringify(seen)).not.toContain(token)
  })

  it("loses nothing of what came right behind the handshake", async () => {
    const { port } = await start(make(config()))
    const socket = await dial(port)
    const headers = [`Authorization: ${bearer("web").authorization}`]
    socket.write(Buffer.concat([handshake({ headers }), textFrame("early")]))
    expect(await readUntil(socket, "you said early")).toMatch(/^HTTP\/1\.1 101 /)
  })

  it("is unknown to its upstream when it is refused", async () => {
    const { port, upstreamRequests } = await start(make(config()))
    expect((await knock(port, { headers: ["X-Mse-Consumer: web"] })).status).toBe(401)
    expect(upstreamRequests).toEqual([])
  })
})

it("a client that resets the connection while an upstream is asked ends nothing but that", async () => {
  let arrived: (socket: Duplex) => void = () => {}
  const upstreamSocket = new Promise<Duplex>((resolve) => {
    arrived = resolve
  })
  const upstream = createServer().on("upgrade", (_req, socket) => arrived(socket))
  const { port, sockets } = await startGateway(expressAuth(config()), await listen(upstream))
  const client = await dial(port)
  client.write(handshake({ headers: [`Authorization: ${bearer("web").authorization}`] }))
  const silent = await upstreamSocket
  onTestFinished(() => void silent.destroy())
  client.resetAndDestroy()
  // An unhandled error on this socket would fail the whole run.
  for (const socket of sockets) await closed(socket)
  expect((await send(port)).status).toBe(404)
})

async function start(
  auth: Adapter,
): Promise<{ readonly port: number; readonly upstreamRequests: unknown[] }> {
  const upstreamRequests: unknown[] = []
  const upstream = createServer((_req, res) => void res.writeHead(404).end())
  const sockets = new WebSocketServer({ server: upstream })
  upstream.on("upgrade", ({ url }) => upstreamRequests.push(url))
  sockets.on("connection", (ws, { headers, rawHeaders: raw, url }) => {
    ws.send(JSON.stringify({ headers, raw, url }))
    ws.on("message", (data) => ws.send(`you said ${data}`))
  })
  const { port } = await startGateway(auth, await listen(upstream))
  return { port, upstreamRequests }
}

async function startGateway(
  auth: Adapter,
  upstreamPort: number,
): Promise<{ readonly port: number; readonly sockets: readonly Duplex[] }> {
  const sockets: Duplex[] = []
  const proxy = httpProxy.createProxyServer({ target: `http://127.0.0.1:${upstreamPort}` })
  // A client that goes away ends the connection to the upstream, which is no news here.
  proxy.on("error", () => {})
  const gateway = createServer((_req, res) => void res.writeHead(404).end())
  gateway.on("upgrade", async (req, socket, head) => {
    sockets.push(socket)
    const decision = await auth.upgrade(req, socket, head)
    if (decision.outcome !== "deny") proxy.ws(req, socket, head)
  })
  return { port: await listen(gateway), sockets }
}
