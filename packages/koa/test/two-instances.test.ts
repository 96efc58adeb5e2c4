import { both, serviceConfig, subAs, userConfig } from "@jwt-auth/test-support/two-gates"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, tokenOf, versions } from "./apps.js"

describe.each(versions)("two instances in a row on $version", ({ Koa }) => {
  const build = () => {
    const services = jwtAuth(serviceConfig)
    const users = jwtAuth(userConfig)
    return { services, users, app: new Koa().use(services).use(users).use(echo) }
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
    const { seen } = await ask(app, { headers: { ...spoofed, ...both("service", "user") } })
    expect(seen.headers).toMatchObject({
      "x-service": "service",
      "x-service-sub": "user of service",
      "x-user": "user",
      "x-user-sub": "user of user",
    })
    expect(JSON.stringify(seen)).not.toContain("root")
    expect(seen.headers).not.toHaveProperty("authorization")
    expect(seen.headers).toHaveProperty("x-service-token")
  })

  it("each instance knows its own caller, and ctx.state.auth is the last one's", async () => {
    const { services, users } = build()
    const app = new Koa()
      .use(services)
      .use(users)
      .use((ctx) => {
        const last = ctx.state.auth === users.get(ctx)
        ctx.body = [services.get(ctx)?.consumer, users.get(ctx)?.consumer, last]
      })
    expect((await ask(app, { headers: both("service", "user") })).body).toBe('["service","user",true]')
  })

  it("what one instance knows of a caller, another one does not: not even under the same config", async () => {
    const [first, second] = [jwtAuth(userConfig), jwtAuth(userConfig)]
    const app = new Koa().use(first).use((ctx) => {
      ctx.body = String(second.get(ctx) === undefined)
    })
    expect((await ask(app, { headers: bearer("user") })).body).toBe("true")
  })

  it("a spoofed header does not come back when the second instance appends to it", async () => {
    const owner = jwtAuth({ ...serviceConfig, consumers: [consumer("user", subAs("X-Tag"))] })
    const claims_to_headers = [{ claim: "tag", header: "X-Tag", override: false }]
    const appender = jwtAuth({ ...userConfig, consumers: [consumer("user", { claims_to_headers })] })
    const headers = { ...bearer("user", { tag: "a" }), "X-Tag": "root" }
    const after = await ask(new Koa().use(owner).use(appender).use(echo), { headers })
    expect(after.seen.distinct["x-tag"]).toEqual(["user of user", "a"])
    const rules = [{ match: {}, public: true as const }]
    const passing = jwtAuth({ ...serviceConfig, rules, consumers: [consumer("user", subAs("X-Tag"))] })
    const alone = await ask(new Koa().use(passing).use(appender).use(echo), { headers })
    expect(alone.seen.distinct["x-tag"]).toEqual(["a"])
    expect(JSON.stringify(alone.seen)).not.toContain("root")
  })

  it("a client's copy of a header that the second instance owns goes, also when the first appended to it", async () => {
    const appender = jwtAuth({ ...userConfig, consumers: [consumer("user", subAs("X-Tag", false))] })
    const owner = jwtAuth({
      ...serviceConfig,
      global_auth: false,
      consumers: [consumer("service", subAs("X-Tag"))],
    })
    const app = new Koa().use(appender).use(owner).use(echo)
    const { seen } = await ask(app, { headers: { ...bearer("user"), "X-Tag": "root" } })
    expect(JSON.stringify(seen)).not.toContain("root")
  })

  it("an appended header is appended once, also behind an instance that owns it", async () => {
    const owner = jwtAuth({ ...serviceConfig, consumers: [consumer("user", subAs("X-Tag"))] })
    const appender = jwtAuth({ ...userConfig, consumers: [consumer("user", subAs("X-Tag", false))] })
    const once = await ask(new Koa().use(owner).use(appender).use(echo), { headers: bearer("user") })
    const twice = await ask(new Koa().use(owner).use(appender).use(appender.any()).use(echo), {
      headers: bearer("user"),
    })
    expect(twice.seen.distinct["x-tag"]).toEqual(once.seen.distinct["x-tag"])
  })

  it("the second instance still finds a token that the first one stripped", async () => {
    const strict = jwtAuth({ ...serviceConfig, consumers: [consumer("user", { keep_token: false })] })
    const app = new Koa().use(strict).use(jwtAuth(userConfig)).use(echo)
    const { seen } = await ask(app, { headers: bearer("user") })
    expect(seen.headers).toMatchObject({ "x-service": "user", "x-user": "user" })
    expect(seen.headers).not.toHaveProperty("authorization")
  })

  it("tokens in different cookies: each instance strips its own, and the rest stays as it was", async () => {
    const from = (name: string, cookie: string) => [
      consumer(name, { from_cookies: [cookie], keep_token: false }),
    ]
    const services = jwtAuth({ ...serviceConfig, consumers: from("service", "s") })
    const users = jwtAuth({ ...userConfig, consumers: from("user", "u") })
    const cookie = `a="x y"; s=${tokenOf("service")}; b=%20;u=${tokenOf("user")}; a=2`
    const { seen } = await ask(new Koa().use(services).use(users).use(echo), { headers: { cookie } })
    expect(seen.headers.cookie).toBe('a="x y"; b=%20; a=2')
    expect(seen.headers).toMatchObject({ "x-service": "service", "x-user": "user" })
  })

  it("tokens in different parameters: each instance strips its own, and the rest stays as it was", async () => {
    const from = (name: string, param: string) => [
      consumer(name, { from_params: [param], keep_token: false }),
    ]
    const services = jwtAuth({ ...serviceConfig, consumers: from("service", "s") })
    const users = jwtAuth({ ...userConfig, consumers: from("user", "u") })
    const path = `/?s=${tokenOf("service")}&a=%2f&u=${tokenOf("user")}&a&&b=+`
    const { seen } = await ask(new Koa().use(services).use(users).use(echo), { path })
    expect(seen.url).toBe("/?a=%2f&a&&b=+")
    expect(seen.headers).toMatchObject({ "x-service": "service", "x-user": "user" })
  })
})
