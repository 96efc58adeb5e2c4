import type { Auth, JwtAuthConfig, JwtClaims } from "@jwt-auth/core"
import type { Context, ParameterizedContext } from "koa"
import { describe, expect, expectTypeOf, it } from "vitest"
import { ConfigError, jwtAuth, type KoaJwtAuth } from "../src/index.js"
import { jwksOf, twoConsumers } from "./apps.js"

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
    expectTypeOf(inline).toEqualTypeOf<KoaJwtAuth<"web" | "partner">>()
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
    expectTypeOf(auth).toEqualTypeOf<KoaJwtAuth<string>>()
    expectTypeOf(auth.allow).toBeCallableWith("wbe", "anything")
    expect(() => auth.allow("wbe")).toThrow(ConfigError)
  })

  it("of a config written as const are known too", () => {
    const config = {
      consumers: [{ name: "web", issuer: "web", jwks, from_params: ["t"] }],
      rules: [{ match: { path: ["/a", "/b"] }, allow: ["web"] }],
    } as const
    const auth = jwtAuth(config)
    expectTypeOf(auth).toEqualTypeOf<KoaJwtAuth<"web">>()
    // @ts-expect-error "wbe" is not a consumer
    expect(() => auth.allow("wbe")).toThrow(ConfigError)
  })

  it("leave a variable of the general type assignable", () => {
    const general: KoaJwtAuth = inline as KoaJwtAuth
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
  const ctx = { req: {} } as Context

  it("is an identity or undefined, with claims that say what they are", () => {
    expectTypeOf(inline.get(ctx)).toEqualTypeOf<Auth | undefined>()
    expectTypeOf(inline.get(ctx)?.claims).toEqualTypeOf<JwtClaims | undefined>()
    expectTypeOf(inline.get(ctx)?.claims["role"]).toBeUnknown()
    // @ts-expect-error possibly undefined: an anonymous request has no identity
    expect(() => inline.get(ctx).consumer).toThrow(TypeError)
  })

  it("takes the type of the claims from who asks", () => {
    expectTypeOf(inline.get<{ sub: string }>(ctx)?.claims.sub).toEqualTypeOf<string | undefined>()
    const found = inline.get<{ sub: string; roles: readonly string[] }>(ctx)
    if (found !== undefined) expectTypeOf(found.claims.roles).toEqualTypeOf<readonly string[]>()
    // @ts-expect-error not among the claims that were named
    expect(inline.get<{ sub: string }>(ctx)?.claims.role).toBeUndefined()
  })

  it("cannot be written to", () => {
    const found = inline.get(ctx)
    // @ts-expect-error read-only
    if (found !== undefined) found.consumer = "root"
    expect(found).toBeUndefined()
  })

  it("takes a context of any state, its request, and Node's", () => {
    type Typed = ParameterizedContext<{ user: string }, { db: object }, { ok: boolean }>
    expectTypeOf(inline.get).toBeCallableWith({ req: {} } as Typed)
    expectTypeOf(inline.get).toBeCallableWith(ctx.request)
    expectTypeOf(inline.get).toBeCallableWith(ctx.req)
    // @ts-expect-error a state is no request
    expect(inline.get({})).toBeUndefined()
  })
})
