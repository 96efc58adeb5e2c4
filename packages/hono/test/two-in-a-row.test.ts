import type { Consumer } from "@jwt-auth/core"
import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, echo, type Sent, tokenOf, unreachable, ways } from "./apps.js"

interface Row {
  readonly place: string
  readonly from: Partial<Consumer>
  readonly withToken: (token: string) => Sent
  /** What is still there behind both. */
  readonly left: object
}

const rows: readonly Row[] = [
  {
    place: "Authorization",
    from: {},
    withToken: (token) => ({ headers: { authorization: `Bearer ${token}`, "x-a": "1" } }),
    left: { headers: { "x-a": "1" } },
  },
  {
    place: "a header of its own",
    from: { from_headers: [{ name: "X-Token" }] },
    withToken: (token) => ({ headers: { "X-TOKEN": token, authorization: "Basic eDp5" } }),
    left: { headers: { authorization: "Basic eDp5" } },
  },
  {
    place: "the query",
    from: { from_params: ["t"] },
    withToken: (token) => ({ path: `/?a=1&t=${token}&b=%20` }),
    left: { url: "/?a=1&b=%20", query: { a: "1", b: " " } },
  },
  {
    place: "a cookie",
    from: { from_cookies: ["t"] },
    withToken: (token) => ({ headers: { cookie: `a=%20; t=${token};b=2` } }),
    left: { headers: { cookie: "a=%20;b=2" }, cookies: { a: " ", b: "2" } },
  },
]

describe.each(ways)("middlewares in a row, through $way", ({ ask }) => {
  describe.each(rows)("keep_token: false, token in $place", ({ from, withToken, left }) => {
    const more = { ...from, keep_token: false }
    const config = { global_auth: true, consumers: [consumer("web", more), consumer("partner", more)] }

    it("the second still decides on the request as sent, and only the token is gone behind both", async () => {
      const auth = jwtAuth(config)
      const app = new Hono().use(auth).all("/", auth.allow("web"), auth.any(), echo)
      const token = tokenOf("web")
      for (const body of [{}, { method: "POST", body: "hello" }]) {
        const reply = await ask(app, { ...withToken(token), ...body })
        expect(reply.seen).toMatchObject({ consumer: "web", headers: { "x-mse-consumer": "web" } })
        expect(reply.body).not.toContain(token)
        expect(reply.seen).toMatchObject(left)
      }
      expect((await ask(app, withToken(tokenOf("partner")))).status).toBe(403)
      expect((await ask(app, withToken(`${token}x`))).status).toBe(401)
    })

    it("also when the body was read, or the request replaced, between the two", async () => {
      const auth = jwtAuth(config)
      const app = new Hono()
        .use(auth)
        .use("/read", async (c, next) => {
          await c.req.text()
          await next()
        })
        .use("/replaced", async (c, next) => {
          c.req.raw = new Request(c.req.raw)
          await next()
        })
        .all("*", auth.allow("web"), echo)
      const token = tokenOf("web")
      for (const path of ["/read", "/replaced"]) {
        const sent = withToken(token)
        const target = path + (sent.path ?? "/").slice(1)
        const reply = await ask(app, { ...sent, path: target, method: "POST", body: "hello" })
        expect([path, reply.status]).toEqual([path, 200])
        expect(reply.seen).toMatchObject({ consumer: "web", headers: { "x-mse-consumer": "web" } })
        expect(reply.body).not.toContain(token)
      }
    })

    it("a pass after an allow leaves the token stripped and the identity in place", async () => {
      const auth = jwtAuth({ ...config, rules: [{ match: { route: "open" }, public: true }] })
      const app = new Hono().get("/", auth.any(), auth.route("open"), echo)
      const token = tokenOf("web")
      const { seen, body } = await ask(app, withToken(token))
      expect(seen).toMatchObject({ consumer: "web", headers: { "x-mse-consumer": "web" } })
      expect(body).not.toContain(token)
    })
  })

  it("a pass before an allow takes no identity from it", async () => {
    const auth = jwtAuth({ global_auth: false, consumers: [consumer("web")] })
    const app = new Hono().use(auth).get("/", auth.any(), echo)
    const reply = await ask(app, { headers: { ...bearer("web"), "X-Mse-Consumer": "spoofed" } })
    expect(reply.seen).toMatchObject({ consumer: "web", headers: { "x-mse-consumer": "web" } })
    expect(reply.body).not.toContain("spoofed")
  })

  it("the identity of the last one that allowed stands, and nothing of the one before", async () => {
    const claims_to_headers = [{ claim: "sub", header: "X-Sub" }]
    const twin = { issuer: "web", jwks: consumer("web").jwks }
    const consumers = [consumer("web", { claims_to_headers }), consumer("twin", twin)]
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = new Hono().use(auth).get("/", auth.allow("twin"), (c) => {
      return auth.get(c) === c.get("auth") ? echo(c) : c.text("two identities", 500)
    })
    const { seen } = await ask(app, { headers: { ...bearer("web"), "X-Sub": "spoofed" } })
    expect([seen.consumer, seen.headers["x-mse-consumer"]]).toEqual(["twin", "twin"])
    expect(seen.headers).not.toHaveProperty("x-sub")
  })

  it("an appended header is appended once, however many middlewares allow", async () => {
    const claims_to_headers = [{ claim: "sub", header: "X-Tag", override: false }]
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web", { claims_to_headers })] })
    const app = new Hono().use(auth).get("/", auth.any(), auth.allow("web"), echo)
    const own = await ask(app, { headers: { ...bearer("web"), "X-Tag": ["client", "client 2"] } })
    expect(own.seen.headers["x-tag"]).toBe("client, client 2, user of web")
    expect((await ask(app, { headers: bearer("web") })).seen.headers["x-tag"]).toBe("user of web")
  })

  it("a middleware between two of ours does not change what the second one decides on", async () => {
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web"), consumer("partner")] })
    const app = new Hono()
      .use(auth)
      .use(async (c, next) => {
        c.req.raw = new Request(c.req.raw, { headers: bearer("partner") })
        await next()
      })
      .get("/", auth.allow("partner"), unreachable)
    expect((await ask(app, { headers: bearer("web") })).status).toBe(403)
  })

  it("refused by the first, the second is not asked", async () => {
    const outcomes: string[] = []
    const options = { onDecision: ({ outcome }: { outcome: string }) => void outcomes.push(outcome) }
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web")] }, options)
    const app = new Hono().use(auth).get("/", auth.optional(), unreachable)
    expect((await ask(app)).status).toBe(401)
    expect(outcomes).toEqual(["deny"])
  })
})
