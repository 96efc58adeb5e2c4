import fc from "fast-check"
import { decodeJwt, decodeProtectedHeader } from "jose"
import { describe, expect, it } from "vitest"
import { runs } from "../../test/properties/settings.js"
import { ConfigError, createAuthenticator } from "../index.js"
import { createIssuer, generateKey, type Issuer } from "./index.js"

const now = 1_900_000_000
const iss = "https://login.example.com"
const { privateJwk, jwks } = await generateKey("ES256")
const options = { issuer: iss, privateJwk, expiresInSeconds: 600, clock: () => now + 0.9 }
const { issue } = createIssuer(options)
/** As JavaScript, or a request body, sees it. */
const untyped = (issuer: Issuer) => issuer.issue as (claims?: unknown) => Promise<string>

const authenticator = createAuthenticator(
  { global_auth: true, consumers: [{ name: "web", issuer: iss, jwks }] },
  { now: () => now },
)
const decide = (token: string) =>
  authenticator.decide({
    method: "GET",
    host: "localhost",
    path: "/",
    headers: { authorization: `Bearer ${token}` },
  })

describe("a token", () => {
  it("has the times of the clock in whole seconds, an end, and an id", async () => {
    const { jti, ...claims } = decodeJwt(await issue({ sub: "alice" }))
    expect(claims).toEqual({ iss, sub: "alice", iat: now, nbf: now, exp: now + 600 })
    expect(jti).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  })

  it("is each its own", async () => {
    const tokens = await Promise.all([issue(), issue(), issue()])
    expect(new Set(tokens.map((token) => decodeJwt(token).jti)).size).toBe(3)
  })

  it("names its key, its algorithm and its type", async () => {
    expect(decodeProtectedHeader(await issue())).toEqual({ alg: "ES256", typ: "JWT", kid: privateJwk.kid })
    const access = createIssuer({ ...options, type: "at+jwt" })
    expect(decodeProtectedHeader(await access.issue()).typ).toBe("at+jwt")
  })

  it.each([["orders"], [["orders", "bills"]]])("is for the audience %j", async (audience) => {
    expect(decodeJwt(await createIssuer({ ...options, audience }).issue()).aud).toEqual(audience)
  })

  it("is for the audience that the caller names, where the issuer names none", async () => {
    expect(decodeJwt(await issue({ aud: ["orders"] })).aud).toEqual(["orders"])
  })

  it("is dated by the system's clock where there is no other", async () => {
    const { clock: _, ...rest } = options
    const { iat = 0 } = decodeJwt(await createIssuer(rest).issue())
    expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(60)
  })

  it("does not change with the options that the issuer was made of", async () => {
    const audience = ["orders"]
    const jwk = { ...privateJwk }
    const issuer = createIssuer({ ...options, privateJwk: jwk, audience })
    audience.push("everything")
    Object.assign(jwk, { kid: "other", d: "" })
    const token = await issuer.issue()
    expect([decodeJwt(token).aud, decodeProtectedHeader(token).kid]).toEqual([["orders"], privateJwk.kid])
  })

  it("holds what was checked, also when the claims are changed before the key is ready", async () => {
    const claims: Record<string, unknown> = { sub: "alice" }
    const pending = untyped(createIssuer(options))(claims)
    Object.assign(claims, { sub: "admin", exp: 1e10 })
    expect(decodeJwt(await pending)).toMatchObject({ sub: "alice", exp: now + 600 })
  })

  it("is accepted with any claims that JSON can say, and says them unchanged", async () => {
    const name = fc.string({ maxLength: 12 }).filter((text) => !reserved.has(text))
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, jsonValue), async (claims) => {
        const decision = await decide(await issue(claims))
        expect(decision).toMatchObject({ outcome: "allow" })
        if (decision.outcome === "allow") expect(decision.auth.claims).toMatchObject(claims)
      }),
      runs(60),
    )
  })
})

const reserved = new Set(["iss", "iat", "nbf", "exp", "jti", "aud", "sub", "__proto__"])
const jsonValue = fc
  .jsonValue({ maxDepth: 3 })
  .filter((value) => !JSON.stringify(value).includes("__proto__"))
  // JSON has no -0.
  .map((value): unknown => JSON.parse(JSON.stringify(value)))

describe("claims that a caller may not give", () => {
  const own = ["iss", "iat", "nbf", "exp", "jti"]
  const withAudience = createIssuer({ ...options, audience: "orders" })

  it.each(own.flatMap((name) => [[name, 9e9] as const, [name, undefined] as const]))(
    "%s, which the issuer sets: %s",
    async (name, value) => {
      await expect(untyped({ ...withAudience, issue } as Issuer)({ [name]: value })).rejects.toThrow(
        `claims.${name}: is set by the issuer`,
      )
    },
  )

  it("aud, where the issuer has an audience", async () => {
    await expect(untyped(withAudience)({ aud: "everything" })).rejects.toThrow(
      "claims.aud: is set by the issuer",
    )
  })

  it("none of them compiles", async () => {
    // @ts-expect-error: the end is the issuer's to set
    await expect(issue({ exp: now + 9e9 })).rejects.toBeInstanceOf(ConfigError)
    // @ts-expect-error: so is the audience, once it has one
    await expect(withAudience.issue({ aud: "everything" })).rejects.toBeInstanceOf(ConfigError)
  })

  it("a spread request body mints no end of its own", async () => {
    const body = JSON.parse('{"name":"mallory","exp":9999999999,"iss":"https://evil.example"}')
    await expect(untyped({ issue } as Issuer)({ sub: "mallory", ...body })).rejects.toMatchObject({
      issues: [{ path: "claims.exp" }, { path: "claims.iss" }],
    })
  })

  const circular: Record<string, unknown> = {}
  circular["self"] = circular
  class Account {
    readonly id = "alice"
  }

  it.each<[string, unknown, string]>([
    ["a text", "sub=alice", "claims: must be a plain object"],
    ["a list", [], "claims: must be a plain object"],
    ["null", null, "claims: must be a plain object"],
    ["a missing subject, which would be dropped", { sub: undefined }, "claims.sub: is undefined"],
    ["a subject that is a number", { sub: 42 }, "claims.sub: must be a text that is not empty"],
    ["an empty subject", { sub: "" }, "claims.sub: must be a text that is not empty"],
    ["an audience that is no text", { aud: [1] }, "claims.aud: must be a text that is not empty, or a list"],
    ["undefined further in", { user: { id: undefined } }, "claims.user.id: is undefined"],
    ["a hole in a list", { roles: new Array(1) }, "claims.roles[0]: is undefined"],
    ["NaN, which would become null", { level: Number.NaN }, "claims.level: is not JSON"],
    ["a bigint", { id: 1n }, "claims.id: is not JSON"],
    ["a function", { id: () => "alice" }, "claims.id: is not JSON"],
    ["a date", { at: new Date(0) }, "claims.at: is not JSON"],
    ["an object of a class", { user: new Account() }, "claims.user: is not JSON"],
    ["an object that speaks for itself", { toJSON: () => ({ exp: 9e9 }) }, "claims.toJSON: is not JSON"],
    ["a prototype", JSON.parse('{"__proto__":{"admin":true}}'), "claims.__proto__: is not a usable name"],
    [
      "a prototype further in",
      { user: JSON.parse('{"__proto__":{}}') },
      "claims.user.__proto__: is not a usable",
    ],
    ["a circle", { circular }, "lies too deep, or contains itself"],
    ["more than any verifier reads", { text: "x".repeat(8000) }, "claims: make a token of"],
  ])("%s", async (_, claims, message) => {
    const rejected = await untyped({ issue } as Issuer)(claims).catch((error: unknown) => error)
    expect(rejected).toBeInstanceOf(ConfigError)
    expect(String(rejected)).toContain(message)
  })

  it.each([
    ["an object with inherited claims", Object.create({ exp: 9e9, admin: true })],
    ["a Map, which has no members to sign", new Map([["sub", "alice"]])],
  ])("%s is refused", async (_, claims) => {
    await expect(untyped({ issue } as Issuer)(claims)).rejects.toThrow("claims: must be a plain object")
  })

  it("what was checked is what is signed, whoever looks otherwise at the second look", async () => {
    let looks = 0
    const shifty = new Proxy({ exp: 9e9 }, { ownKeys: () => (looks++ === 0 ? [] : ["exp"]) })
    expect(decodeJwt(await untyped({ issue } as Issuer)(shifty)).exp).toBe(now + 600)
    const roles = Object.assign(["user"], { toJSON: () => ["admin"] })
    const tenant = Object.defineProperty({ id: "a" }, "toJSON", { value: () => ({ id: "b" }) })
    let asked = 0
    const claims = {
      roles,
      tenant,
      get plan() {
        return asked++ === 0 ? "free" : "paid"
      },
    }
    expect(decodeJwt(await untyped({ issue } as Issuer)(claims))).toMatchObject({
      roles: ["user"],
      tenant: { id: "a" },
      plan: "free",
    })
  })

  it("plain objects without a prototype, or of another realm, are plain", async () => {
    const bare = Object.assign(Object.create(null), { admin: false })
    expect(decodeJwt(await issue({ bare }))["bare"]).toEqual({ admin: false })
  })
})

it("what is refused is called a token, not a config", async () => {
  await expect(untyped({ issue } as Issuer)({ exp: 9e9 })).rejects.toThrow(
    "The jwt-auth token has 1 problem:\n  - claims.exp: is set by the issuer",
  )
})

it("a clock that breaks later signs nothing", async () => {
  let time = now
  const { issue } = createIssuer({ ...options, clock: () => time })
  time = Number.NaN
  await expect(issue()).rejects.toThrow("clock: must return the seconds since 1970, got NaN")
})
