import type { HttpBindings } from "@hono/node-server"
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response"
import { sendRaw } from "@jwt-auth/test-support/http"
import { type Context, Hono } from "hono"
import { bodyLimit } from "hono/body-limit"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, onNode, portOf, tokenOf, ways } from "./apps.js"

const config = {
  global_auth: true,
  consumers: [consumer("web"), consumer("admin")],
  rules: [
    { match: { path: "/open/*" }, public: true as const },
    { match: { path: "/admin/*" }, allow: ["admin"] },
  ],
}

/** An app that asks itself, with the `env` of the request it was asked with, as batch handlers and rewrites do. */
function asking(inner: (c: Context) => Request) {
  const app = new Hono().use(jwtAuth(config))
  app.get("/open/batch", (c) => app.fetch(inner(c), c.env))
  app.all("/admin/x", (c) => c.text(`admin as ${c.req.header("x-mse-consumer")}`))
  return app
}

describe.each(ways)("a request that a handler makes, through '$way'", ({ ask }) => {
  it("is decided as itself: the path of the public one around it does not open it", async () => {
    const app = asking((c) => new Request(new URL("/admin/x", c.req.url)))
    expect((await ask(app, { path: "/open/batch" })).status).toBe(401)
  })

  it("a rewrite of the one around it is decided by where it leads", async () => {
    const app = asking((c) => new Request(new URL("/admin/x", c.req.url), c.req.raw))
    expect((await ask(app, { path: "/open/batch" })).status).toBe(401)
    expect((await ask(app, { path: "/open/batch", headers: bearer("web") })).status).toBe(403)
    const { body } = await ask(app, { path: "/open/batch", headers: bearer("admin") })
    expect(body).toBe("admin as admin")
  })

  it("is decided by its own token, not by that of the one around it", async () => {
    const app = asking((c) => new Request(new URL("/admin/x", c.req.url), { headers: bearer("web") }))
    expect((await ask(app, { path: "/open/batch", headers: bearer("admin") })).status).toBe(403)
  })
})

describe("on Node, whichever way its request comes to us", () => {
  const rules = [
    { match: { path: "/open/*" }, public: true as const },
    { match: { domain: "open.example" }, public: true as const },
  ]
  const build = () =>
    new Hono()
      .use(bodyLimit({ maxSize: 1000 }))
      .use(jwtAuth({ ...config, rules }))
      .all("*", (c) => c.text("reached"))

  // hono/body-limit makes another Request for these, which shows a target that a URL parser has tidied.
  it.each([
    ["POST /admin/../open/x HTTP/1.1", ["Host: a.example"]],
    ["POST http://a.example/open/x HTTP/1.1", ["Host: a.example"]],
    ["POST /x HTTP/1.1", ["Host: open.example", "Host: admin.example"]],
  ])("a body in chunks does not change how the target is read: %s", async (line, hosts) => {
    const port = await portOf(build())
    const whole = await sendRaw(port, [line, ...hosts, "Content-Length: 0"])
    const chunked = await sendRaw(port, [
      line,
      ...hosts,
      "Connection: close",
      "Transfer-Encoding: chunked",
      "",
      "0",
    ])
    expect([statusOf(whole), statusOf(chunked)]).toEqual([401, 401])
  })

  it("a request that a handler makes leaves the identity of the one around it on Node's", async () => {
    const auth = jwtAuth(config)
    const outer = new Hono<{ Bindings: HttpBindings }>().use(auth)
    outer.get("/admin/x", (c) => c.text("inner"))
    outer.get("/open/x", async (c) => {
      const request = new Request(new URL("/admin/x", c.req.url), { headers: bearer("admin") })
      const { status } = await outer.fetch(request, c.env)
      return c.json([status, c.env.incoming.headers["x-mse-consumer"] ?? null])
    })
    const { body } = await onNode.ask(outer, { path: "/open/x", headers: { "x-mse-consumer": "root" } })
    expect(JSON.parse(body)).toEqual([200, null])
  })
})

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
}

describe("on Node", () => {
  const stripping = {
    global_auth: true,
    consumers: [consumer("web", { from_params: ["t"], keep_token: false })],
  }

  it.each<[string, (c: Context) => unknown]>([
    ["formData()", (c) => c.req.formData()],
    ["a clone and json()", async (c) => [c.req.raw.clone(), await c.req.json()]],
    ["a reader that nobody has released", (c) => c.req.raw.body?.getReader()],
  ])("a token in the query is no error after a middleware that took the body by %s", async (_what, take) => {
    const app = new Hono()
      .use(async (c, next) => {
        await take(c)
        await next()
      })
      .use(jwtAuth(stripping))
      .all("*", (c) => c.text(`${c.get("auth")?.consumer} ${c.req.query("t")}`))
    const sent = { method: "POST", path: `/?t=${tokenOf("web")}`, body: "a=1" }
    const headers = { "content-type": "application/x-www-form-urlencoded" }
    const json = { ...sent, body: "{}", headers: { "content-type": "application/json" } }
    const reply = await onNode.ask(app, _what.includes("json") ? json : { ...sent, headers })
    expect([reply.status, reply.body]).toEqual([200, "web undefined"])
  })

  it("an answer that the app writes on Node's response later is left to it", async () => {
    const app = new Hono<{ Bindings: { outgoing: import("node:http").ServerResponse } }>()
      .use(jwtAuth(stripping))
      .get("/", (c) => {
        setImmediate(() => c.env.outgoing.end("later"))
        return RESPONSE_ALREADY_SENT
      })
    const reply = await onNode.ask(app, { path: `/?t=${tokenOf("web")}` })
    expect([reply.body, reply.headers["cache-control"]]).toEqual(["later", "private"])
  })
})
