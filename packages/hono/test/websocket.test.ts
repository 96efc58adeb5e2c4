import { once } from "node:events"
import { createServer, type IncomingMessage, type Server } from "node:http"
import { createAdaptorServer, upgradeWebSocket } from "@hono/node-server"
import { listen } from "@jwt-auth/test-support/http"
import { Hono } from "hono"
import { describe, expect, it, onTestFinished } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { jwtAuth } from "../src/index.js"
import { consumer, tokenOf } from "./apps.js"

const from = { from_headers: [{ name: "Authorization", value_prefix: "Bearer " }], from_params: ["t"] }
const config = {
  global_auth: true,
  consumers: [consumer("web", { ...from, keep_token: false }), consumer("partner", from)],
}

async function serve(): Promise<{ port: number; opened: string[] }> {
  const opened: string[] = []
  const auth = jwtAuth(config)
  const app = new Hono().use(auth).get(
    "/ws",
    auth.allow("web"),
    upgradeWebSocket((c) => {
      opened.push(c.req.url.replace(/^http:\/\/[^/]*/, ""))
      const caller = `${auth.get(c)?.consumer} ${c.req.header("x-mse-consumer")} ${c.get("auth" as never) !== undefined}`
      return { onOpen: (_event, ws) => ws.send(caller), onMessage: ({ data }, ws) => ws.send(`${data}`) }
    }),
  )
  const websocket = { server: new WebSocketServer({ noServer: true }) as never }
  const server = createAdaptorServer({ fetch: app.fetch, createServer, websocket }) as Server
  return { port: await listen(server), opened }
}

function connect(port: number, path: string, headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  // One that is refused, or ended by the test, has nothing to report.
  socket.on("error", () => {})
  onTestFinished(() => socket.terminate())
  return socket
}

describe("upgradeWebSocket of @hono/node-server behind us", () => {
  it.each([
    ["no token", () => ({}), 401, 'Bearer realm="jwt-auth"'],
    [
      "a bad token",
      () => ({ authorization: "Bearer x.y.z" }),
      401,
      'Bearer realm="jwt-auth", error="invalid_token", error_description="Jwt verification fails"',
    ],
    ["another consumer's token", () => ({ authorization: `Bearer ${tokenOf("partner")}` }), 403, undefined],
  ])("%s is refused before the handshake", async (_what, headers, status, challenge) => {
    const { port, opened } = await serve()
    const socket = connect(port, "/ws", headers())
    const [request, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage]
    expect(request).toBeDefined()
    expect([response.statusCode, response.headers["www-authenticate"]]).toEqual([status, challenge])
    response.destroy()
    expect(opened).toEqual([])
  })

  it.each([
    ["Authorization", (token: string) => ["/ws?a=1", { authorization: `Bearer ${token}` }] as const],
    ["the query", (token: string) => [`/ws?t=${token}&a=1`, {}] as const],
  ])(
    "an allowed one is let through, with the identity and without the token (%s)",
    async (_place, withToken) => {
      const { port, opened } = await serve()
      const [path, headers] = withToken(tokenOf("web"))
      const socket = connect(port, path, { ...headers, "X-Mse-Consumer": "root" })
      const [hello] = (await once(socket, "message")) as [Buffer]
      expect(hello.toString()).toBe("web web true")
      socket.send("echo")
      const [echo] = (await once(socket, "message")) as [Buffer]
      expect([echo.toString(), opened]).toEqual(["echo", ["/ws?a=1"]])
    },
  )

  it("a plain request for the socket's path is refused and let through as any other", async () => {
    const { port } = await serve()
    const url = `http://127.0.0.1:${port}/ws`
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(`${url}?t=${tokenOf("web")}`)).status).toBe(404)
  })
})
