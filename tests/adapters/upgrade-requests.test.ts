import type { JwtAuthConfig } from "@jwt-auth/core"
import { jwtAuth } from "@jwt-auth/hono"
import { bearer, consumer, tokenOf, twoConsumers } from "@jwt-auth/test-support/consumers"
import { listen } from "@jwt-auth/test-support/http"
import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { dial, handshake, join, knock, readUntil, textFrame } from "./socket-client.js"
import { honoServer, nodeServers, socketServers } from "./socket-servers.js"

/** Everything is open but this path. */
const onePath: JwtAuthConfig = {
  global_auth: false,
  consumers: [consumer("web"), consumer("partner")],
  rules: [{ match: { path: "/ws" }, allow: ["web"] }],
}

const withToken = (name: string) => [`Authorization: Bearer ${tokenOf(name)}`]

describe.each(socketServers)("a handshake on $name", ({ start }) => {
  it.each([
    "/WS",
    "/ws/",
    "//ws",
    "/./ws",
    "/x/../ws",
    "/%77s",
    "/ws%00",
    "/ws;a=1",
    "/x\\..\\ws",
    "//elsewhere/ws",
    "http://127.0.0.1/ws",
    "http://elsewhere/ws",
    "http://elsewhere//ws",
  ])("does not get around the rule of a path by spelling it %s", async (target) => {
    const { status } = await knock(await start(onePath), { target })
    // 400 is that of a server that takes no such target.
    expect([400, 401]).toContain(status)
  })

  it("of a target with a host in it opens by the same rules (RFC 9112 §3.2.2)", async () => {
    const port = await start(onePath)
    const target = "http://127.0.0.1/ws"
    expect((await knock(port, { target, headers: withToken("partner") })).status).toBe(403)
    const socket = await dial(port)
    socket.write(handshake({ target, headers: withToken("web") }))
    expect(await readUntil(socket, '"consumer":"web"')).toMatch(/^HTTP\/1\.1 101 /)
  })

  it("of a target with a host in it is never let in by a public rule", async () => {
    const port = await start({ ...twoConsumers, rules: [{ match: { path: "/open" }, public: true }] })
    expect((await join(port, { path: "/open" })).seen).not.toHaveProperty("consumer")
    expect((await knock(port, { target: "http://elsewhere/open" })).status).toBe(401)
  })

  it("goes by the rule of its host, in any case and with any port", async () => {
    const rules = [{ match: { domain: "chat.example.com" }, allow: ["web"] }]
    const port = await start({ ...onePath, rules })
    for (const host of ["chat.example.com", "CHAT.example.com:8080", "chat.example.com."]) {
      expect((await knock(port, { host, headers: withToken("partner") })).status).toBe(403)
    }
    expect((await join(port)).seen).not.toHaveProperty("consumer")
  })

  it("has no other host by a forwarding header", async () => {
    const rules = [{ match: { domain: "open.example.com" }, public: true as const }]
    const port = await start({ ...twoConsumers, rules })
    const headers = ["X-Forwarded-Host: open.example.com", "Forwarded: host=open.example.com"]
    expect((await knock(port, { headers })).status).toBe(401)
  })

  it("of two hosts is let in by neither", async () => {
    const rules = [{ match: { domain: "open.example.com" }, public: true as const }]
    const port = await start({ ...twoConsumers, rules })
    for (const [host, other] of [
      ["open.example.com", "a"],
      ["a", "open.example.com"],
    ] as const) {
      expect([400, 401]).toContain((await knock(port, { host, headers: [`Host: ${other}`] })).status)
    }
  })

  it.each(["POST", "HEAD", "OPTIONS", "DELETE"])(
    "by %s opens nothing, not even with a token",
    async (method) => {
      const { status } = await knock(await start(twoConsumers), { method, headers: withToken("web") })
      expect(status).toBe(405)
    },
  )

  it("loses nothing of what the client sends right behind it", async () => {
    const socket = await dial(await start(twoConsumers))
    socket.write(
      Buffer.concat([handshake({ headers: withToken("web") }), textFrame("early"), textFrame("bird")]),
    )
    expect(await readUntil(socket, "you said bird")).toContain("you said early")
  })
})

describe.each(nodeServers)("an upgrade to another protocol on $name", ({ start }) => {
  it.each(["h2c", "TLS/1.0", "websocket, h2c"])("(%s) is refused without a token", async (upgrade) => {
    expect((await knock(await start(twoConsumers), { upgrade })).status).toBe(401)
  })

  it("is left to the app with one", async () => {
    const port = await start(twoConsumers)
    // That of `ws`, which speaks no other protocol.
    expect((await knock(port, { upgrade: "h2c", headers: withToken("web") })).status).toBe(400)
  })
})

describe("a handshake by another method than the handler's, on Hono", () => {
  const preflight = ["Origin: https://page.example", "Access-Control-Request-Method: GET"]

  // Hono's server for Node serves every handshake by the handlers of GET.
  it.each([
    ["OPTIONS", preflight, { path: "/secret" }],
    ["POST", [], { path: "/secret", method: "GET" }],
    ["DELETE", [], { path: "/secret", method: "GET" }],
  ])("(%s) does not make a handler run that a token is needed for", async (method, headers, match) => {
    const auth = jwtAuth({
      ...twoConsumers,
      global_auth: false,
      bypass_cors_preflight: true,
      rules: [{ match, allow: "any" }],
    })
    const callers: unknown[] = []
    const app = new Hono().use(auth).get("/secret", (c) => {
      callers.push(c.get("auth" as never))
      return c.text("secret", 200, { "X-Secret": "1" })
    })
    const port = await listen(honoServer(app as never))
    const refused = await knock(port, { method, target: "/secret", headers })
    expect(callers).toEqual([])
    expect(refused.status).toBe(401)
    expect(refused.headers).not.toHaveProperty("x-secret")
  })

  it("shows the handler the caller who is allowed", async () => {
    const auth = jwtAuth(twoConsumers)
    const app = new Hono().get("/secret", auth, (c) =>
      c.text("", 200, { "X-Caller": `${auth.get(c)?.consumer}` }),
    )
    const port = await listen(honoServer(app as never))
    const headers = [`Authorization: ${bearer("web").authorization}`]
    expect((await knock(port, { target: "/secret", headers })).headers["x-caller"]).toBe("web")
  })
})
