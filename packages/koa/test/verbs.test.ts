import Router from "@koa/router"
import { describe, expect, it } from "vitest"
import { ConfigError, jwtAuth } from "../src/index.js"
import { ask, bearer, echo, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"

const open = { ...twoConsumers, global_auth: false }

describe.each(versions)("the verbs on $version", ({ Koa }) => {
  it("app.use(auth) asks every request for a token", async () => {
    const app = new Koa().use(jwtAuth(twoConsumers)).use(echo)
    expect((await ask(app)).body).toBe("Jwt missing")
    const { seen } = await ask(app, { headers: bearer("web") })
    expect(seen).toMatchObject({ consumer: "web", sub: "user of web", headers: { "x-mse-consumer": "web" } })
  })

  it("allow() lets the named consumers through and tells the others 403", async () => {
    const auth = jwtAuth(open)
    const router = new Router()
      .get("/web", auth.allow("web"), echo)
      .get("/both", auth.allow("web", "partner"), echo)
    const app = new Koa().use(router.routes())
    expect((await ask(app, { path: "/web", headers: bearer("web") })).seen.consumer).toBe("web")
    const refused = await ask(app, { path: "/web", headers: bearer("partner") })
    expect([refused.status, refused.body]).toEqual([403, "Access Denied"])
    expect((await ask(app, { path: "/web" })).status).toBe(401)
    expect((await ask(app, { path: "/both", headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app, { path: "/both", headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("allow() stands in for the rules, also for a public one and for global_auth: false", async () => {
    const auth = jwtAuth({ ...open, rules: [{ match: { path: "/*" }, public: true }] })
    const app = new Koa().use(auth.allow("web")).use(unreachable)
    expect((await ask(app)).status).toBe(401)
    expect((await ask(app, { headers: bearer("partner") })).status).toBe(403)
  })

  it("any() lets every consumer through and nobody without a token", async () => {
    const app = new Koa().use(jwtAuth(open).any()).use(echo)
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app)).status).toBe(401)
  })

  it("optional() lets an anonymous request pass without an identity, and refuses a bad token", async () => {
    const app = new Koa().use(jwtAuth(twoConsumers).optional()).use(echo)
    const anonymous = await ask(app, { headers: { "x-mse-consumer": "web" } })
    expect(anonymous.status).toBe(200)
    expect(anonymous.seen.consumer).toBeUndefined()
    expect(anonymous.seen.headers).not.toHaveProperty("x-mse-consumer")
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app, { headers: { authorization: "Bearer x.y.z" } })).status).toBe(401)
    expect((await ask(app, { headers: bearer("web", { exp: 1 }) })).body).toBe("Jwt expired")
  })

  it("optional() with names refuses the token of another consumer, and does not make it anonymous", async () => {
    const app = new Koa().use(jwtAuth(twoConsumers).optional("web")).use(echo)
    expect((await ask(app)).status).toBe(200)
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app, { headers: bearer("partner") })).status).toBe(403)
  })

  it("route() applies the rules under its name, and no others", async () => {
    const rules = [
      { match: { route: "orders" }, allow: ["partner"] },
      { match: { route: "health" }, public: true as const },
    ]
    const auth = jwtAuth({ ...twoConsumers, rules })
    const router = new Router()
      .get("/orders", auth.route("orders"), echo)
      .get("/health", auth.route("health"), echo)
      .get("/other", auth.route("other"), echo)
    const app = new Koa().use(router.routes())
    expect((await ask(app, { path: "/orders", headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app, { path: "/orders", headers: bearer("web") })).status).toBe(403)
    expect((await ask(app, { path: "/health" })).status).toBe(200)
    expect((await ask(app, { path: "/other" })).status).toBe(401)
  })

  it("require({ scopes }) asks for a consumer with all of them, whatever global_auth says", async () => {
    const app = new Koa().use(jwtAuth(open).require({ scopes: ["read", "write"] })).use(echo)
    expect((await ask(app, { headers: bearer("web", { scope: "write x read" }) })).seen.consumer).toBe("web")
    expect((await ask(app)).status).toBe(401)
    const refused = await ask(app, { headers: bearer("web", { scope: "read" }) })
    expect([refused.status, refused.body]).toEqual([403, "Insufficient scope"])
    expect(refused.headers["www-authenticate"]).toContain('error="insufficient_scope", scope="read write"')
  })

  it("require({ route, scopes }) asks for the scopes on top of the rule", async () => {
    const rules = [{ match: { route: "r" }, allow: ["web"], scopes: ["read"] }]
    const auth = jwtAuth({ ...open, rules })
    const app = new Koa().use(auth.require({ route: "r", scopes: ["write"] })).use(echo)
    expect((await ask(app, { headers: bearer("web", { scope: "read write" }) })).status).toBe(200)
    expect((await ask(app, { headers: bearer("web", { scope: "read" }) })).status).toBe(403)
    expect((await ask(app, { headers: bearer("web", { scope: "write" }) })).status).toBe(403)
    expect((await ask(app, { headers: bearer("partner", { scope: "read write" }) })).status).toBe(403)
  })

  it("get() by context, by ctx.request and by Node's request, and ctx.state.auth, are the same identity", async () => {
    const auth = jwtAuth(twoConsumers)
    const token = tokenOf("web")
    const app = new Koa().use(auth).use((ctx) => {
      const found = auth.get(ctx)
      const others = [auth.get(ctx.request), auth.get(ctx.req), ctx.state.auth]
      ctx.body = {
        same: others.every((other) => other === found),
        token: found?.token === token,
        json: JSON.stringify(found),
      }
    })
    const { same, token: hasToken, json } = JSON.parse((await ask(app, { headers: bearer("web") })).body)
    expect({ same, hasToken }).toEqual({ same: true, hasToken: true })
    expect(json).toContain('"consumer":"web"')
    expect(json).not.toContain(token.split(".")[2])
  })

  it("get() is undefined for an anonymous request, and for one that has not come to the middleware", async () => {
    const auth = jwtAuth(twoConsumers)
    const before: unknown[] = []
    const app = new Koa()
      .use((ctx, next) => {
        before.push(auth.get(ctx), auth.get(ctx.req))
        return next()
      })
      .use(auth.optional())
      .use((ctx) => {
        ctx.body = [auth.get(ctx) === undefined, auth.get(ctx.req) === undefined, "auth" in ctx.state]
      })
    expect((await ask(app)).body).toBe("[true,true,false]")
    await ask(app, { headers: bearer("web") })
    expect(before).toEqual([undefined, undefined, undefined, undefined])
  })

  it("get() does not follow ctx.state: what another middleware writes there changes nobody's identity", async () => {
    const auth = jwtAuth(twoConsumers)
    const app = new Koa().use(auth).use((ctx) => {
      const nobody = { consumer: "root" } as never
      ctx.state.auth = nobody
      ctx.body = auth.get(ctx)?.consumer
    })
    expect((await ask(app, { headers: bearer("web") })).body).toBe("web")
  })

  it("a verb may stand anywhere in a router: in all(), in a nested one, in a list, after router.use", async () => {
    const auth = jwtAuth(open)
    const inner = new Router().get("/item", auth.allow("web"), echo)
    const router = new Router()
      .all("/all", auth.allow("partner"), echo)
      .use("/in", auth.any(), inner.routes())
    const app = new Koa().use(router.routes())
    const statusOf = async (method: string, path: string, name: string) =>
      (await ask(app, { method, path, headers: bearer(name) })).status
    expect(await statusOf("GET", "/in/item", "web")).toBe(200)
    expect(await statusOf("GET", "/in/item", "partner")).toBe(403)
    expect(await statusOf("PUT", "/all", "web")).toBe(403)
    expect(await statusOf("PUT", "/all", "partner")).toBe(200)
  })
})

describe("setting up", () => {
  const auth = jwtAuth(twoConsumers)

  it("a config with problems throws a ConfigError that lists them all", () => {
    const broken = { consumer: [], consumers: [{ ...twoConsumers.consumers[0], keep_tokn: false }] } as never
    expect(() => jwtAuth(broken)).toThrow(ConfigError)
    expect(() => jwtAuth(broken)).toThrow(/Did you mean "?consumers"?\?[\s\S]*Did you mean "?keep_token"?\?/)
  })

  it.each([
    ["allow", () => auth.allow("web", "partnr")],
    ["optional", () => auth.optional("web", "partnr")],
    ["require", () => auth.require({ allow: ["web", "partnr"] })],
  ])("%s() with a name that the config lacks throws at set-up and says which was meant", (_verb, setUp) => {
    expect(setUp).toThrow(ConfigError)
    expect(setUp).toThrow(/"partnr" is not the name of a consumer\n\s+Did you mean "partner"\?/)
  })

  it("a name that resembles none is answered with the names there are", () => {
    expect(() => auth.allow("zzzzzzzz")).toThrow("The consumers are: web, partner.")
  })

  it("an empty allow() throws: it would refuse everybody", () => {
    const names = [] as unknown as [string]
    expect(() => auth.allow(...names)).toThrow(ConfigError)
    expect(() => auth.require({ allow: [] })).toThrow("must not be empty")
  })

  it("a name that every object inherits is not the name of a consumer", () => {
    expect(() => auth.allow("constructor")).toThrow(ConfigError)
    expect(() => auth.allow("__proto__")).toThrow(ConfigError)
  })

  it("every middleware has the name that Koa's debug log prints, and takes ctx and next", () => {
    const all = [auth, auth.allow("web"), auth.any(), auth.optional(), auth.route("r"), auth.require({})]
    expect(all.map(({ name, length }) => [name, length])).toEqual(all.map(() => ["jwtAuth", 2]))
  })
})
