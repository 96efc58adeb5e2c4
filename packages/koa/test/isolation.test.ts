import Router from "@koa/router"
import { describe, expect, it } from "vitest"
import { ConfigError, jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, unreachable, versions } from "./apps.js"

const claims_to_headers = [{ claim: "sub", header: "X-Sub" }]
const config = {
  global_auth: true,
  consumers: [consumer("web", { claims_to_headers }), consumer("partner", { claims_to_headers })],
}

describe.each(versions)("requests at once on $version", ({ Koa }) => {
  it("200 requests of two consumers never mix identities", async () => {
    const auth = jwtAuth(config)
    const app = new Koa()
      .use(auth)
      .use(auth.any())
      .use(async (ctx) => {
        await new Promise((resolve) => setImmediate(resolve))
        const { consumer, claims } = auth.get(ctx) ?? expect.fail("no identity")
        const known = ctx.state.auth?.consumer
        ctx.body = [consumer, claims.sub, known, ctx.get("X-Mse-Consumer"), ctx.get("X-Sub")]
      })
    const callers = Array.from({ length: 200 }, (_, i) => ({
      name: i % 2 === 0 ? "web" : "partner",
      sub: `user ${i}`,
    }))
    const replies = await Promise.all(
      callers.map(({ name, sub }) => ask(app, { headers: bearer(name, { sub }) })),
    )
    expect(replies.map(({ body }) => JSON.parse(body))).toEqual(
      callers.map(({ name, sub }) => [name, sub, name, name, sub]),
    )
  })

  it("good, bad and anonymous requests at once each get their own answer", async () => {
    const app = new Koa().use(jwtAuth(config).optional("web")).use(echo)
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

  it("one instance serves several apps", async () => {
    const auth = jwtAuth(config)
    const apps = [new Koa().use(auth).use(echo), new Koa().use(auth.allow("web")).use(echo)] as const
    const [first, second] = await Promise.all(apps.map((app) => ask(app, { headers: bearer("partner") })))
    expect([first?.status, second?.status]).toEqual([200, 403])
  })
})

describe.each(versions)("auth.authenticator.reload on $version", ({ Koa }) => {
  const onlyPartner = { ...config, consumers: [consumer("partner")] }

  it("the next request is decided under the new config, by every verb", async () => {
    const auth = jwtAuth(config)
    const router = new Router().get("/any", auth.any(), echo).get("/web", auth.allow("web"), echo)
    const app = new Koa().use(router.routes()).use(auth).use(echo)
    const statuses = async () => {
      const replies = ["/", "/any", "/web"].map((path) => ask(app, { path, headers: bearer("web") }))
      return (await Promise.all(replies)).map(({ status }) => status)
    }
    expect(await statuses()).toEqual([200, 200, 200])
    auth.authenticator.reload(onlyPartner)
    expect(await statuses()).toEqual([401, 401, 401])
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
    auth.authenticator.reload(config)
    expect(await statuses()).toEqual([200, 200, 200])
  })

  it("a consumer that is gone is admitted nowhere, and its route admits nobody in its stead", async () => {
    const auth = jwtAuth(config)
    const app = new Koa().use(auth.allow("web")).use(unreachable)
    auth.authenticator.reload(onlyPartner)
    expect((await ask(app, { headers: bearer("web") })).status).toBe(401)
    expect((await ask(app, { headers: bearer("partner") })).status).toBe(403)
    expect(() => auth.allow("web")).toThrow(ConfigError)
  })

  it("a config with a problem throws, and the old one stays in force", async () => {
    const auth = jwtAuth(config)
    const app = new Koa().use(auth).use(echo)
    expect(() => auth.authenticator.reload({ consumers: [] })).toThrow(ConfigError)
    expect(() =>
      auth.authenticator.reload({ ...config, consumers: [consumer("web", { jwks: "{" })] }),
    ).toThrow(ConfigError)
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app)).status).toBe(401)
  })

  it("rules, realm and identity header change with it", async () => {
    const auth = jwtAuth(config)
    const app = new Koa().use(auth).use(echo)
    const rules = [{ match: { path: "/open" }, public: true as const }]
    auth.authenticator.reload({ ...config, rules, realm: "new", consumer_header: "X-Caller" })
    expect((await ask(app, { path: "/open" })).status).toBe(200)
    expect((await ask(app)).headers["www-authenticate"]).toBe('Bearer realm="new"')
    const { seen } = await ask(app, { headers: { ...bearer("web"), "X-Caller": "root" } })
    expect(seen.headers["x-caller"]).toBe("web")
    expect(JSON.stringify(seen)).not.toContain("root")
  })
})
