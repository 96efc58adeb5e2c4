import { both, serviceConfig, subAs, userConfig } from "@jwt-auth/test-support/two-gates"
import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, echo, tokenOf, ways } from "./apps.js"

describe.each(ways)("two instances in a row, through $way", ({ ask }) => {
  const build = () => {
    const services = jwtAuth(serviceConfig)
    const users = jwtAuth(userConfig)
    return { services, users, app: new Hono().use(services, users).get("/", echo) }
  }

  it("both must agree", async () => {
    const { app } = build()
    expect((await ask(app, { headers: both("service", "user") })).status).toBe(200)
    expect((await ask(app, { headers: bearer("user") })).status).toBe(401)
    expect((await ask(app, { headers: { "X-Service-Token": tokenOf("service") } })).status).toBe(401)
    expect((await ask(app, { headers: both("user", "user") })).status).toBe(401)
    expect((await ask(app, { headers: both("service", "service") })).status).toBe(401)
  })

  it("the identity headers of both are there, and what the client wrote there is not", async () => {
    const { app } = build()
    const spoofed = { "x-service": "root", "X-USER": "root", "x-service-sub": "root", "x-user-sub": "root" }
    const { seen, body } = await ask(app, { headers: { ...spoofed, ...both("service", "user") } })
    expect(seen.headers).toMatchObject({
      "x-service": "service",
      "x-service-sub": "user of service",
      "x-user": "user",
      "x-user-sub": "user of user",
    })
    expect(body).not.toContain("root")
    expect(seen.headers).not.toHaveProperty("authorization")
    expect(seen.headers).toHaveProperty("x-service-token")
  })

  it("each instance knows its own caller, and c.get('auth') is the last one's", async () => {
    const { services, users } = build()
    const app = new Hono().get("/", services, users, (c) => {
      const last = c.get("auth") === users.get(c)
      return c.json([services.get(c)?.consumer, users.get(c)?.consumer, last])
    })
    expect((await ask(app, { headers: both("service", "user") })).body).toBe('["service","user",true]')
  })

  it("what one instance knows of a caller, another one does not: not even under the same config", async () => {
    const [first, second] = [jwtAuth(userConfig), jwtAuth(userConfig)]
    const app = new Hono().get("/", first, (c) => c.json(second.get(c) === undefined))
    expect((await ask(app, { headers: bearer("user") })).body).toBe("true")
  })

  it("a spoofed header does not come back when the second instance appends to it", async () => {
    const owner = jwtAuth({ ...serviceConfig, consumers: [consumer("user", subAs("X-Tag"))] })
    const claims_to_headers = [{ claim: "tag", header: "X-Tag", override: false }]
    const appender = jwtAuth({ ...userConfig, consumers: [consumer("user", { claims_to_headers })] })
    const headers = { ...bearer("user", { tag: "a" }), "X-Tag": "root" }
    const after = await ask(new Hono().use(owner, appender).get("/", echo), { headers })
    expect(after.seen.headers["x-tag"]).toBe("user of user, a")
    expect(after.body).not.toContain("root")
    const rules = [{ match: {}, public: true as const }]
    const passing = jwtAuth({ ...serviceConfig, rules, consumers: [consumer("user", subAs("X-Tag"))] })
    const alone = await ask(new Hono().use(passing, appender).get("/", echo), { headers })
    expect(alone.seen.headers["x-tag"]).toBe("a")
    expect(alone.body).not.toContain("root")
  })

  it("a client's copy of a header that the second instance owns goes, also when the first appended to it", async () => {
    const appender = jwtAuth({ ...userConfig, consumers: [consumer("user", subAs("X-Tag", false))] })
    const owner = jwtAuth({
      ...serviceConfig,
      global_auth: false,
      consumers: [consumer("service", subAs("X-Tag"))],
    })
    const app = new Hono().use(appender, owner).get("/", echo)
    expect((await ask(app, { headers: { ...bearer("user"), "X-Tag": "root" } })).body).not.toContain("root")
  })
})
