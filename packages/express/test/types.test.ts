import type { Auth, JwtAuthConfig, JwtClaims } from "@jwt-auth/core"
import express, { type Request, type RequestHandler } from "express"
import { describe, expect, expectTypeOf, it } from "vitest"
import { ConfigError, type ExpressJwtAuth, jwtAuth } from "../src/index.js"
import { ask, bearer, jwksOf, twoConsumers } from "./apps.js"

// `tsc -p tsconfig.json` is what holds these: each line is wrong for the compiler when its rule is broken. What
// `@jwt-auth/express/augment` does to `req.auth`, and that nothing does it uninvited, can only be shown in programs
// that consume the packages: a global type is there in all files of a program, and the entry is a source file of this one.

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
    expectTypeOf(inline).toEqualTypeOf<ExpressJwtAuth<"web" | "partner">>()
    expectTypeOf<Parameters<typeof inline.allow>[number]>().toEqualTypeOf<"web" | "partner">()
    expect(inline.optional("web", "partner")).toBeTypeOf("function")
  })

  it("that are misspelled do not compile, and throw where nobody compiles", () => {
    // @ts-expect-error "wbe" is not a consumer
    expect(() => inline.allow("wbe")).toThrow(ConfigError)
    // @ts-expect-error nor in second place
    expect(() => inline.allow("web", "partnr")).toThrow(ConfigError)
    // @ts-expect-error nor in optional
    expect(() => inline.optional("wbe")).toThrow(ConfigError)
  })

  it("must be given: an empty allow() does not compile", () => {
    // @ts-expect-error at least one name
    expect(() => inline.allow()).toThrow(ConfigError)
    const names: string[] = []
    // @ts-expect-error a list that may be empty
    expect(() => jwtAuth(twoConsumers).allow(...names)).toThrow(ConfigError)
  })

  it("of a config that comes from elsewhere are strings", () => {
    const config: JwtAuthConfig = twoConsumers
    const auth = jwtAuth(config)
    expectTypeOf(auth).toEqualTypeOf<ExpressJwtAuth<string>>()
    expectTypeOf(auth.allow).toBeCallableWith("wbe", "anything")
    expect(() => auth.allow("wbe")).toThrow(ConfigError)
  })

  it("of a config written as const are known too", () => {
    const config = {
      consumers: [{ name: "web", issuer: "web", jwks, from_params: ["t"] }],
      rules: [{ match: { path: ["/a", "/b"] }, allow: ["web"] }],
    } as const
    const auth = jwtAuth(config)
    expectTypeOf(auth).toEqualTypeOf<ExpressJwtAuth<"web">>()
    // @ts-expect-error "wbe" is not a consumer
    expect(() => auth.allow("wbe")).toThrow(ConfigError)
  })

  it("leave a variable of the general type assignable", () => {
    const general: ExpressJwtAuth = inline as ExpressJwtAuth
    expectTypeOf(general.allow).toBeCallableWith("anything")
    expect(general).toBe(inline)
  })
})

describe("the config", () => {
  it("with a field that does not exist, or of the wrong type, does not compile", () => {
    // @ts-expect-error fromHeaders is from_headers
    expect(() => jwtAuth({ consumers: [{ name: "a", issuer: "a", jwks, fromHeaders: [] }] })).toThrow()
    // @ts-expect-error a string is not a boolean
    expect(() => jwtAuth({ ...twoConsumers, global_auth: "yes" })).toThrow(ConfigError)
    // @ts-expect-error consumers are required
    expect(() => jwtAuth({})).toThrow(ConfigError)
  })

  it("knows no options that this version lacks", () => {
    // @ts-expect-error isRevoked comes later
    expect(() => jwtAuth(twoConsumers, { isRevoked: () => true })).toThrow(ConfigError)
  })
})

describe("get()", () => {
  const req = {} as Request

  it("is an identity or undefined, with claims that say what they are", () => {
    expectTypeOf(inline.get(req)).toEqualTypeOf<Auth | undefined>()
    expectTypeOf(inline.get(req)?.claims).toEqualTypeOf<JwtClaims | undefined>()
    expectTypeOf(inline.get(req)?.claims["role"]).toBeUnknown()
    // @ts-expect-error possibly undefined: an anonymous request has no identity
    expect(() => inline.get(req).consumer).toThrow(TypeError)
  })

  it("takes the type of the claims from who asks", () => {
    expectTypeOf(inline.get<{ sub: string }>(req)?.claims.sub).toEqualTypeOf<string | undefined>()
    const found = inline.get<{ sub: string; roles: readonly string[] }>(req)
    if (found !== undefined) expectTypeOf(found.claims.roles).toEqualTypeOf<readonly string[]>()
    // @ts-expect-error not among the claims that were named
    expect(inline.get<{ sub: string }>(req)?.claims.role).toBeUndefined()
  })

  it("cannot be written to", () => {
    const found = inline.get(req)
    // @ts-expect-error read-only
    if (found !== undefined) found.consumer = "root"
    expect(found).toBeUndefined()
  })

  it("takes the requests of typed routes", () => {
    type Typed = Request<{ id: string }, { ok: boolean }, { body: string }, { q?: string }, { user: string }>
    expectTypeOf(inline.get<{ sub: string }>).toBeCallableWith({} as Typed)
    expect(inline.get({} as Typed)).toBeUndefined()
  })
})

describe("in an app", () => {
  it("every verb fits where Express takes a handler", async () => {
    const app = express()
    app.use(inline)
    app.use("/api", inline, express.Router().use(inline.optional()))
    app.all("/all", inline.any(), inline.route("r"), (_req, res) => void res.send("all"))
    app.get("/x", inline.allow("web"), (req, res) => void res.send(inline.get(req)?.consumer))
    app.route("/r").post(inline.require({ scopes: ["write"] }), (_req, res) => void res.send("r"))
    const handlers: RequestHandler[] = [inline, inline.any(), inline.allow("web")]
    app.put("/list", handlers)
    expect((await ask(app, { path: "/x", headers: bearer("web") })).body).toBe("web")
  })

  it("a verb before a handler takes nothing from the types of its route parameters", async () => {
    const app = express()
    app.get("/users/:id", inline.any(), (req, res) => {
      expectTypeOf(req.params).toEqualTypeOf<{ id: string }>()
      expectTypeOf(req.params.id).toBeString()
      res.send(req.params.id)
    })
    expect((await ask(app, { path: "/users/7", headers: bearer("web") })).body).toBe("7")
  })

  it("onDeny has the types of Express", () => {
    jwtAuth(twoConsumers, {
      onDeny: (denial, req, res, next) => {
        expectTypeOf(denial.status).toEqualTypeOf<401 | 403 | 503>()
        expectTypeOf(req).toEqualTypeOf<Request>()
        res.status(denial.status).json({ code: denial.code })
        next(denial)
      },
    })
    // @ts-expect-error there is no such denial
    expect(() => jwtAuth(twoConsumers, { onDeny: ({ code }) => code === "jwt_bad" })).not.toThrow()
  })
})
