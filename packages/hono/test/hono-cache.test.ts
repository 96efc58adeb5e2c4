import { type Context, Hono } from "hono"
import { cache } from "hono/cache"
import { etag } from "hono/etag"
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest"
import { jwtAuth } from "../src/index.js"
import { consumer, type Sent, tokenOf, ways } from "./apps.js"

/** As much of `caches` as hono/cache asks for; it keeps whatever it is given. */
class MemoryCache {
  readonly stored = new Map<string, Response>()

  async match(key: string): Promise<Response | undefined> {
    return this.stored.get(key)?.clone()
  }

  async put(key: string, response: Response): Promise<void> {
    this.stored.set(key, response)
  }
}

let memory = new MemoryCache()
vi.stubGlobal("caches", { open: async () => memory })

beforeEach(() => {
  memory = new MemoryCache()
})

afterAll(() => {
  vi.unstubAllGlobals()
})

const places: readonly (readonly [string, object, (token: string) => Sent])[] = [
  ["a cookie", { from_cookies: ["t"] }, (token) => ({ headers: { cookie: `t=${token}` } })],
  [
    "a header of its own",
    { from_headers: [{ name: "X-Token" }] },
    (token) => ({ headers: { "x-token": token } }),
  ],
  ["a stripped Authorization", {}, (token) => ({ headers: { authorization: `Bearer ${token}` } })],
  ["a stripped parameter", { from_params: ["t"] }, (token) => ({ path: `/?t=${token}` })],
  [
    "a cookie, with an Upgrade header",
    { from_cookies: ["t"] },
    (token) => ({ headers: { cookie: `t=${token}`, upgrade: "h2c" } }),
  ],
]

/** Every way in which a handler can give the caller's page. */
const pages: readonly (readonly [string, (c: Context, page: string) => Response])[] = [
  ["c.text", (c, page) => c.text(page)],
  ["a raw Response", (_c, page) => new Response(page)],
  ["a Response whose headers nobody may change", (_c, page) => immutable(new Response(page))],
  ["a stream", (_c, page) => new Response(new Blob([page]).stream())],
]

function immutable(response: Response): Response {
  const refuse = () => {
    throw new TypeError("immutable")
  }
  Object.assign(response.headers, { append: refuse, delete: refuse, set: refuse })
  return response
}

describe.each(ways)("hono/cache between us and the handler, through $way", ({ ask }) => {
  describe.each(places)("the token in %s", (_place, from, withToken) => {
    it.each(pages)("never shows one caller the other's page: %s", async (_kind, page) => {
      const more = { ...from, keep_token: false }
      const auth = jwtAuth({
        global_auth: true,
        consumers: [consumer("web", more), consumer("partner", more)],
      })
      for (const around of [[], [etag()]]) {
        const app = new Hono().use(auth)
        for (const middleware of around) app.use(middleware)
        app.use(cache({ cacheName: "pages", wait: true, cacheControl: "max-age=3600" }))
        app.get("/", (c) => page(c, `the page of ${auth.get(c)?.consumer}`))
        expect((await ask(app, withToken(tokenOf("web")))).body).toBe("the page of web")
        expect((await ask(app, withToken(tokenOf("partner")))).body).toBe("the page of partner")
        expect(memory.stored.size).toBe(0)
      }
    })
  })

  it("stores what the app says is public, and what needs no token", async () => {
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web", { from_cookies: ["t"] })] })
    let calls = 0
    const app = new Hono()
      .use(auth.optional())
      .use(cache({ cacheName: "pages", wait: true }))
      .get("/said", (c) => c.text(`${++calls}`, 200, { "Cache-Control": "public" }))
      .get("/anonymous", (c) => c.text(`${++calls}`))
    const cookie = `t=${tokenOf("web")}`
    expect((await ask(app, { path: "/said", headers: { cookie } })).body).toBe("1")
    expect((await ask(app, { path: "/said", headers: { cookie } })).body).toBe("1")
    expect((await ask(app, { path: "/anonymous" })).body).toBe("2")
    expect((await ask(app, { path: "/anonymous" })).body).toBe("2")
  })

  it("a refusal is never stored", async () => {
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web", { from_cookies: ["t"] })] })
    const cacheAll = cache({ cacheName: "pages", wait: true, cacheableStatusCodes: [200, 401, 403] })
    const app = new Hono().use(cacheAll).get("/", auth, (c) => c.text("in"))
    expect((await ask(app)).status).toBe(401)
    expect((await ask(app, { headers: { cookie: `t=${tokenOf("web")}` } })).body).toBe("in")
  })
})
