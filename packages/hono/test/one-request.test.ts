import { createServer } from "node:http"
import { getRequestListener, type HttpBindings } from "@hono/node-server"
import { createAuthenticator } from "@jwt-auth/core"
import { nodeGate, toAuthRequest } from "@jwt-auth/core/node"
import { listen, send } from "@jwt-auth/test-support/http"
import { type Context, Hono, type MiddlewareHandler } from "hono"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, echo, onNode, twoConsumers, unreachable, ways } from "./apps.js"

// On Node, Hono's request and Node's are remembered and edited as one.

type Env = { Bindings: HttpBindings }

const look = (c: Context) => [c.req.header("x-sub"), [...c.req.raw.headers]]

/** What may happen to a request between two middlewares. */
const between: readonly (readonly [string, (c: Context) => unknown])[] = [
  ["nothing", () => {}],
  ["a look at the headers", look],
  ["a look at a header that comes once", (c) => c.req.header("user-agent")],
  ["a look at the token", (c) => c.req.header("authorization")],
  ["a clone", (c) => c.req.raw.clone()],
  ["another Request", (c) => Object.assign(c.req, { raw: new Request(c.req.raw) })],
]

describe.each(between)("between two middlewares: %s", (_, happen) => {
  const then: MiddlewareHandler = async (c, next) => {
    await happen(c)
    await next()
  }

  it("the identity of the last one stands in every view, and nothing of the one before", async () => {
    const claims_to_headers = [
      { claim: "sub", header: "X-Sub" },
      { claim: "iss", header: "X-Tag", override: false },
    ]
    const twin = { issuer: "web", jwks: consumer("web").jwks }
    const consumers = [consumer("web", { claims_to_headers }), consumer("twin", twin)]
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = new Hono().use(auth).use(then).get("/", auth.allow("twin"), echo)
    const { body, seen } = await onNode.ask(app, {
      headers: { ...bearer("web"), "X-Sub": "of the client", "X-Mse-Consumer": "of the client" },
    })
    expect(body).not.toMatch(/of the client|x-sub|x-tag/i)
    expect([seen.consumer, seen.headers["x-mse-consumer"]]).toEqual(["twin", "twin"])
  })

  it("no header of the client's stands where an identity of either would", async () => {
    const users = jwtAuth({ ...twoConsumers, consumer_header: "X-User" })
    const partners = jwtAuth({ ...twoConsumers, consumer_header: "X-Partner" })
    const app = new Hono().use(users.allow("web")).use(then).get("/", partners.optional(), echo)
    const headers = { ...bearer("web"), "X-User": "spoofed", "X-Partner": "spoofed", "User-Agent": "u" }
    const { status, body } = await onNode.ask(app, { headers })
    expect([status, body]).toEqual([200, expect.not.stringMatching(/spoofed/)])
  })

  it("the second decides on the request as it was sent", async () => {
    const auth = jwtAuth({ global_auth: true, consumers: [consumer("web", { keep_token: false })] })
    const app = new Hono().use(auth).use(then).get("/", auth.allow("web"), echo)
    const { status, body } = await onNode.ask(app, { headers: bearer("web") })
    expect([status, body]).toEqual([200, expect.not.stringMatching(/bearer/i)])
  })
})

describe("a request that a handler makes with the env of the one around it", () => {
  it("has no identity of it, and leaves it its own", async () => {
    const auth = jwtAuth({ ...twoConsumers, global_auth: true })
    const app = new Hono<Env>()
    app.get("/inner", auth.optional(), (c) => c.json([auth.get(c)?.consumer, c.req.header("x-mse-consumer")]))
    app.get("/", auth, async (c) => {
      const inner = async (headers: Record<string, string>) =>
        (await app.fetch(new Request(new URL("/inner", c.req.url), { headers }), c.env)).json()
      const seen = [await inner({}), await inner(bearer("partner"))]
      const { headers } = c.env.incoming
      return c.json([
        ...seen,
        auth.get(c)?.consumer,
        c.req.header("x-mse-consumer"),
        headers["x-mse-consumer"],
      ])
    })
    const { body } = await onNode.ask(app, { headers: bearer("web") })
    expect(JSON.parse(body)).toEqual([[null, null], ["partner", "partner"], "web", "web", "web"])
  })
})

describe("a request that a middleware makes with the env, before anybody has decided on the one around it", () => {
  it("does not switch off the rules of its host", async () => {
    const auth = jwtAuth({
      ...twoConsumers,
      global_auth: false,
      rules: [{ match: { domain: "127.0.0.1" }, allow: ["web"] }],
    })
    const inner = new Hono()
      .use(jwtAuth({ ...twoConsumers, global_auth: true }))
      .all("*", (c) => c.text("in"))
    const app = new Hono<Env>()
      .use(async (c, next) => {
        const answer = await inner.fetch(new Request("http://inner.test/", { headers: bearer("web") }), c.env)
        expect(await answer.text()).toBe("in")
        await next()
      })
      .use(auth)
      .all("*", unreachable)
    expect((await onNode.ask(app, { headers: { Host: "127.0.0.1" } })).status).toBe(401)
  })
})

describe.each(ways)("another app that is handed this request, through $way", ({ ask }) => {
  it("decides on what it is handed: a token that was taken out is not there", async () => {
    const config = { global_auth: true, consumers: [consumer("web", { keep_token: false })] }
    const inner = new Hono().use(jwtAuth(config)).all("*", unreachable)
    const app = new Hono().use(jwtAuth(config)).all("*", (c) => inner.fetch(c.req.raw, c.env))
    expect((await ask(app, { headers: bearer("web") })).status).toBe(401)
  })
})

describe("an authenticator that has decided on Node's request before Hono sees it", () => {
  it("keeps what it wrote on Node's, and what it wrote is no identity of the client's in Hono", async () => {
    const first = createAuthenticator({ ...twoConsumers, global_auth: true })
    const gate = nodeGate(first)
    const app = new Hono<Env>().use(jwtAuth(twoConsumers).allow("web")).all("*", echo)
    const listener = getRequestListener(app.fetch as never)
    const server = createServer(async (req, res) => {
      const decision = await first.decide(toAuthRequest(req, { host: "a.test", path: req.url ?? "" }))
      gate.apply(req, res, decision)
      await listener(req, res)
      expect(gate.get(req)?.consumer).toBe("web")
    })
    const headers = { ...bearer("web"), "X-Mse-Consumer": "of the client" }
    const { status, body } = await send(await listen(server), { headers })
    expect([status, body]).toEqual([200, expect.not.stringMatching(/of the client/)])
    expect(JSON.parse(body)).toMatchObject({ consumer: "web", headers: { "x-mse-consumer": "web" } })
  })
})
