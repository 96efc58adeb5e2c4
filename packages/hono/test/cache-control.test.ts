import { createServer } from "node:http"
import { listen } from "@jwt-auth/test-support/http"
import { type Context, Hono } from "hono"
import { cors } from "hono/cors"
import { HTTPException } from "hono/http-exception"
import { streamSSE, streamText } from "hono/streaming"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, type Sent, tokenOf, ways } from "./apps.js"

const configOf = (more: object) => ({ global_auth: true, consumers: [consumer("web", more)] })
const anywhere = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
  from_params: ["t"],
  from_cookies: ["t"],
}
const outside: readonly (readonly [string, (token: string) => Sent])[] = [
  ["a header of its own", (token) => ({ headers: { "x-token": token } })],
  ["the query", (token) => ({ path: `/?t=${token}` })],
  ["a cookie", (token) => ({ headers: { cookie: `t=${token}` } })],
]
const ok = (c: Context) => c.text("ok")

async function upstream(headers: Record<string, string> = {}): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer((_req, res) => res.writeHead(200, headers).end("ok")))}`
}

/** Every way in which an app can give a response. */
const responses: readonly (readonly [string, (c: Context) => Response | Promise<Response>])[] = [
  ["c.text", ok],
  ["c.json", (c) => c.json({ ok: true })],
  ["c.html", (c) => c.html("<p>ok</p>")],
  ["c.body(null, 204)", (c) => c.body(null, 204)],
  ["c.redirect", (c) => c.redirect("/elsewhere")],
  ["c.notFound", (c) => c.notFound() as Response],
  ["new Response", () => new Response("ok")],
  ["Response.json", () => Response.json({ ok: true })],
  ["Response.redirect, whose headers nobody may change", () => Response.redirect("http://a.test/elsewhere")],
  ["a response of fetch(), whose headers nobody may change", async () => fetch(await upstream())],
  ["streamText", (c) => streamText(c, async (stream) => void (await stream.write("ok")))],
  ["a stream of the app's own", () => new Response(new Blob(["ok"]).stream())],
  [
    "a thrown error, which onError answers",
    () => {
      throw new Error("of the handler")
    },
  ],
  [
    "a thrown HTTPException with a response",
    () => {
      throw new HTTPException(409, { res: Response.redirect("http://a.test/elsewhere") })
    },
  ],
]

describe.each(ways)("Cache-Control through $way", ({ ask }) => {
  const appWith = (handler: (c: Context) => Response | Promise<Response>, more: object = anywhere) => {
    const app = new Hono().use(jwtAuth(configOf(more))).get("/", handler)
    return app.onError((error, c) =>
      error instanceof HTTPException ? error.getResponse() : c.text("handled", 500),
    )
  }
  const inQuery = () => `/?t=${tokenOf("web")}`

  it.each(outside)("is private when the token came in %s", async (_place, withToken) => {
    const reply = await ask(appWith(ok), withToken(tokenOf("web")))
    expect([reply.status, reply.headers["cache-control"]]).toEqual([200, "private"])
  })

  it.each(responses)("is private on %s", async (_what, handler) => {
    const reply = await ask(appWith(handler), { path: inQuery() })
    expect(reply.headers["cache-control"]).toBe("private")
    expect(["ok", "handled", "<p>ok</p>", '{"ok":true}', "", "404 Not Found"]).toContain(reply.body)
  })

  it("is private on a page that is not found", async () => {
    const reply = await ask(new Hono().use(jwtAuth(configOf(anywhere))), { path: inQuery() })
    expect([reply.status, reply.headers["cache-control"]]).toEqual([404, "private"])
  })

  it.each(["websocket", "h2c", "anything"])(
    "is private whatever the client says of Upgrade: %s",
    async (upgrade) => {
      const reply = await ask(appWith(ok), { path: inQuery(), headers: { upgrade } })
      expect([reply.status, reply.headers["cache-control"]]).toEqual([200, "private"])
    },
  )

  it("is absent when the token came in Authorization and stays there: caches know that header", async () => {
    const reply = await ask(appWith(ok), { headers: bearer("web") })
    expect(reply.status).toBe(200)
    expect(reply.headers).not.toHaveProperty("cache-control")
  })

  it("is private when the token came in Authorization and was stripped", async () => {
    const reply = await ask(appWith(ok, { keep_token: false }), { headers: bearer("web") })
    expect(reply.headers["cache-control"]).toBe("private")
  })

  it("is absent from a request that passes without an identity, whatever token it shows", async () => {
    const auth = jwtAuth({ ...configOf(anywhere), rules: [{ match: { route: "open" }, public: true }] })
    const app = new Hono().get("/", auth.optional(), ok).get("/open", auth.route("open"), ok)
    for (const path of ["/", `/open?t=${tokenOf("web")}`]) {
      const reply = await ask(app, { path })
      expect(reply.status).toBe(200)
      expect(reply.headers).not.toHaveProperty("cache-control")
    }
  })

  it("stays private when a second middleware allows too, and when a later one passes", async () => {
    const rules = [{ match: { route: "open" }, public: true as const }]
    const auth = jwtAuth({ ...configOf({ ...anywhere, keep_token: false }), rules })
    const app = new Hono().use(auth).get("/", auth.any(), auth.route("open"), ok)
    expect((await ask(app, { path: inQuery() })).headers["cache-control"]).toBe("private")
  })

  it.each<[string, (c: Context) => Response | Promise<Response>]>([
    [
      "c.header()",
      (c) => {
        c.header("Cache-Control", "public, max-age=60")
        return c.text("ok")
      },
    ],
    ["c.text(…, headers)", (c) => c.text("ok", 200, { "Cache-Control": "public, max-age=60" })],
    [
      "new Response(…, headers)",
      () => new Response("ok", { headers: { "Cache-Control": "public, max-age=60" } }),
    ],
    ["the response of fetch()", async () => fetch(await upstream({ "Cache-Control": "public, max-age=60" }))],
  ])("what the handler said by %s wins", async (_how, handler) => {
    const { headers } = await ask(appWith(handler), { path: inQuery() })
    expect(headers["cache-control"]).toBe("public, max-age=60")
  })

  it("what streamSSE says wins: it is the app's word", async () => {
    const app = appWith((c) => streamSSE(c, async (stream) => stream.writeSSE({ data: "ok" })))
    expect((await ask(app, { path: inQuery() })).headers["cache-control"]).toBe("no-cache")
  })

  it.each(["before", "after"])(
    "what a middleware says %s the handler wins, and nothing of its other headers is lost",
    async (when) => {
      for (const inner of [false, true]) {
        const app = new Hono()
        const own = async (c: Context, next: () => Promise<void>) => {
          if (when === "before") c.header("Cache-Control", "no-store")
          c.header("X-Before", "1")
          await next()
          if (when === "after") c.header("Cache-Control", "no-store")
          c.res.headers.append("Set-Cookie", "b=2")
        }
        if (!inner) app.use(own)
        app.use(cors()).use(jwtAuth(configOf(anywhere)))
        if (inner) app.use(own)
        app.get("/", (c) => {
          c.header("Set-Cookie", "a=1")
          return c.text("ok", 201)
        })
        const { status, headers } = await ask(app, { path: inQuery() })
        expect([status, headers["cache-control"], headers["x-before"]]).toEqual([201, "no-store", "1"])
        expect(String(headers["set-cookie"])).toContain("b=2")
        expect(headers["access-control-allow-origin"]).toBe("*")
      }
    },
  )

  it("c.res is still what a middleware puts there", async () => {
    const app = new Hono()
      .use(async (c, next) => {
        await next()
        c.res = new Response(`${await c.res.text()}!`, c.res)
      })
      .use(jwtAuth(configOf(anywhere)))
      .use(async (c, next) => {
        await next()
        const { res } = c
        c.res = undefined
        c.res = new Response(`${await res.text()}?`, { status: 202 })
      })
      .get("/", ok)
    const reply = await ask(app, { path: inQuery() })
    expect([reply.status, reply.body, reply.headers["cache-control"]]).toEqual([202, "ok?!", "private"])
  })
})
