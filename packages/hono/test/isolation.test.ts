import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { ConfigError, jwtAuth } from "../src/index.js"
import { bearer, consumer, echo, ways } from "./apps.js"

const claims_to_headers = [{ claim: "sub", header: "X-Sub" }]
const config = {
  global_auth: true,
  consumers: [consumer("web", { claims_to_headers }), consumer("partner", { claims_to_headers })],
}

describe.each(ways)("requests at once, through $way", ({ ask }) => {
  it("200 requests of two consumers never mix identities", async () => {
    const auth = jwtAuth(config)
    const app = new Hono().use(auth).get("/", auth.any(), async (c) => {
      await new Promise((resolve) => setImmediate(resolve))
      const { consumer, claims } = auth.get(c) ?? expect.fail("no identity")
      return c.json([consumer, claims.sub, c.get("auth")?.claims.sub, c.req.header("x-sub")])
    })
    const callers = Array.from({ length: 200 }, (_, i) => ({
      name: i % 2 === 0 ? "web" : "partner",
      sub: `user ${i}`,
    }))
    const replies = await Promise.all(
      callers.map(({ name, sub }) => ask(app, { headers: bearer(name, { sub }) })),
    )
    expect(replies.map(({ body }) => JSON.parse(body))).toEqual(
      callers.map(({ name, sub }) => [name, sub, sub, sub]),
    )
  })

  it("good, bad and anonymous requests at once each get their own answer", async () => {
    const app = new Hono().use(jwtAuth(config).optional("web")).get("/", echo)
    const kinds = [
      { headers: bearer("web"), status: 200 },
      { headers: bearer("partner"), status: 403 },
      { headers: bearer("stranger"), status: 401 },
      { headers: {}, status: 200 },
    ]
    const sent = Array.from({ length: 25 }, () => kinds).flat()
    const replies = await Promise.all(sent.map(({ headers }) => ask(app, { headers })))
    expect(replies.map(({ status }) => status)).toEqual(sent.map(({ status }) => status))
    const identities = replies.flatMap((reply) => (reply.status === 200 ? [reply.seen.consumer] : []))
    expect(identities).toEqual(Array.from({ length: 25 }, () => ["web", undefined]).flat())
  })

  it("a refusal is each client's own: its body is not read up by the one before", async () => {
    const app = new Hono().use(jwtAuth(config)).get("/", echo)
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(app)))
    expect(new Set(replies.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set(["401 Jwt missing"]),
    )
  })

  it("one instance serves several apps", async () => {
    const auth = jwtAuth(config)
    const apps = [new Hono().use(auth).get("/", echo), new Hono().use(auth.allow("web")).get("/", echo)]
    const replies = await Promise.all(apps.map((app) => ask(app, { headers: bearer("partner") })))
    expect(replies.map(({ status }) => status)).toEqual([200, 403])
  })

  it("after reload() the next request is decided under the new config, by every verb", async () => {
    const auth = jwtAuth(config)
    const app = new Hono().get("/any", auth.any(), echo).get("/web", auth.allow("web"), echo)
    app.get("/", auth, echo)
    const statuses = async () => {
      const replies = ["/", "/any", "/web"].map((path) => ask(app, { path, headers: bearer("web") }))
      return (await Promise.all(replies)).map(({ status }) => status)
    }
    expect(await statuses()).toEqual([200, 200, 200])
    auth.authenticator.reload({ ...config, consumers: [consumer("partner")], consumer_header: "X-Caller" })
    expect(await statuses()).toEqual([401, 401, 401])
    const { seen } = await ask(app, { headers: { ...bearer("partner"), "X-Caller": "root" } })
    expect(seen.headers["x-caller"]).toBe("partner")
    expect(() => auth.authenticator.reload({ consumers: [] })).toThrow(ConfigError)
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
  })
})
