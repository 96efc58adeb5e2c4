import { describe, expect, it } from "vitest"
import { ConfigError, jwtAuth } from "../src/index.js"
import { ask, bearer, echo, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"

const open = { ...twoConsumers, global_auth: false }

describe.each(versions)("the verbs on $version", ({ express }) => {
  it("app.use(auth) asks every request for a token", async () => {
    const app = express().use(jwtAuth(twoConsumers)).get("/", echo)
    expect((await ask(app)).body).toBe("Jwt missing")
    const { seen } = await ask(app, { headers: bearer("web") })
    expect(seen).toMatchObject({ consumer: "web", sub: "user of web", headers: { "x-mse-consumer": "web" } })
  })

  it("allow() lets the named consumers through and tells the others 403", async () => {
    const auth = jwtAuth(open)
    const app = express()
      .get("/web", auth.allow("web"), echo)
      .get("/both", auth.allow("web", "partner"), echo)
    expect((await ask(app, { path: "/web", headers: bearer("web") })).seen.consumer).toBe("web")
    const refused = await ask(app, { path: "/web", headers: bearer("partner") })
    expect([refused.status, refused.body]).toEqual([403, "Access Denied"])
    expect((await ask(app, { path: "/web" })).status).toBe(401)
    expect((await ask(app, { path: "/both", headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app, { path: "/both", headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("allow() stands in for the rules, also for a public one and for global_auth: false", async () => {
    const auth = jwtAuth({ ...open, rules: [{ match: { path: "/*" }, public: true }] })
    const app = express().get("/", auth.allow("web"), unreachable)
    expect((await ask(app)).status).toBe(401)
    expect((await ask(app, { headers: bearer("partner") })).status).toBe(403)
  })

  it("any() lets every consumer through and nobody without a token", async () => {
    const app = express().get("/", jwtAuth(open).any(), echo)
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app)).status).toBe(401)
  })

  it("optional() lets an anonymous request pass without an identity, and refuses a bad token", async () => {
    const app = express().get("/", jwtAuth(twoConsumers).optional(), echo)
    const anonymous = await ask(app, { headers: { "x-mse-consumer": "web" } })
    expect(anonymous.status).toBe(200)
    expect(anonymous.seen.consumer).toBeUndefined()
    expect(anonymous.seen.headers).not.toHaveProperty("x-mse-consumer")
    expect((await ask(app, { headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app, { headers: { authorization: "Bearer x.y.z" } })).status).toBe(401)
    expect((await ask(app, { headers: bearer("web", { exp: 1 }) })).body).toBe("Jwt expired")
  })

  it("optional() with names refuses the token of another consumer, and does not make it anonymous", async () => {
    const app = express().get("/", jwtAuth(twoConsumers).optional("web"), echo)
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
    const app = express()
      .get("/orders", auth.route("orders"), echo)
      .get("/health", auth.route("health"), echo)
      .get("/other", auth.route("other"), echo)
    expect((await ask(app, { path: "/orders", headers: bearer("partner") })).seen.consumer).toBe("partner")
    expect((await ask(app, { path: "/orders", headers: bearer("web") })).status).toBe(403)
    expect((await ask(app, { path: "/health" })).status).toBe(200)
    expect((await ask(app, { path: "/other" })).status).toBe(401)
  })

  it("require({ scopes }) asks for a consumer with all of them, whatever global_auth says", async () => {
    const app = express().get("/", jwtAuth(open).require({ scopes: ["read", "write"] }), echo)
    expect((await ask(app, { headers: bearer("web", { scope: "write x read" }) })).seen.consumer).toBe("web")
    expect((await ask(app)).status).toBe(401)
    const refused = await ask(app, { headers: bearer("web", { scope: "read" }) })
    expect([refused.status, refused.body]).toEqual([403, "Insufficient scope"])
    expect(refused.headers["www-authenticate"]).toContain('error="insufficient_scope", scope="read write"')
  })

  it("require({ route, scopes }) asks for the scopes on top of the rule", async () => {
    const rules = [{ match: { route: "r" }, allow: ["web"], scopes: ["read"] }]
    const auth = jwtAuth({ ...open, rules })
    const app = express().get("/", auth.require({ route: "r", scopes: ["write"] }), echo)
    expect((await ask(app, { headers: bearer("web", { scope: "read write" }) })).status).toBe(200)
    expect((await ask(app, { headers: bearer("web", { scope: "read" }) })).status).toBe(403)
    expect((await ask(app, { headers: bearer("web", { scope: "write" }) })).status).toBe(403)
    expect((await ask(app, { headers: bearer("partner", { scope: "read write" }) })).status).toBe(403)
  })

  it("get() and req.auth show the same identity, whose token no JSON shows", async () => {
    const auth = jwtAuth(twoConsumers)
    const token = tokenOf("web")
    const app = express().get("/", auth, (req, res) => {
      const found = auth.get(req)
      const same = found === (req as { auth?: unknown }).auth
      res.json({ same, token: found?.token === token, json: JSON.stringify(found) })
    })
    const { same, token: hasToken, json } = JSON.parse((await ask(app, { headers: bearer("web") })).body)
    expect({ same, hasToken }).toEqual({ same: true, hasToken: true })
    expect(json).toContain('"consumer":"web"')
    expect(json).not.toContain(token.split(".")[2])
  })

  it("get() is undefined for an anonymous request, and for one that has not come to the middleware", async () => {
    const auth = jwtAuth(twoConsumers)
    const before: unknown[] = []
    const app = express().get(
      "/",
      (req, _res, next) => {
        before.push(auth.get(req))
        next()
      },
      auth.optional(),
      (req, res) => res.json({ absent: auth.get(req) === undefined }),
    )
    expect((await ask(app)).body).toBe('{"absent":true}')
    await ask(app, { headers: bearer("web") })
    expect(before).toEqual([undefined, undefined])
  })

  it("a handler chain may name a verb anywhere: in app.all, in a Router, in a list of handlers", async () => {
    const auth = jwtAuth(open)
    const router = express.Router().use(auth.any())
    router.route("/item").get([auth.allow("web")], echo)
    const app = express().all("/all", auth.allow("partner"), echo).use(router)
    expect((await ask(app, { path: "/item", headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app, { path: "/item", headers: bearer("partner") })).status).toBe(403)
    expect((await ask(app, { method: "PUT", path: "/all", headers: bearer("web") })).status).toBe(403)
    expect((await ask(app, { method: "PUT", path: "/all", headers: bearer("partner") })).status).toBe(200)
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

  it("no handler has four parameters: Express would take it for an error handler", () => {
    const handlers = [auth, auth.allow("web"), auth.any(), auth.optional(), auth.route("r"), auth.require({})]
    expect(handlers.map(({ length }) => length)).toEqual([3, 3, 3, 3, 3, 3])
  })
})
