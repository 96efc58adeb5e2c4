import { once } from "node:events"
import { createServer, type IncomingMessage, request } from "node:http"
import type { AddressInfo } from "node:net"
import { inspect } from "node:util"
import type { Context } from "koa"
import { describe, expect, it, onTestFinished } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, tokenOf, versions } from "./apps.js"

const consumers = [
  consumer("web", {
    from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
    from_params: ["t"],
    from_cookies: ["t"],
    keep_token: false,
    claims_to_headers: [
      { claim: "sub", header: "X-Sub" },
      { claim: "tag", header: "X-Tag", override: false },
    ],
  }),
]
const config = { global_auth: true, consumers }
const spoofed = {
  "X-Mse-Consumer": "root",
  "x-mse-consumer": "root",
  "X-MSE-CONSUMER": ["root", "root"],
  "X-Sub": ["root", "root"],
}

/** A proxy of the kind that copies the lines of the request as they came. */
async function upstream(): Promise<(ctx: Context) => Promise<void>> {
  const server = createServer(({ rawHeaders, url }, res) => res.end(JSON.stringify({ rawHeaders, url })))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  return async (ctx) => {
    const { method, url: path, rawHeaders } = ctx.req
    const headers = rawHeaders as never
    const onward = request({ port, host: "127.0.0.1", method, path, headers, agent: false }).end()
    const [response] = (await once(onward, "response")) as [IncomingMessage]
    ctx.body = response
  }
}

describe.each(versions)("what is seen behind the middleware on $version", ({ Koa }) => {
  it("every view of the headers shows the identity, and none what the client wrote there", async () => {
    const app = new Koa().use(jwtAuth(config)).use(echo)
    const { seen } = await ask(app, { headers: { ...spoofed, ...bearer("web", { tag: "a" }), "X-Tag": "b" } })
    expect(seen.headers).toMatchObject({ "x-mse-consumer": "web", "x-sub": "user of web", "x-tag": "b, a" })
    expect(seen.distinct).toMatchObject({
      "x-mse-consumer": ["web"],
      "x-sub": ["user of web"],
      "x-tag": ["b", "a"],
    })
    const lines = seen.raw.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${seen.raw[i + 1]}`] : []))
    expect(lines.filter((line) => /^x-/i.test(line)).sort()).toEqual([
      "x-mse-consumer: web",
      "x-sub: user of web",
      "x-tag: a",
      "x-tag: b",
    ])
    expect(JSON.stringify(seen)).not.toMatch(/root|Bearer|authorization/i)
  })

  it("every view of an anonymous request is free of what the client wrote there", async () => {
    const app = new Koa().use(jwtAuth(config).optional()).use(echo)
    const { seen } = await ask(app, { headers: { ...spoofed, "X-Other": "stays" } })
    expect(JSON.stringify(seen)).not.toMatch(/root|x-mse-consumer|x-sub/i)
    expect([seen.headers["x-other"], seen.distinct["x-other"]]).toEqual(["stays", ["stays"]])
    expect(seen.raw).toContain("X-Other")
  })

  it("headers that are not ours keep their lines: order, spelling and repetition", async () => {
    const app = new Koa().use(jwtAuth(config)).use(echo)
    const others = { "X-One": ["1", "2"], aCCept: "a/b", "x-one": "3" }
    const { seen } = await ask(app, { headers: { ...others, ...bearer("web") } })
    expect(seen.raw.slice(0, 10)).toEqual([
      "Host",
      "127.0.0.1",
      "X-One",
      "1",
      "X-One",
      "2",
      "aCCept",
      "a/b",
      "x-one",
      "3",
    ])
    expect(seen.distinct["x-one"]).toEqual(["1", "2", "3"])
  })

  it.each(["headers", "headersDistinct", "rawHeaders"] as const)(
    "reading %s before the middleware changes nothing of what is seen behind it, and never throws",
    async (view) => {
      const held: unknown[] = []
      const app = new Koa()
        .use((ctx, next) => {
          held.push(ctx.req[view])
          return next()
        })
        .use(jwtAuth(config))
        .use((ctx, next) => {
          held.push(ctx.req[view])
          return next()
        })
        .use(echo)
      const { status, seen } = await ask(app, { headers: { ...spoofed, ...bearer("web") } })
      expect(status).toBe(200)
      expect(seen.distinct["x-mse-consumer"]).toEqual(["web"])
      expect(JSON.stringify(seen)).not.toContain("root")
      expect(held[0]).toBe(held[1])
    },
  )

  it.each(["headers", "headersDistinct", "rawHeaders"] as const)(
    "reading %s first behind the middleware never throws, however many lines went",
    async (view) => {
      const app = new Koa().use(jwtAuth(config).optional()).use((ctx) => {
        ctx.body = JSON.stringify(ctx.req[view])
      })
      const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`X-${i}`, "kept"]))
      const reply = await ask(app, { headers: { ...spoofed, ...many } })
      expect(reply.status).toBe(200)
      expect(reply.body.match(/kept/g)).toHaveLength(20)
      expect(reply.body).not.toContain("root")
    },
  )

  it("a proxy that copies rawHeaders forwards the identity, no spoofed header and no token", async () => {
    const app = new Koa().use(jwtAuth(config)).use(await upstream())
    const token = tokenOf("web")
    const cookie = `a=1; t=${token}`
    const headers = { ...spoofed, Authorization: `Bearer ${token}`, cookie }
    const reply = await ask(app, { path: `/up?a=1&t=${token}`, headers })
    expect(reply.body).not.toMatch(/root|authorization/i)
    expect(reply.body).not.toContain(token)
    const { rawHeaders, url } = JSON.parse(reply.body) as { rawHeaders: string[]; url: string }
    expect(url).toBe("/up?a=1")
    const lineOf = (name: string) => rawHeaders[rawHeaders.indexOf(name) + 1]
    expect([lineOf("x-mse-consumer"), lineOf("x-sub"), lineOf("cookie")]).toEqual([
      "web",
      "user of web",
      "a=1",
    ])
  })

  it("a claim in other letters than ASCII reaches an upstream as UTF-8", async () => {
    const app = new Koa().use(jwtAuth(config)).use(await upstream())
    const reply = await ask(app, { headers: bearer("web", { sub: "Zoë 李" }) })
    const { rawHeaders } = JSON.parse(reply.body) as { rawHeaders: string[] }
    const value = rawHeaders[rawHeaders.indexOf("x-sub") + 1] ?? ""
    expect(Buffer.from(value, "latin1").toString()).toBe("Zoë 李")
  })

  it("every alias that Koa has for the headers shows the same", async () => {
    const app = new Koa().use(jwtAuth(config)).use((ctx) => {
      const aliases = [ctx.headers, ctx.header, ctx.request.headers, ctx.request.header, ctx.req.headers]
      const got = [ctx, ctx.request].map((one) => one.get("X-Mse-Consumer"))
      ctx.body = [...aliases.map((headers) => headers["x-mse-consumer"]), ...got]
    })
    const reply = await ask(app, { headers: { ...spoofed, ...bearer("web") } })
    expect(JSON.parse(reply.body)).toEqual(Array.from({ length: 7 }, () => "web"))
  })

  it("headers that were taken out before are empty for ctx.get, and no alias brings them back", async () => {
    const app = new Koa().use(jwtAuth(config).optional()).use((ctx) => {
      ctx.body = [ctx.get("X-Mse-Consumer"), ctx.get("X-Sub"), JSON.stringify(ctx.request.toJSON())]
    })
    const [consumer, sub, printed] = JSON.parse((await ask(app, { headers: spoofed })).body) as string[]
    expect([consumer, sub]).toEqual(["", ""])
    expect(printed).not.toContain("root")
  })

  it("nothing that is remembered of a request shows when context or request are listed or printed", async () => {
    const token = tokenOf("web")
    const app = new Koa().use(jwtAuth(config)).use((ctx) => {
      const names = [ctx, ctx.req, ctx.request].flatMap((object) => [
        ...Object.keys(object),
        ...Object.getOwnPropertySymbols({ ...object }).map(String),
      ])
      ctx.body = { names, printed: [inspect(ctx), inspect(ctx.state), JSON.stringify(ctx.state)] }
    })
    const { body } = await ask(app, { headers: { Authorization: `Bearer ${token}` } })
    const { names, printed } = JSON.parse(body) as { names: string[]; printed: string[] }
    expect(names.filter((name) => /jwt|gate/i.test(name))).toEqual([])
    expect(printed.join()).toContain("web")
    expect(printed.join()).not.toContain(token.split(".")[2])
  })
})
