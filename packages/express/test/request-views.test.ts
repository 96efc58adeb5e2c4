import { once } from "node:events"
import { createServer, request } from "node:http"
import type { AddressInfo } from "node:net"
import type { Request, Response } from "express"
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
async function upstream(): Promise<(req: Request, res: Response) => void> {
  const server = createServer(({ rawHeaders, url }, res) => res.end(JSON.stringify({ rawHeaders, url })))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  return (req, res) => {
    const { method, url: path, rawHeaders } = req
    const onward = request({
      port,
      host: "127.0.0.1",
      method,
      path,
      headers: rawHeaders as never,
      agent: false,
    })
    onward.on("response", (response) => response.pipe(res)).end()
  }
}

describe.each(versions)("what is seen behind the middleware on $version", ({ express }) => {
  it("every view of the headers shows the identity, and none what the client wrote there", async () => {
    const app = express().use(jwtAuth(config)).use(echo)
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
    const app = express().use(jwtAuth(config).optional()).use(echo)
    const { seen } = await ask(app, { headers: { ...spoofed, "X-Other": "stays" } })
    expect(JSON.stringify(seen)).not.toMatch(/root|x-mse-consumer|x-sub/i)
    expect([seen.headers["x-other"], seen.distinct["x-other"]]).toEqual(["stays", ["stays"]])
    expect(seen.raw).toContain("X-Other")
  })

  it("headers that are not ours keep their lines: order, spelling and repetition", async () => {
    const app = express().use(jwtAuth(config)).use(echo)
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
      const app = express()
        .use((req, _res, next) => {
          held.push(req[view])
          next()
        })
        .use(jwtAuth(config))
        .use((req, _res, next) => {
          held.push(req[view])
          next()
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
      const app = express()
        .use(jwtAuth(config).optional())
        .use((req, res) => res.json(req[view]))
      const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`X-${i}`, "kept"]))
      const reply = await ask(app, { headers: { ...spoofed, ...many } })
      expect(reply.status).toBe(200)
      expect(reply.body.match(/kept/g)).toHaveLength(20)
      expect(reply.body).not.toContain("root")
    },
  )

  it("a proxy that copies rawHeaders forwards the identity, no spoofed header and no token", async () => {
    const app = express()
      .use(jwtAuth(config))
      .use(await upstream())
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
    const app = express()
      .use(jwtAuth(config))
      .use(await upstream())
    const reply = await ask(app, { headers: bearer("web", { sub: "Zoë 李" }) })
    const { rawHeaders } = JSON.parse(reply.body) as { rawHeaders: string[] }
    const value = rawHeaders[rawHeaders.indexOf("x-sub") + 1] ?? ""
    expect(Buffer.from(value, "latin1").toString()).toBe("Zoë 李")
  })

  it("a request body is all there behind a decision that had to be waited for", async () => {
    const app = express()
      .use(jwtAuth(config), express.json())
      .use((req, res) => res.json(req.body))
    const body = JSON.stringify({ text: "x".repeat(50_000) })
    const headers = { ...bearer("web"), "Content-Type": "application/json" }
    expect((await ask(app, { method: "POST", headers, body })).body).toBe(body)
  })

  it("nothing that is remembered of a request shows when the request is listed or spread", async () => {
    const app = express()
      .use(jwtAuth(config))
      .use((req, res) => {
        const { rawHeaders: _, ...rest } = { ...req, auth: undefined }
        res.json([Object.getOwnPropertySymbols(rest).map(String), Object.keys(req)])
      })
    const [symbols, names] = JSON.parse((await ask(app, { headers: bearer("web") })).body) as string[][]
    expect([symbols, names].flat().filter((name) => /jwt|gate|original(?!Url)/i.test(name ?? ""))).toEqual([])
  })
})
