import type { HttpBindings } from "@hono/node-server"
import { type Context, Hono, type MiddlewareHandler } from "hono"
import { bodyLimit } from "hono/body-limit"
import { cors } from "hono/cors"
import { logger } from "hono/logger"
import { requestId } from "hono/request-id"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, echo, onNode, type Sent, tokenOf, ways } from "./apps.js"

const config = {
  global_auth: true,
  consumers: [
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
  ],
}
const spoofed = {
  "X-Mse-Consumer": "root",
  "x-mse-consumer": "root",
  "X-MSE-CONSUMER": ["root", "root"],
  "X-Sub": ["root", "root"],
}

/** A token in each place at once: all of it has to go. */
function everywhere(token: string): Sent {
  return {
    path: `/x?a=%20&t=${token}&b=1&b=2&%74=${token}`,
    headers: { ...spoofed, Authorization: `Bearer ${token}`, cookie: `a=%20; t=${token};b="2"` },
  }
}

const read = (look: (c: Context) => unknown): MiddlewareHandler => {
  return async (c, next) => {
    await look(c)
    await next()
  }
}

/** Each looks at the request, or changes it, before we do. */
const before: readonly (readonly [string, MiddlewareHandler])[] = [
  ["nothing", read(() => {})],
  ["hono/logger", logger(() => {})],
  ["hono/cors", cors({ origin: "https://app.example" })],
  ["hono/request-id", requestId()],
  ["c.req.header()", read((c) => c.req.header())],
  ["c.req.header(name)", read((c) => [c.req.header("x-sub"), c.req.header("authorization")])],
  ["c.req.raw.headers", read((c) => [...c.req.raw.headers])],
  ["c.req.raw.clone()", read((c) => c.req.raw.clone())],
  ["c.req.raw.signal", read((c) => c.req.raw.signal)],
  ["c.req.raw.body", read((c) => c.req.raw.body)],
  ["hono/body-limit with Content-Length", bodyLimit({ maxSize: 100 })],
  ["a replaced c.req.raw", read((c) => Object.assign(c.req, { raw: new Request(c.req.raw) }))],
  ["c.req.text()", read((c) => c.req.text())],
]

describe.each(ways)("what is seen behind the middleware, through $way", ({ ask }) => {
  describe.each(before)("after %s", (_what, earlier) => {
    it.each(["GET", "POST"])(
      "every view of a %s shows the identity, no spoofed header and no token",
      async (method) => {
        const app = new Hono().use(earlier).use(jwtAuth(config)).all("*", echo)
        const token = tokenOf("web", { tag: "a" })
        const body = method === "POST" ? { body: "hello" } : {}
        const reply = await ask(app, { method, ...everywhere(token), ...body })
        expect(reply.status).toBe(200)
        expect(reply.body).not.toMatch(/root|bearer|authorization/i)
        expect(reply.body).not.toContain(token)
        const { seen } = reply
        expect(seen.headers).toMatchObject({ "x-mse-consumer": "web", "x-sub": "user of web", "x-tag": "a" })
        expect([seen.url, seen.query, seen.queries]).toEqual([
          "/x?a=%20&b=1&b=2",
          { a: " ", b: "1" },
          { a: [" "], b: ["1", "2"] },
        ])
        expect([seen.headers["cookie"], seen.cookies]).toEqual(['a=%20;b="2"', { a: " ", b: "2" }])
      },
    )

    it("every view of an anonymous request is free of what the client wrote there", async () => {
      const app = new Hono().use(earlier).use(jwtAuth(config).optional()).all("*", echo)
      const { body, seen } = await ask(app, { headers: { ...spoofed, "X-Other": "stays" } })
      expect(body).not.toMatch(/root|x-mse-consumer|x-sub/i)
      expect(seen.headers["x-other"]).toBe("stays")
    })
  })

  it("an Upgrade header on a plain request changes none of that", async () => {
    for (const upgrade of ["websocket", "h2c", "x"]) {
      const app = new Hono().use(jwtAuth(config)).all("*", echo)
      const token = tokenOf("web")
      const { path = "", headers } = everywhere(token)
      const { body, seen } = await ask(app, { path, headers: { ...headers, upgrade, connection: "close" } })
      expect(body).not.toMatch(/root|bearer/i)
      expect(body).not.toContain(token)
      expect([seen.consumer, seen.url, seen.headers["x-sub"]]).toEqual([
        "web",
        "/x?a=%20&b=1&b=2",
        "user of web",
      ])
    }
  })

  it("an appended claim comes after the client's own values", async () => {
    const app = new Hono().use(jwtAuth(config)).all("*", echo)
    const headers = { ...bearer("web", { tag: "c" }), "X-Tag": ["a", "b"] }
    expect((await ask(app, { headers })).seen.headers["x-tag"]).toBe("a, b, c")
  })

  it("a claim in other letters than ASCII is there as UTF-8 bytes", async () => {
    const app = new Hono().use(jwtAuth(config)).all("*", echo)
    const { seen } = await ask(app, { headers: bearer("web", { sub: "Zoë 李" }) })
    expect(Buffer.from(seen.headers["x-sub"] ?? "", "latin1").toString()).toBe("Zoë 李")
  })

  it("with keep_token everything stays as it was, token included", async () => {
    const { consumers } = config
    const app = new Hono()
      .use(jwtAuth({ global_auth: true, consumers: consumers.map((one) => ({ ...one, keep_token: true })) }))
      .all("*", echo)
    const token = tokenOf("web")
    const { seen } = await ask(app, { path: `/?a=%20&t=${token}`, headers: { cookie: `t=${token}; a=1` } })
    expect([seen.url, seen.headers["cookie"]]).toEqual([`/?a=%20&t=${token}`, `t=${token}; a=1`])
  })

  it("nothing that is remembered of a request shows when Hono's request is spread, as proxies do", async () => {
    const app = new Hono().use(jwtAuth(config)).all("*", (c) => {
      const rest = { ...c.req }
      return c.json([Object.getOwnPropertySymbols(rest).map(String), Object.keys(rest)].flat())
    })
    const names = JSON.parse((await ask(app, { headers: bearer("web") })).body) as string[]
    expect(names.filter((name) => /jwt|gate|original/i.test(name))).toEqual([])
    expect(names).toContain("raw")
  })
})

describe("Node's own view, c.env.incoming", () => {
  it("shows what Hono's shows, in headers, headersDistinct, rawHeaders and url", async () => {
    const app = new Hono<{ Bindings: HttpBindings }>().use(jwtAuth(config)).all("*", (c) => {
      const { url, headers, headersDistinct, rawHeaders } = c.env.incoming
      return c.json({ url, headers, headersDistinct, rawHeaders })
    })
    const token = tokenOf("web")
    const reply = await onNode.ask(app, everywhere(token))
    expect(reply.body).not.toMatch(/root|bearer|authorization/i)
    expect(reply.body).not.toContain(token)
    expect(JSON.parse(reply.body)).toMatchObject({
      url: "/x?a=%20&b=1&b=2",
      headers: { "x-mse-consumer": "web", "x-sub": "user of web", cookie: 'a=%20;b="2"' },
      headersDistinct: { "x-mse-consumer": ["web"], "x-sub": ["user of web"] },
    })
  })
})
