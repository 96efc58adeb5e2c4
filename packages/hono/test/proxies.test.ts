import { createServer } from "node:http"
import { listen } from "@jwt-auth/test-support/http"
import { type Context, Hono, type MiddlewareHandler } from "hono"
import { bodyLimit } from "hono/body-limit"
import { proxy } from "hono/proxy"
import { cloneRawRequest } from "hono/request"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { consumer, type Sent, tokenOf, ways } from "./apps.js"

const config = {
  global_auth: true,
  consumers: [
    consumer("web", {
      from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
      from_params: ["t"],
      from_cookies: ["t"],
      keep_token: false,
      claims_to_headers: [{ claim: "sub", header: "X-Sub" }],
    }),
  ],
}

/** An upstream that answers with what it got, byte for byte. */
async function startUpstream(): Promise<string> {
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const { url, rawHeaders } = req
    res.end(JSON.stringify({ url, rawHeaders, body: Buffer.concat(chunks).toString() }))
  })
  return `http://127.0.0.1:${await listen(server)}`
}

type Forward = (to: string, c: Context) => Promise<Response>

/** These leave hop-by-hop headers behind, as a proxy must; Node's fetch sends no `Upgrade`. */
const proxies: readonly (readonly [string, Forward])[] = [
  ["proxy(u, { ...c.req })", (to, c) => proxy(to, { ...c.req })],
  ["proxy(u, c.req.raw)", (to, c) => proxy(to, c.req.raw)],
]

const styles: readonly (readonly [string, Forward])[] = [
  ...proxies,
  [
    "proxy(u, { headers: c.req.header(), method, body })",
    async (to, { req }) => {
      const body = req.method === "GET" ? null : await req.text()
      return proxy(to, { headers: { ...req.header() }, method: req.method, body })
    },
  ],
  [
    "proxy(u, { ...c.req, headers: { ...c.req.header() } })",
    (to, c) => proxy(to, { ...c.req, headers: { ...c.req.header() } }),
  ],
  ["fetch(new Request(u, c.req.raw))", (to, c) => fetch(new Request(to, c.req.raw))],
  ["fetch(u, c.req.raw)", (to, c) => fetch(to, c.req.raw)],
  ["fetch(u, c.req.raw.clone())", (to, c) => fetch(to, c.req.raw.clone())],
  ["fetch(u, new Request(c.req.raw))", (to, c) => fetch(to, new Request(c.req.raw))],
  ["fetch(u, await cloneRawRequest(c.req))", async (to, c) => fetch(to, await cloneRawRequest(c.req))],
]

/** What may have happened to the request before it came to us. */
const histories: readonly (readonly [string, MiddlewareHandler])[] = [
  ["untouched", (_c, next) => next()],
  [
    "looked at",
    (c, next) => {
      void [c.req.header(), c.req.raw.body]
      return next()
    },
  ],
  ["behind hono/body-limit", bodyLimit({ maxSize: 100 })],
]

/** Where nothing of the URL has to go, the request may stay the object that it is. */
const tokens: readonly (readonly [string, (token: string) => Sent])[] = [
  [
    "in Authorization",
    (token) => ({ path: "/up?a=%20", headers: sent({ Authorization: `Bearer ${token}` }) }),
  ],
  [
    "in every place",
    (token) => ({
      path: `/up?a=%20&t=${token}`,
      headers: sent({ Authorization: `Bearer ${token}`, cookie: `a=%20; t=${token}` }),
    }),
  ],
]

function sent(headers: Record<string, string>): NonNullable<Sent["headers"]> {
  return {
    "X-Mse-Consumer": ["root", "root"],
    "x-sub": "root",
    "X-Other": "stays",
    cookie: "a=%20",
    ...headers,
  }
}

interface Arrived {
  readonly url: string
  readonly rawHeaders: readonly string[]
  readonly body: string
}

function headerOf({ rawHeaders }: Arrived, name: string): string | undefined {
  const at = rawHeaders.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === name)
  return at === -1 ? undefined : rawHeaders[at + 1]
}

const target = (c: Context) => c.req.url.replace(/^https?:\/\/[^/]*/, "")

describe.each(ways)("a proxy behind us, through $way", ({ ask }) => {
  describe.each(histories)("the request %s", (_history, earlier) => {
    describe.each(tokens)("the token %s", (_place, withToken) => {
      it.each(styles)("%s forwards the identity, no spoofed header and no token", async (_style, forward) => {
        const upstream = await startUpstream()
        const app = new Hono()
          .use(earlier)
          .use(jwtAuth(config))
          .all("*", (c) => forward(upstream + target(c), c))
        const token = tokenOf("web")
        for (const more of [{}, { method: "POST", body: "hello" }]) {
          const { status, body } = await ask(app, { ...withToken(token), ...more })
          expect([status, body]).toEqual([200, expect.not.stringMatching(/root|bearer|authorization/i)])
          expect(body).not.toContain(token)
          const arrived = JSON.parse(body) as Arrived
          expect([arrived.url, arrived.body]).toEqual(["/up?a=%20", "body" in more ? more.body : ""])
          const values = ["x-mse-consumer", "x-sub", "cookie", "x-other"].map((name) =>
            headerOf(arrived, name),
          )
          expect(values).toEqual(["web", "user of web", "a=%20", "stays"])
        }
      })
    })
  })

  it.each(proxies)("%s: an Upgrade header changes none of that", async (_style, forward) => {
    const upstream = await startUpstream()
    const app = new Hono().use(jwtAuth(config)).all("*", (c) => forward(upstream + target(c), c))
    const token = tokenOf("web")
    for (const [, withToken] of tokens) {
      const { path = "", headers } = withToken(token)
      const { status, body } = await ask(app, { path, headers: { ...headers, upgrade: "h2c" } })
      expect([status, body]).toEqual([200, expect.not.stringMatching(/root|bearer/i)])
      expect(body).not.toContain(token)
    }
  })

  it.each(styles)(
    "%s forwards nothing that an anonymous client wrote in our place",
    async (_style, forward) => {
      const upstream = await startUpstream()
      const app = new Hono().use(jwtAuth(config).optional()).all("*", (c) => forward(upstream + target(c), c))
      const { status, body } = await ask(app, { path: "/up", headers: sent({}) })
      expect([status, body]).toEqual([200, expect.not.stringMatching(/root|x-mse-consumer|x-sub/i)])
    },
  )
})
