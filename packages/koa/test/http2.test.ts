import { once } from "node:events"
import { connect, createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http2"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import type { JwtAuthConfig } from "@jwt-auth/core"
import { describe, expect, it, onTestFinished } from "vitest"
import { jwtAuth } from "../src/index.js"
import { type App, bearer, consumer, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"
import { type HeaderLine, sendHeaders } from "./raw-http2.js"

async function listen(app: App): Promise<number> {
  const server = createServer(app.callback() as Parameters<typeof createServer>[0])
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function ask(app: App, sent: OutgoingHttpHeaders = {}) {
  const session = connect(`http://127.0.0.1:${await listen(app)}`)
  onTestFinished(() => void session.close())
  const stream = session.request({ ":path": "/", ...sent })
  stream.end()
  const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders]
  return { status: headers[":status"], headers, body: await text(stream) }
}

const opened = {
  ...twoConsumers,
  rules: [{ match: { domain: "open.example" }, public: true as const }],
}
const restricted = {
  ...twoConsumers,
  global_auth: false,
  rules: [{ match: { domain: "admin.example" }, allow: ["web"] }],
}

describe.each(versions)("HTTP/2 on $version", ({ Koa }) => {
  const build = (config: typeof opened | typeof restricted) =>
    new Koa().use(jwtAuth(config)).use((ctx) => {
      ctx.body = "in"
    })
  const watched = (config: JwtAuthConfig) => {
    const [reached, outcomes]: [string[], string[]] = [[], []]
    const auth = jwtAuth(config, { onDecision: ({ outcome }) => void outcomes.push(outcome) })
    const app = new Koa().use(auth).use((ctx) => void reached.push(ctx.get("X-Mse-Consumer")))
    return { app, reached, outcomes }
  }
  const first = (lines: readonly HeaderLine[]) => [
    [":method", "GET"] as const,
    [":scheme", "http"] as const,
    [":path", "/"] as const,
    ...lines,
  ]

  it("a refusal has its status, challenge, type and length", async () => {
    const { status, headers, body } = await ask(new Koa().use(jwtAuth(twoConsumers)).use(unreachable))
    expect([status, body]).toEqual([401, "Jwt missing"])
    expect(headers).toMatchObject({
      "www-authenticate": 'Bearer realm="jwt-auth"',
      "content-type": "text/plain; charset=utf-8",
      "content-length": String(body.length),
      vary: "Accept",
    })
  })

  it("a caller is known in every view of the request, and nothing that the client wrote there stays", async () => {
    const claims_to_headers = [{ claim: "sub", header: "X-Sub" }]
    const consumers = [consumer("web", { claims_to_headers, keep_token: false })]
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = new Koa().use(auth).use((ctx) => {
      ctx.body = { headers: ctx.headers, raw: ctx.req.rawHeaders, consumer: auth.get(ctx)?.consumer }
    })
    const spoofed = { "x-mse-consumer": ["root", "root"], "x-sub": "root" }
    const { body } = await ask(app, { ...bearer("web"), ...spoofed })
    const { headers, raw, consumer: name } = JSON.parse(body)
    expect([name, headers["x-mse-consumer"], headers["x-sub"]]).toEqual(["web", "web", "user of web"])
    expect(raw.slice(raw.indexOf("x-mse-consumer"))).toEqual([
      "x-mse-consumer",
      "web",
      "x-sub",
      "user of web",
    ])
    expect(body).not.toMatch(/root|Bearer|authorization/)
  })

  it("a token in query and cookie is stripped from every view, pseudo-headers too", async () => {
    const consumers = [consumer("web", { from_params: ["t"], from_cookies: ["t"], keep_token: false })]
    const app = new Koa().use(jwtAuth({ global_auth: true, consumers })).use((ctx) => {
      const { url, querystring, headers } = ctx
      ctx.body = { url, querystring, headers, raw: ctx.req.rawHeaders }
    })
    const token = tokenOf("web")
    const { body } = await ask(app, { ":path": `/x?a=1&t=${token}`, cookie: [`a=1`, `t=${token}`, `b=2`] })
    const { url, querystring, headers } = JSON.parse(body)
    expect([url, querystring, headers.cookie]).toEqual(["/x?a=1", "a=1", "a=1; b=2"])
    expect(body).not.toContain(token)
  })

  it(":authority is the host", async () => {
    const statusOf = async (config: typeof opened | typeof restricted, authority: string) =>
      (await ask(build(config), { ":authority": authority })).status
    expect(await statusOf(opened, "open.example")).toBe(200)
    expect(await statusOf(opened, "OPEN.example:8443")).toBe(200)
    expect(await statusOf(opened, "admin.example")).toBe(401)
    expect(await statusOf(restricted, "admin.example")).toBe(401)
    expect(await statusOf(restricted, "other.example")).toBe(200)
  })

  it("a Host that differs from :authority is no host: it opens nothing, and avoids nothing", async () => {
    const hosts = ["open.example", "admin.example", "other.example"]
    for (const authority of hosts)
      for (const host of hosts.filter((one) => one !== authority)) {
        const sent = { ":authority": authority, host }
        expect((await ask(build(opened), sent)).status).toBe(401)
        expect((await ask(build(restricted), sent)).status).toBe(401)
      }
    const same = { ":authority": "open.example", host: "open.example" }
    expect((await ask(build(opened), same)).status).toBe(200)
  })

  it.each(["open.example:80@admin.example", "open.example,admin.example", "open.example/admin.example"])(
    ":authority %s is no host",
    async (authority) => {
      for (const config of [opened, restricted]) {
        const { app, reached } = watched(config)
        await sendHeaders(await listen(app), first([[":authority", authority]]))
        expect(reached).toEqual([])
      }
    },
  )

  it("a repeated Authorization is one malformed token, never a choice", async () => {
    const good = `Bearer ${tokenOf("web")}`
    const orders = [
      [good, good],
      [good, "Bearer x.y.z"],
      ["Bearer x.y.z", good],
      ["Basic eDp5", good],
      [good, "Basic eDp5"],
    ]
    for (const values of orders) {
      const { app, reached, outcomes } = watched(twoConsumers)
      const lines = values.map((value) => ["authorization", value] as const)
      await sendHeaders(await listen(app), first([[":authority", "a"], ...lines]))
      expect([outcomes, reached]).toEqual([["deny"], []])
    }
  })

  it("one Authorization on the same wire is let in: it is the second that is refused", async () => {
    const { app, reached } = watched(twoConsumers)
    const { authorization } = bearer("web")
    await sendHeaders(
      await listen(app),
      first([
        [":authority", "a"],
        ["authorization", authorization],
      ]),
    )
    expect(reached).toEqual(["web"])
  })

  it("two Host lines are no host, without an :authority and with one", async () => {
    for (const authority of [[], [[":authority", "open.example"] as const]]) {
      const { app, reached } = watched(opened)
      await sendHeaders(
        await listen(app),
        first([...authority, ["host", "open.example"], ["host", "admin.example"]]),
      )
      expect(reached).toEqual([])
    }
  })

  it("one Host without an :authority is the host", async () => {
    const { app, reached } = watched(opened)
    await sendHeaders(await listen(app), first([["host", "open.example"]]))
    expect(reached).toEqual([""])
  })
})
