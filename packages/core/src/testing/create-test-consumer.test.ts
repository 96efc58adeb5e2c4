import { decodeJwt, decodeProtectedHeader } from "jose"
import { describe, expect, expectTypeOf, it } from "vitest"
import { algorithms } from "../config/key-algorithms.js"
import {
  type Algorithm,
  type AuthRequest,
  ConfigError,
  type Consumer,
  createAuthenticator,
  type Decision,
  type JwtAuthConfig,
} from "../index.js"
import { generateKey } from "../issue/index.js"
import {
  type BadToken,
  createTestConsumer,
  fixedClock,
  type TestConsumer,
  type TestConsumerOptions,
} from "./index.js"

const start = 1_900_000_000
const now = fixedClock(start)

async function decide({ consumer }: TestConsumer, request: AuthRequest): Promise<Decision> {
  return createAuthenticator({ global_auth: true, consumers: [consumer] }, { now }).decide(request)
}

/** What a decision comes to, in a word. */
function verdict(decision: Decision): string {
  if (decision.outcome !== "deny") return decision.outcome
  return decision.attempts.map(({ reason }) => reason).join(" ")
}

const bearer = (token: string) => ({
  method: "GET",
  host: "localhost",
  path: "/",
  headers: { authorization: `Bearer ${token}` },
})

describe.each(algorithms)("a test consumer of %s", async (alg) => {
  const web = await createTestConsumer({ name: "web", alg, now })

  it("is allowed with its token", async () => {
    const decision = await decide(web, bearer(await web.token({ sub: "alice" })))
    expect(decision).toMatchObject({
      outcome: "allow",
      auth: { consumer: "web", claims: { sub: "alice" }, header: { alg } },
    })
  })

  it.each<[BadToken, string]>([
    ["expired", "expired"],
    ["notYetValid", "not_yet_valid"],
    ["tampered", "signature_invalid"],
    ["wrongKey", "signature_invalid"],
    ["wrongIssuer", "claim_mismatch"],
  ])("has a bad token by name: %s", async (name, reason) => {
    expect(verdict(await decide(web, bearer(await web.tokens[name]())))).toBe(reason)
  })
})

describe("a test consumer", async () => {
  const web = await createTestConsumer({ name: "web", now })

  it("is signed for with ES256 by an issuer of its own, unless it is told otherwise", async () => {
    expect(decodeProtectedHeader(await web.token())).toMatchObject({ alg: "ES256", typ: "JWT" })
    expect(web.consumer).toMatchObject({ name: "web", issuer: "https://web.test" })
    const spaced = await createTestConsumer({ name: "our web app" })
    expect(spaced.consumer.issuer).toBe("https://our%20web%20app.test")
    const narrowed = await createTestConsumer({ name: "web", algorithms: ["EdDSA", "ES256"] })
    expect(decodeProtectedHeader(await narrowed.token()).alg).toBe("EdDSA")
  })

  it("holds no private key in what goes into a config", () => {
    expect(JSON.stringify(web)).toContain('"kty":"EC"')
    expect(JSON.stringify(web)).not.toContain('"d":')
  })

  it("has a good token of five minutes by its clock, each its own", async () => {
    const [one, two] = [decodeJwt(await web.token()), decodeJwt(await web.token())]
    const times = { iat: start, nbf: start, exp: start + 300 }
    expect(one).toEqual({ iss: "https://web.test", sub: "test-user", jti: one.jti, ...times })
    expect(one.jti).not.toBe(two.jti)
  })

  it("is dated by the system's clock where there is no other", async () => {
    const { consumer, request } = await createTestConsumer({ name: "web" })
    const { decide } = createAuthenticator({ global_auth: true, consumers: [consumer] })
    expect(verdict(await decide(await request()))).toBe("allow")
  })

  it("takes any claims, and leaves out what is undefined", async () => {
    const claims = decodeJwt(await web.token({ exp: undefined, sub: 42, scope: "read" }))
    expect(claims).toMatchObject({ sub: 42, scope: "read" })
    expect(claims).not.toHaveProperty("exp")
    expect(verdict(await decide(web, bearer(await web.token({ exp: undefined }))))).toBe("exp_missing")
  })

  it("takes another header, algorithm or key", async () => {
    const stranger = await createTestConsumer({ name: "stranger", now })
    const other = await web.token({}, { header: { kid: "other", typ: undefined } })
    expect(decodeProtectedHeader(other)).toEqual({ alg: "ES256", kid: "other" })
    expect(verdict(await decide(web, bearer(other)))).toBe("kid_unknown")
    const rsa = await web.token({}, { alg: "RS256" })
    expect(decodeProtectedHeader(rsa).alg).toBe("RS256")
    expect(verdict(await decide(web, bearer(rsa)))).toBe("alg_not_allowed")
    const { privateJwk, jwks } = await generateKey("EdDSA")
    const foreign = await web.token({}, { key: privateJwk })
    expect(verdict(await decide(web, bearer(foreign)))).toBe("alg_not_allowed")
    const sameIssuer = { ...stranger, consumer: { ...web.consumer, jwks } }
    expect(verdict(await decide(sameIssuer, bearer(foreign)))).toBe("allow")
  })

  it.each<[string, Omit<TestConsumerOptions, "name">]>([
    ["recognised by a claim", { claims: { key: "user-key" } }],
    ["recognised by claims and issuer", { issuer: "a", claims: { tenant: "b" } }],
    ["of one type", { types: ["at+jwt"] }],
    ["of several audiences", { audiences: ["orders", "bills"] }],
    ["without exp", { require_exp: false }],
    ["without skew", { clock_skew_seconds: 0 }],
    ["with much skew", { clock_skew_seconds: 7200 }],
    ["in a header of its own", { from_headers: [{ name: "X-Token" }] }],
    ["in a header with a prefix", { from_headers: [{ name: "X-Token", value_prefix: "Token " }] }],
    ["in a parameter", { from_params: ["jwt&token"] }],
    ["in a cookie", { from_cookies: ["session"] }],
    ["in the first of several places", { from_params: ["a"], from_cookies: ["b"] }],
  ])("has a good request and all bad tokens: %s", async (_, fields) => {
    const one = await createTestConsumer({ name: "one", now, ...fields })
    expect(verdict(await decide(one, await one.request()))).toBe("allow")
    const bad: string[] = []
    for (const token of Object.values(one.tokens))
      bad.push(verdict(await decide(one, await one.request({}, { token: token() }))))
    expect(bad).toEqual([
      "expired",
      "not_yet_valid",
      "signature_invalid",
      "signature_invalid",
      "claim_mismatch",
    ])
  })

  it("an algorithm that there is not is refused", async () => {
    await expect(createTestConsumer({ name: "web", alg: "none" as Algorithm })).rejects.toBeInstanceOf(
      ConfigError,
    )
  })
})

it("the name of a test consumer is known to the rules of its config", async () => {
  const [web, partner] = await Promise.all([
    createTestConsumer({ name: "web" }),
    createTestConsumer({ name: "partner", alg: "HS256" }),
  ])
  expectTypeOf(web.consumer).toEqualTypeOf<Consumer<"web">>()
  const config = <const Name extends string>(document: JwtAuthConfig<Name>) => document
  const consumers = [web.consumer, partner.consumer]
  config({ global_auth: true, consumers, rules: [{ match: {}, allow: ["web", "partner"] }] })
  const misspelt = () =>
    createAuthenticator(
      config({
        global_auth: true,
        consumers,
        // @ts-expect-error: there is no consumer of this name
        rules: [{ match: {}, allow: ["wbe"] }],
      }),
    )
  expect(misspelt).toThrow('Did you mean "web"?')
})

describe("what a test consumer cannot be made of is refused", () => {
  const make = (options: object) => createTestConsumer(options as TestConsumerOptions)

  it.each<[string, object, string, string]>([
    ["no name", {}, "name: is required", "Add it: a string."],
    ["a name that is not a string", { name: 7 }, "name: must be a string, got a number", ""],
    ["keys of its own", { name: "web", jwks: { keys: [] } }, "jwks: cannot be given", "Leave it out"],
  ])("%s", async (_, options, message, fix) => {
    const error = await make(options).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConfigError)
    expect(String(error)).toContain(`The jwt-auth test consumer has 1 problem:\n  - ${message}`)
    expect(String(error)).toContain(fix)
  })

  it("keys do not compile, not even from a spread consumer", async () => {
    // @ts-expect-error: keys are made
    await expect(createTestConsumer({ name: "web", jwks: { keys: [] } })).rejects.toThrow("jwks: cannot")
    const consumer: Consumer<"web"> = { name: "web", issuer: "a", jwks: { keys: [] } }
    // @ts-expect-error: keys are made
    await expect(createTestConsumer({ ...consumer })).rejects.toThrow("jwks: cannot")
    const { jwks: _, ...fields } = consumer
    await expect(createTestConsumer(fields)).resolves.toHaveProperty("consumer.issuer", "a")
  })

  it("a key for one token that cannot sign", async () => {
    const web = await createTestConsumer({ name: "web" })
    await expect(web.token({}, { key: { kty: "EC" } })).rejects.toThrow("The jwt-auth key has 1 problem:")
  })
})
