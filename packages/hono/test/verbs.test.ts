import { Hono } from "hono"
import { createFactory, createMiddleware } from "hono/factory"
import { describe, expect, it } from "vitest"
import { ConfigError, type JwtAuthEnv, jwtAuth } from "../src/index.js"
import { bearer, echo, tokenOf, twoConsumers, ways } from "./apps.js"

const open = { ...twoConsumers, global_auth: false }

describe.each(ways)("the verbs through $way", ({ ask }) => {
  it("app.use(auth) asks every request for a token", async () => {
    const app = new Hono().use(jwtAuth(twoConsumers)).get("/", echo)
    expect((await ask(app)).body).toBe("Jwt missing")
    const { seen } = await ask(app, { headers: bearer("web") })
    expect(seen).toMatchObject({ consumer: "web", sub: "user of web", headers: { "x-mse-consumer": "web" } })
    expect((await ask(app, { path: "/nothing/here" })).status).toBe(401)
  })

  it("allow() lets the named consumers through and tells the others 403, also under a public rule", async () => {
    const auth = jwtAuth({ ...open, rules: [{ match: { path: "/*" }, public: true }] })
    const app = new Hono()
      .get("/web", auth.allow("web"), echo)
      .get("/both", auth.allow("web", "partner"), echo)
    expect((await ask(app, { path: "/web", headers: bearer("web") })).seen.consumer).toBe("web")
    const refused = await ask(app, { path: "/web", headers: bearer("partner") })
    expect([refused.status, refused.body]).toEqual([403, "Access Denied"])
    expect((await ask(app, { path: "/web" })).status).toBe(401)
    expect((await ask(app, { path: "/both", headers: bearer("partner") })).seen.consumer).toBe("partner")
  })

  it("any() lets every consumer through and nobody without a token", async () => {
    const app = new Hono().get("/", jwtAuth(open).any(), echo)
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app)).status).toBe(401)
  })

  it("optional() lets an anonymous request pass without an identity, and refuses a bad token", async () => {
    const app = new Hono().get("/", jwtAuth(twoConsumers).optional("partner"), echo)
    const anonymous = await ask(app, { headers: { "x-mse-consumer": "web" } })
    expect([anonymous.status, anonymous.seen.consumer]).toEqual([200, undefined])
    expect(anonymous.seen.headers).not.toHaveProperty("x-mse-consumer")
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app, { headers: bearer("web") })).status).toBe(403)
    expect((await ask(app, { headers: { authorization: "Bearer x.y.z" } })).status).toBe(401)
    expect((await ask(app, { headers: bearer("web", { exp: 1 }) })).body).toBe("Jwt expired")
  })

  it("route() applies the rules under its name, and no others", async () => {
    const rules = [
      { match: { route: "orders" }, allow: ["partner"] },
      { match: { route: "health" }, public: true as const },
    ]
    const auth = jwtAuth({ ...twoConsumers, rules })
    const app = new Hono()
      .get("/orders", auth.route("orders"), echo)
      .get("/health", auth.route("health"), echo)
      .get("/other", auth.route("other"), echo)
    expect((await ask(app, { path: "/orders", headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app, { path: "/orders", headers: bearer("web") })).status).toBe(403)
    expect((await ask(app, { path: "/health" })).status).toBe(200)
    expect((await ask(app, { path: "/other" })).status).toBe(401)
  })

  it("require() asks for the scopes, and on top of a rule's", async () => {
    const rules = [{ match: { route: "r" }, allow: ["web"], scopes: ["read"] }]
    const auth = jwtAuth({ ...open, rules })
    const app = new Hono()
      .get("/", auth.require({ scopes: ["read", "write"] }), echo)
      .get("/r", auth.require({ route: "r", scopes: ["write"] }), echo)
    const scoped = (scope: string) => ({ headers: bearer("web", { scope }) })
    expect((await ask(app, scoped("write x read"))).seen.consumer).toBe("web")
    const refused = await ask(app, scoped("read"))
    expect([refused.status, refused.body]).toEqual([403, "Insufficient scope"])
    expect(refused.headers["www-authenticate"]).toContain('error="insufficient_scope", scope="read write"')
    for (const [scope, status] of [
      ["read write", 200],
      ["read", 403],
      ["write", 403],
    ] as const)
      expect((await ask(app, { ...scoped(scope), path: "/r" })).status).toBe(status)
  })

  it("auth.get(c), c.get and c.var show the same identity, whose token no JSON shows", async () => {
    const auth = jwtAuth(twoConsumers)
    const token = tokenOf("web")
    const app = new Hono().use(auth).get("/", (c) => {
      const found = auth.get(c)
      const same = found === c.get("auth") && found === c.var.auth
      return c.json({ same, token: found?.token === token, json: JSON.stringify(found) })
    })
    const { same, token: hasToken, json } = JSON.parse((await ask(app, { headers: bearer("web") })).body)
    expect({ same, hasToken }).toEqual({ same: true, hasToken: true })
    expect(json).toContain('"consumer":"web"')
    expect(json).not.toContain(token.split(".")[2])
  })

  it("auth.get(c) is undefined for an anonymous request, and before the middleware", async () => {
    const auth = jwtAuth(twoConsumers)
    const before: unknown[] = []
    const app = new Hono()
      .use(async (c, next) => {
        before.push(auth.get(c))
        await next()
      })
      .get("/", auth.optional(), (c) =>
        c.json({ absent: auth.get(c) === undefined && c.var.auth === undefined }),
      )
    expect((await ask(app)).body).toBe('{"absent":true}')
    await ask(app, { headers: bearer("web") })
    expect(before).toEqual([undefined, undefined])
  })

  it("what a handler puts under c.get('auth') changes nothing of what auth.get(c) knows", async () => {
    const auth = jwtAuth(twoConsumers)
    const app = new Hono().use(auth).get("/", (c) => {
      c.set("auth", undefined)
      return c.text(auth.get(c)?.consumer ?? "nobody")
    })
    expect((await ask(app, { headers: bearer("web") })).body).toBe("web")
  })

  it("a verb may stand anywhere: app.on, app.all, a path of app.use, createHandlers, a middleware of one's own", async () => {
    const auth = jwtAuth(open)
    const factory = createFactory<JwtAuthEnv>()
    const own = createMiddleware((c, next) => auth.allow("web")(c, next))
    const app = factory
      .createApp()
      .on(["PUT", "PURGE"], ["/on", "/on/:id"], auth.allow("partner"), echo)
      .all("/all", auth.any(), auth.allow("web"), echo)
      .get("/handlers", ...factory.createHandlers(auth.allow("web"), echo))
      .get("/own", own, echo)
    app.use("/used/*", auth.allow("web")).get("/used/x", echo)
    const [web, partner] = [bearer("web"), bearer("partner")]
    for (const path of ["/on", "/on/7"]) {
      expect((await ask(app, { method: "PUT", path, headers: partner })).status).toBe(200)
      expect((await ask(app, { method: "PUT", path, headers: web })).status).toBe(403)
    }
    for (const path of ["/all", "/handlers", "/own", "/used/x"]) {
      expect([path, (await ask(app, { path, headers: web })).status]).toEqual([path, 200])
      expect([path, (await ask(app, { path, headers: partner })).status]).toEqual([path, 403])
      expect([path, (await ask(app, { path })).status]).toEqual([path, 401])
    }
  })

  it("path parameters come through a verb", async () => {
    const auth = jwtAuth(open)
    const app = new Hono().get("/users/:id", auth.any(), (c) => c.text(c.req.param("id")))
    expect((await ask(app, { path: "/users/a%20b", headers: bearer("web") })).body).toBe("a b")
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

  it("an empty allow() throws: it would refuse everybody", () => {
    const names = [] as unknown as [string]
    expect(() => auth.allow(...names)).toThrow(ConfigError)
    expect(() => auth.require({ allow: [] })).toThrow("must not be empty")
  })

  it("every middleware has a name, which Hono's route listing shows", () => {
    const handlers = [auth, auth.allow("web"), auth.any(), auth.optional(), auth.route("r"), auth.require({})]
    expect(new Set(handlers.map(({ name }) => name))).toEqual(new Set(["jwtAuth"]))
  })
})
