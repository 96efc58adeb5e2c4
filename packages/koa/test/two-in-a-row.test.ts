import type { Consumer } from "@jwt-auth/core"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, type Sent, tokenOf, unreachable, versions } from "./apps.js"

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
    left: { headers: { cookie: "a=%20;b=2" } },
  },
]

describe.each(versions)("middlewares in a row on $version", ({ Koa }) => {
  describe.each(rows)("keep_token: false, token in $place", ({ from, withToken, left }) => {
    const more = { ...from, keep_token: false }
    const config = { global_auth: true, consumers: [consumer("web", more), consumer("partner", more)] }

    it("the second still decides on the request as sent, and only the token is gone behind both", async () => {
      const auth = jwtAuth(config)
      const app = new Koa().use(auth).use(auth.allow("web")).use(auth.any()).use(echo)
      const token = tokenOf("web")
      const { seen } = await ask(app, withToken(token))
      expect(seen).toMatchObject({ consumer: "web", headers: { "x-mse-consumer": "web" } })
      expect(JSON.stringify({ ...seen, originalUrl: "" })).not.toContain(token)
      expect(seen).toMatchObject(left)
      expect((await ask(app, withToken(tokenOf("partner")))).status).toBe(403)
      expect((await ask(app, withToken(`${token}x`))).status).toBe(401)
    })

    it("a pass after an allow leaves the token stripped and the identity in place", async () => {
      const auth = jwtAuth({ ...config, rules: [{ match: { route: "open" }, public: true }] })
      const app = new Koa().use(auth.any()).use(auth.route("open")).use(echo)
      const token = tokenOf("web")
      const { seen } = await ask(app, withToken(token))
      expect(seen).toMatchObject({ consumer: "web", headers: { "x-mse-consumer": "web" } })
      expect(JSON.stringify({ ...seen, originalUrl: "" })).not.toContain(token)
    })
  })

  it("a pass before an allow takes no identity from it", async () => {
    const auth = jwtAuth({ global_auth: false, consumers: [consumer("web")] })
    const app = new Koa().use(auth).use(auth.any()).use(echo)
    const { seen } = await ask(app, { headers: { ...bearer("web"), "X-Mse-Consumer": "spoofed" } })
    expect(seen).toMatchObject({ consumer: "web", headers: { "x-mse-consumer": "web" } })
    expect(seen.raw.join()).not.toContain("spoofed")
  })

  it("the identity of the last one that allowed stands, when the first named another consumer", async () => {
    const twin = { issuer: "web", jwks: consumer("web").jwks }
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web"), consumer("twin", twin)] })
    const app = new Koa().use(auth).use(auth.allow("twin")).use(echo)
    const { seen } = await ask(app, { headers: bearer("web") })
    expect(seen.consumer).toBe("twin")
    expect(seen.distinct["x-mse-consumer"]).toEqual(["twin"])
  })

  it("a header that the first consumer set does not stay when the second one has no such claim", async () => {
    const claims_to_headers = [{ claim: "sub", header: "X-Sub" }]
    const twin = { issuer: "web", jwks: consumer("web").jwks }
    const consumers = [consumer("web", { claims_to_headers }), consumer("twin", twin)]
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = new Koa().use(auth).use(auth.allow("twin")).use(echo)
    const { seen } = await ask(app, { headers: { ...bearer("web"), "X-Sub": "spoofed" } })
    expect(seen.headers).not.toHaveProperty("x-sub")
    expect(seen.raw.join()).not.toContain("X-Sub")
  })

  it("an appended header is appended once, however many middlewares allow", async () => {
    const claims_to_headers = [{ claim: "sub", header: "X-Tag", override: false }]
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web", { claims_to_headers })] })
    const app = new Koa().use(auth).use(auth.any()).use(auth.allow("web")).use(echo)
    const own = await ask(app, { headers: { ...bearer("web"), "X-Tag": ["client", "client 2"] } })
    expect(own.seen.distinct["x-tag"]).toEqual(["client", "client 2", "user of web"])
    expect(own.seen.headers["x-tag"]).toBe("client, client 2, user of web")
    const none = await ask(app, { headers: bearer("web") })
    expect(none.seen.distinct["x-tag"]).toEqual(["user of web"])
  })

  it("refused by the first, the second is not asked", async () => {
    const outcomes: string[] = []
    const options = { onDecision: ({ outcome }: { outcome: string }) => void outcomes.push(outcome) }
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web")] }, options)
    const app = new Koa().use(auth).use(auth.optional()).use(unreachable)
    expect((await ask(app)).status).toBe(401)
    expect(outcomes).toEqual(["deny"])
  })
})
