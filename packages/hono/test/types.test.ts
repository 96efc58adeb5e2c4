import type { Auth, JwtAuthConfig, JwtClaims } from "@jwt-auth/core"
import { type Context, type ContextVariableMap, Hono, type MiddlewareHandler } from "hono"
import { hc } from "hono/client"
import { createFactory, createMiddleware } from "hono/factory"
import { describe, expect, expectTypeOf, it } from "vitest"
import {
  ConfigError,
  type HonoJwtAuth,
  type JwtAuthEnv,
  type JwtAuthMiddleware,
  jwtAuth,
} from "../src/index.js"
import { bearer, jwksOf, twoConsumers } from "./apps.js"

// `tsc -p tsconfig.json` is what holds these: each line is wrong for the compiler when its rule is broken.

const jwks = jwksOf("web")
const inline = jwtAuth({
  global_auth: true,
  consumers: [
    { name: "web", issuer: "web", jwks },
    { name: "partner", issuer: "partner", jwks: jwksOf("partner") },
  ],
})

describe("consumer names", () => {
  it("of an inline config are known to the compiler", () => {
    expectTypeOf(inline).toEqualTypeOf<HonoJwtAuth<"web" | "partner">>()
    expectTypeOf<Parameters<typeof inline.allow>[number]>().toEqualTypeOf<"web" | "partner">()
    expect(inline.optional("web", "partner")).toBeTypeOf("function")
  })

  it("that are misspelled do not compile, and throw where nobody compiles", () => {
    // @ts-expect-error "wbe" is not a consumer
    expect(() => inline.allow("wbe")).toThrow(ConfigError)
    // @ts-expect-error nor in optional
    expect(() => inline.optional("wbe")).toThrow(ConfigError)
    // @ts-expect-error at least one name
    expect(() => inline.allow()).toThrow(ConfigError)
  })

  it("of a config that comes from elsewhere are strings", () => {
    const config: JwtAuthConfig = twoConsumers
    const auth = jwtAuth(config)
    expectTypeOf(auth).toEqualTypeOf<HonoJwtAuth<string>>()
    expect(() => auth.allow("wbe")).toThrow(ConfigError)
  })

  it("leave a variable of the general type assignable", () => {
    const general: HonoJwtAuth = inline as HonoJwtAuth
    expect(general).toBe(inline)
  })
})

describe("the config and the options", () => {
  it("with a field that does not exist, or of the wrong type, do not compile", () => {
    // @ts-expect-error fromHeaders is from_headers
    expect(() => jwtAuth({ consumers: [{ name: "a", issuer: "a", jwks, fromHeaders: [] }] })).toThrow()
    // @ts-expect-error consumers are required
    expect(() => jwtAuth({})).toThrow(ConfigError)
    // @ts-expect-error isRevoked comes later
    expect(() => jwtAuth(twoConsumers, { isRevoked: () => true })).toThrow(ConfigError)
    // @ts-expect-error there is no such denial
    const bad = jwtAuth(twoConsumers, { onDeny: ({ code }, c) => c.text(`${code === "jwt_bad"}`) })
    expect(bad).toBeTypeOf("function")
  })

  it("an onDeny that returns nothing does not compile", () => {
    // @ts-expect-error a Response, or a throw
    expect(jwtAuth(twoConsumers, { onDeny: () => {} })).toBeTypeOf("function")
    jwtAuth(twoConsumers, {
      onDeny: (denial, c) => {
        expectTypeOf(denial.status).toEqualTypeOf<401 | 403 | 503>()
        expectTypeOf(c).toEqualTypeOf<Context>()
        return c.json({ code: denial.code }, denial.status)
      },
    })
  })
})

describe("the identity in the context", () => {
  it("comes along the chain behind the middleware and behind each verb", async () => {
    const app = new Hono()
      .use(inline)
      .get("/", (c) => {
        expectTypeOf(c.get("auth")).toEqualTypeOf<Auth | undefined>()
        expectTypeOf(c.var.auth).toEqualTypeOf<Auth | undefined>()
        // @ts-expect-error possibly undefined: an anonymous request has no identity
        return c.text(c.get("auth").consumer)
      })
      .get("/x", inline.allow("web"), (c) => c.text(c.var.auth?.consumer ?? ""))
    expect(await (await app.request("/x", { headers: bearer("web") })).text()).toBe("web")
    new Hono().get("/", inline.any(), (c) => c.text(c.get("auth")?.consumer ?? ""))
    new Hono().get("/", inline.optional(), inline.route("r"), inline.require({ scopes: ["read"] }), (c) =>
      c.text(c.var.auth?.header.alg ?? ""),
    )
  })

  it("is there in separate statements, where the app says JwtAuthEnv", () => {
    const app = new Hono<JwtAuthEnv>()
    app.use(inline)
    app.get("/", (c) => {
      expectTypeOf(c.get("auth")).toEqualTypeOf<Auth | undefined>()
      return c.text("")
    })
    const factory = createFactory<JwtAuthEnv>()
    const handlers = factory.createHandlers(inline.any(), (c) => c.text(c.var.auth?.consumer ?? ""))
    expect(factory.createApp().get("/", ...handlers).routes).toHaveLength(2)
  })

  it("is nowhere else: importing us gives no other app a type", () => {
    expectTypeOf<"auth" extends keyof ContextVariableMap ? true : false>().toEqualTypeOf<false>()
    new Hono().get("/", (c) => {
      // @ts-expect-error nobody has put an identity there
      c.get("auth")
      return c.text("")
    })
    expect(inline).toBeTypeOf("function")
  })

  it("takes nothing from an app's own Bindings and Variables", () => {
    type Own = { Bindings: { DB: { query(): string } }; Variables: { user: { id: number } } }
    new Hono<Own>()
      .use(inline)
      .use("/api/*", inline.allow("web"))
      .get("/users/:id", inline.any(), (c) => {
        expectTypeOf(c.env.DB.query()).toBeString()
        expectTypeOf(c.get("user")).toEqualTypeOf<{ id: number }>()
        expectTypeOf(c.get("auth")).toEqualTypeOf<Auth | undefined>()
        expectTypeOf(c.req.param("id")).toBeString()
        expectTypeOf(inline.get(c)).toEqualTypeOf<Auth | undefined>()
        return c.text("")
      })
    const list: MiddlewareHandler[] = [inline, inline.any()]
    expectTypeOf(inline.any()).toEqualTypeOf<JwtAuthMiddleware>()
    const wrapped = createMiddleware<JwtAuthEnv>((c, next) => inline.allow("web")(c, next))
    expect([...list, wrapped]).toHaveLength(3)
  })

  it("changes nothing of what hc() knows of the routes", async () => {
    const app = new Hono()
      .use(inline)
      .get("/users/:id", inline.any(), (c) => c.json({ id: c.req.param("id"), n: 1 }))
    const client = hc<typeof app>("http://a.test", {
      fetch: (async (...a) => app.request(...a)) as typeof fetch,
    })
    const response = await client.users[":id"].$get({ param: { id: "7" } }, { headers: bearer("web") })
    const body = await response.json()
    expectTypeOf(body).toEqualTypeOf<{ id: string; n: number }>()
    expect(body).toEqual({ id: "7", n: 1 })
  })
})

describe("get()", () => {
  const c = {} as Context

  it("is an identity or undefined, with claims that say what they are", () => {
    expectTypeOf(inline.get(c)).toEqualTypeOf<Auth | undefined>()
    expectTypeOf(inline.get(c)?.claims).toEqualTypeOf<JwtClaims | undefined>()
    expectTypeOf(inline.get(c)?.claims["role"]).toBeUnknown()
    expect(inline.get(c)).toBeUndefined()
  })

  it("takes the type of the claims from who asks", () => {
    expectTypeOf(inline.get<{ sub: string }>(c)?.claims.sub).toEqualTypeOf<string | undefined>()
    // @ts-expect-error not among the claims that were named
    expect(inline.get<{ sub: string }>(c)?.claims.role).toBeUndefined()
    const found = inline.get(c)
    // @ts-expect-error read-only
    if (found !== undefined) found.consumer = "root"
    expect(found).toBeUndefined()
  })
})
