import { once } from "node:events"
import { connect, createServer, type IncomingHttpHeaders } from "node:http2"
import type { AddressInfo } from "node:net"
import { getRequestListener } from "@hono/node-server"
import { Hono } from "hono"
import { describe, expect, it, onTestFinished } from "vitest"
import { jwtAuth } from "../src/index.js"
import { type App, bearer, consumer, echo, type Seen, tokenOf, twoConsumers, unreachable } from "./apps.js"

type Headers2 = Record<string, string | string[]>

async function ask2(
  app: App,
  headers: Headers2 = {},
  body?: string,
): Promise<{ status: number; body: string; headers: IncomingHttpHeaders }> {
  const server = createServer(getRequestListener(app.fetch as never))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(() => {
    session.destroy()
    server.close()
  })
  const stream = session.request({ ":path": "/", ":method": body === undefined ? "GET" : "POST", ...headers })
  stream.end(body)
  const [answer] = (await once(stream, "response")) as [IncomingHttpHeaders & { ":status": number }]
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return { status: answer[":status"], headers: answer, body: Buffer.concat(chunks).toString() }
}

describe("HTTP/2 on @hono/node-server", () => {
  const consumers = [consumer("web", { from_params: ["t"], from_cookies: ["t"], keep_token: false })]
  const stripping = { global_auth: true, consumers }

  it("a refusal is the same, with its challenge", async () => {
    const reply = await ask2(new Hono().use(jwtAuth(twoConsumers)).all("*", unreachable))
    expect([reply.status, reply.body]).toEqual([401, "Jwt missing"])
    expect(reply.headers["www-authenticate"]).toBe('Bearer realm="jwt-auth"')
  })

  it("the identity is seen in every view, and nothing that the client wrote there", async () => {
    const app = new Hono().use(jwtAuth(twoConsumers)).all("*", echo)
    const { body } = await ask2(app, { ...bearer("web"), "x-mse-consumer": "root" })
    const seen = JSON.parse(body) as Seen
    expect([seen.consumer, seen.headers["x-mse-consumer"]]).toEqual(["web", "web"])
    expect(body).not.toContain("root")
  })

  it("a token in the query or in one of several cookie fields is gone from every view, and the body is there", async () => {
    const token = tokenOf("web")
    const echoed = new Hono().use(jwtAuth(stripping)).all("*", echo)
    for (const headers of [
      { ":path": `/x?a=1&t=${token}`, cookie: "b=2" },
      { ":path": "/x?a=1", cookie: ["b=2", `t=${token}`] },
    ] as Headers2[]) {
      const { body } = await ask2(echoed, headers)
      expect(body).not.toContain(token)
      expect(JSON.parse(body)).toMatchObject({ consumer: "web", url: "/x?a=1", cookies: { b: "2" } })
    }
    const reading = new Hono().use(jwtAuth(stripping)).post("*", async (c) => c.text(await c.req.text()))
    expect((await ask2(reading, { ":path": `/?t=${token}` }, "hello")).body).toBe("hello")
  })

  it("rules look at :authority, and a Host header beside it is no way around them", async () => {
    const rules = [{ match: { domain: "open.example" }, public: true as const }]
    const app = new Hono().use(jwtAuth({ ...twoConsumers, rules })).all("*", echo)
    expect((await ask2(app, { ":authority": "open.example" })).status).toBe(200)
    expect((await ask2(app, { ":authority": "other.example" })).status).toBe(401)
    expect((await ask2(app, { ":authority": "other.example", host: "open.example" })).status).toBe(401)
    expect((await ask2(app, { ":authority": "open.example", host: "other.example" })).status).toBe(401)
  })
})
