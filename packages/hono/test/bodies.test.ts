import { randomBytes } from "node:crypto"
import { type Context, Hono, type MiddlewareHandler } from "hono"
import { bodyLimit } from "hono/body-limit"
import { validator } from "hono/validator"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { type App, consumer, serve, tokenOf, withImmutableHeaders } from "./apps.js"

const config = {
  global_auth: true,
  consumers: [
    consumer("web", { from_params: ["t"], from_headers: [{ name: "X-Token" }], keep_token: false }),
  ],
}

type Send = (app: App, path: string, init: RequestInit) => Promise<Response>

const onServer = (options?: object): Send => {
  return async (app, path, init) => fetch(`http://127.0.0.1:${await serve(app, options)}${path}`, init)
}

const ways: readonly { readonly way: string; readonly send: Send }[] = [
  {
    way: "app.fetch()",
    send: async (app, path, init) => app.fetch(new Request(`http://localhost${path}`, init)),
  },
  {
    way: "app.fetch() with immutable headers",
    send: async (app, path, init) =>
      app.fetch(withImmutableHeaders(new Request(`http://localhost${path}`, init))),
  },
  { way: "@hono/node-server", send: onServer() },
  { way: "@hono/node-server, global objects left alone", send: onServer({ overrideGlobalObjects: false }) },
]

/** One replaces the request, for another URL; the other, where headers can be changed, does not. */
const places = [
  { place: "the query", path: () => `/x?a=1&t=${tokenOf("web")}`, headers: () => ({}) },
  { place: "a header", path: () => "/x?a=1", headers: () => ({ "X-Token": tokenOf("web") }) },
]

const big = randomBytes(3 * 1024 * 1024)

function form(): FormData {
  const data = new FormData()
  data.append("name", "Zoë")
  data.append("file", new Blob([big]), "big.bin")
  return data
}

async function sizeOf(stream: ReadableStream<Uint8Array> | null): Promise<number> {
  let size = 0
  for await (const chunk of (stream ?? []) as AsyncIterable<Uint8Array>) size += chunk.length
  return size
}

async function parts(data: FormData): Promise<unknown> {
  const file = data.get("file") as File
  return [data.get("name"), file.name, Buffer.from(await file.arrayBuffer()).equals(big)]
}

const json = { "Content-Type": "application/json" }
const readers: readonly (readonly [string, () => RequestInit, (c: Context) => Promise<unknown>, unknown])[] =
  [
    ["text()", () => ({ body: "héllo" }), (c) => c.req.text(), "héllo"],
    ["json()", () => ({ body: '{"a":1}', headers: json }), (c) => c.req.json(), { a: 1 }],
    ["arrayBuffer()", () => ({ body: big }), async (c) => (await c.req.arrayBuffer()).byteLength, big.length],
    ["blob()", () => ({ body: big }), async (c) => (await c.req.blob()).size, big.length],
    [
      "formData()",
      () => ({ body: form() }),
      async (c) => parts(await c.req.formData()),
      ["Zoë", "big.bin", true],
    ],
    [
      "parseBody()",
      () => ({ body: new URLSearchParams("a=1&b=2") }),
      (c) => c.req.parseBody(),
      { a: "1", b: "2" },
    ],
    ["raw.body", () => ({ body: big }), (c) => sizeOf(c.req.raw.body), big.length],
    ["raw.clone()", () => ({ body: big }), async (c) => sizeOf(c.req.raw.clone().body), big.length],
  ]

function first(read: (c: Context) => Promise<unknown>): MiddlewareHandler {
  return async (c, next) => {
    await read(c)
    await next()
  }
}

describe.each(ways)("a request body through $way", ({ send }) => {
  describe.each(places)("with the token in $place", ({ path, headers }) => {
    const post = (app: App, init: RequestInit) => {
      const merged = { ...(init.headers as object), ...headers() }
      return send(app, path(), { method: "POST", ...init, headers: merged })
    }

    it.each(readers)("is all there behind us: %s", async (_reader, init, read, expected) => {
      const app = new Hono().use(jwtAuth(config)).post("*", async (c) => {
        return c.json([await read(c), c.req.url.endsWith("/x?a=1"), c.req.header("x-mse-consumer")])
      })
      expect(await (await post(app, init())).json()).toEqual([expected, true, "web"])
    })

    it.each<[string, MiddlewareHandler]>([
      ["c.req.json()", first((c) => c.req.json())],
      ["c.req.text()", first((c) => c.req.text())],
      ["c.req.arrayBuffer()", first((c) => c.req.arrayBuffer())],
      ["hono/validator", validator("json", (value) => value) as MiddlewareHandler],
      ["hono/body-limit", bodyLimit({ maxSize: 1000 })],
      ["c.req.raw.clone().text()", first((c) => c.req.raw.clone().text())],
    ])("that %s before us has read can be read again, and the edits are seen", async (_what, earlier) => {
      const app = new Hono()
        .use(earlier)
        .use(jwtAuth(config))
        .post("*", async (c) => {
          const seen = [await c.req.json(), await c.req.text(), c.req.query(), c.req.header("x-mse-consumer")]
          return c.json([...seen, c.req.header("x-token") ?? null])
        })
      const sent = { body: '{"a":1}', headers: { ...json, "X-Mse-Consumer": "root" } }
      const response = await post(app, sent)
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual([{ a: 1 }, '{"a":1}', { a: "1" }, "web", null])
    })

    it("that was read past Hono before us is gone, as it would be without us, and the edits are seen", async () => {
      const app = new Hono()
        .use(async (c, next) => {
          await c.req.raw.text()
          await next()
        })
        .use(jwtAuth(config))
        .post("*", async (c) => {
          const text = await c.req.text().catch((error: Error) => error.name)
          return c.json([
            text,
            c.req.query(),
            c.req.header("x-mse-consumer"),
            c.req.header("x-token") ?? null,
          ])
        })
      const response = await post(app, { body: "hello", headers: { "X-Mse-Consumer": "root" } })
      expect(await response.json()).toEqual(["TypeError", { a: "1" }, "web", null])
    })

    it("that arrives in pieces, of a length that nobody has said, is all there", async () => {
      const app = new Hono().use(jwtAuth(config)).post("*", async (c) => c.text(await c.req.text()))
      const pieces = ["one ", "two ", "three"]
      const body = new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setImmediate(resolve))
          const piece = pieces.shift()
          if (piece === undefined) controller.close()
          else controller.enqueue(new TextEncoder().encode(piece))
        },
      })
      const response = await post(app, { body, duplex: "half" } as RequestInit)
      expect(await response.text()).toBe("one two three")
    })

    it("of a refused request does not keep the next one waiting", async () => {
      const app = new Hono().use(jwtAuth(config)).post("*", (c) => c.text("in"))
      const refused = await send(app, "/x", { method: "POST", body: big })
      expect([refused.status, await refused.text()]).toEqual([401, "Jwt missing"])
    })

    it("has the signal of the request it came with", async () => {
      const seen: boolean[] = []
      const app = new Hono().use(jwtAuth(config)).post("*", (c) => {
        seen.push(c.req.raw.signal.aborted)
        return c.text("in")
      })
      expect((await post(app, { body: "x" })).status).toBe(200)
      expect(seen).toEqual([false])
    })
  })
})
