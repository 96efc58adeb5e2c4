import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { explain } from "../../src/explain/index.js"
import {
  type Authenticator,
  type AuthRequest,
  createAuthenticator,
  type Decision,
  type JwtAuthConfig,
} from "../../src/index.js"
import { base64url, mintKey, sign } from "../keyring.js"
import { runs } from "./settings.js"
import { now } from "./tokens.js"

// Whether a token is remembered must never show: a gate with a cache, of whatever size, decides as one without.

const [first, second, third, slow] = [
  await mintKey("HS256"),
  await mintKey("HS256"),
  await mintKey("HS384"),
  await mintKey("ES256"),
]

const jwks = (...keys: (typeof first)[]) => ({ keys: keys.map(({ jwk }) => jwk) })
const web = { name: "web", issuer: "i", jwks: jwks(first) }
const twin = { name: "twin", issuer: "i", jwks: jwks(second, slow) }
const strict = { name: "strict", issuer: "j", jwks: jwks(first), audiences: ["a"], keep_token: false }
const rules = [
  { match: { path: "/twin" }, allow: ["twin"] },
  { match: { path: "/scoped" }, allow: "any", scopes: ["read"] },
  { match: { path: "/local" }, consumers: [{ ...web, name: "local", jwks: jwks(third) }] },
  { match: { path: "/report" }, allow: ["strict"], report_only: true },
] as const

const configs: readonly JwtAuthConfig[] = [
  { global_auth: true, consumers: [web, twin, strict], rules },
  { global_auth: true, consumers: [twin, web, strict] },
  {
    global_auth: true,
    consumers: [
      { ...web, jwks: jwks(second) },
      { ...twin, jwks: jwks(first) },
    ],
    rules: rules.slice(1, 3),
  },
  {
    global_auth: true,
    consumers: [
      { ...web, audiences: ["a"] },
      { ...strict, audiences: ["b"], types: ["at+jwt"] },
    ],
  },
]

const claims = { iss: "i", exp: now + 100, sub: "alice", deep: { list: [{ admin: false }] } }
const signed = await Promise.all([
  ...[first, second, third, slow].map((key) => sign(key, { payload: claims })),
  sign(first, { payload: { ...claims, iss: "j", aud: "a" } }),
  sign(first, {
    payload: { ...claims, iss: "j", aud: ["b"], scope: "read" },
    header: { alg: "HS256", typ: "at+jwt" },
  }),
  sign(first, { payload: { ...claims, scope: "write read" } }),
  sign(first, { payload: { ...claims, exp: now - 1000 } }),
  sign(first, { payload: { ...claims, nbf: now + 150, exp: now + 300 } }),
  sign(second, { payload: { ...claims, iss: "nobody" } }),
])
const [good = ""] = signed
const tokens = [
  ...signed,
  // Alike at the end, where a cache may look first.
  good.replace(/\.[^.]*\./, `.${base64url({ ...claims, sub: "admin" })}.`),
  `${good}A`,
  good.slice(0, -4),
  `${good.slice(0, -8)}AAAA${good.slice(-4)}`,
]

type Step =
  | { readonly kind: "ask"; readonly asked: readonly AuthRequest[] }
  | { readonly kind: "explain"; readonly asked: AuthRequest }
  | { readonly kind: "clock"; readonly seconds: number }
  | { readonly kind: "reload"; readonly config: number }

const request = fc
  .tuple(fc.constantFrom(...tokens), fc.constantFrom("/", "/", "/twin", "/scoped", "/local", "/report"))
  .map(
    ([token, path]): AuthRequest => ({
      method: "GET",
      host: "h",
      path,
      headers: { authorization: `Bearer ${token}` },
    }),
  )

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: request.map((asked) => ({ kind: "ask" as const, asked: [asked] })) },
  {
    weight: 2,
    arbitrary: fc.array(request, { maxLength: 6 }).map((asked) => ({ kind: "ask" as const, asked })),
  },
  { weight: 1, arbitrary: request.map((asked) => ({ kind: "explain" as const, asked })) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: -300, max: 300 }).map((seconds) => ({ kind: "clock" as const, seconds })),
  },
  { weight: 1, arbitrary: fc.nat(configs.length - 1).map((config) => ({ kind: "reload" as const, config })) },
)

/** All of a decision, with the token too, which stands behind a getter. */
function whole(decision: Decision): object {
  return { ...decision, ...(decision.outcome === "allow" && { token: decision.auth.token }) }
}

/** What a handler may try to do to what it was given, at every depth. */
function vandalise(decision: Decision): void {
  if (decision.outcome !== "allow") return
  const open: unknown[] = [decision.auth.claims, decision.auth.header]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== "object" || one === null) continue
    open.push(...Object.values(one))
    for (const name of [...Object.keys(one), "exp", "iss", "admin", "0", "length"]) {
      Reflect.set(one, name, "changed")
      Reflect.deleteProperty(one, name)
    }
    Reflect.setPrototypeOf(one, { admin: true })
  }
  Object.assign(decision, { auth: undefined })
}

describe("a gate that remembers tokens", () => {
  it.each([1, 2, 3, undefined])(
    "of %s entries decides every sequence of requests as one that remembers none",
    async (size) => {
      const seen = new Set<string>()
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          let time = now
          const config = configs[0] as JwtAuthConfig
          const clock = { now: () => time }
          const cache = size === undefined ? {} : { cache: { maxEntries: size } }
          const remembers = createAuthenticator(config, { ...clock, ...cache })
          const forgets = createAuthenticator(config, { ...clock, cache: false })
          for (const one of steps) {
            if (one.kind === "clock") time += one.seconds
            else if (one.kind === "reload") {
              for (const gate of [remembers, forgets]) gate.reload(configs[one.config] as JwtAuthConfig)
            } else if (one.kind === "explain") {
              expect(await explain(remembers, one.asked)).toEqual(await explain(forgets, one.asked))
              expect((await explain(remembers, one.asked)).decision).toEqual(
                await remembers.decide(one.asked),
              )
            } else {
              // All at once, so that one is remembered while another with the same token is still being checked.
              const decisions = await Promise.all(one.asked.map((asked) => remembers.decide(asked)))
              for (const [i, asked] of one.asked.entries()) {
                const expected = await forgets.decide(asked)
                const decision = decisions[i] as Decision
                expect(whole(decision)).toStrictEqual(whole(expected))
                expect(JSON.stringify(decision)).toBe(JSON.stringify(expected))
                seen.add(decision.outcome === "deny" ? decision.denial.code : decision.outcome)
              }
              decisions.map(vandalise)
            }
          }
        }),
        runs(60),
      )
      expect([...seen].sort()).toEqual([
        ...["access_denied", "allow", "insufficient_scope", "jwt_expired", "jwt_verification_fails", "pass"],
      ])
    },
  )

  it("does remember: the same sequence is not decided by checking again, where the clock and the config stay", async () => {
    const key = await mintKey("ES256")
    const gate: Authenticator = createAuthenticator(
      { global_auth: true, consumers: [{ ...web, jwks: jwks(key) }] },
      { now: () => now },
    )
    const headers = { authorization: `Bearer ${await sign(key, { payload: claims })}` }
    const asked = { method: "GET", host: "h", path: "/", headers }
    await gate.decide(asked)
    expect(Array.from({ length: 50 }, () => gate.decide(asked) instanceof Promise)).toEqual(
      Array(50).fill(false),
    )
  })
})
