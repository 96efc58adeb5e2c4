import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type AuthRequest, type Consumer, createAuthenticator } from "../../src/index.js"
import { runs } from "./settings.js"
import { hs256, jwksOf, newSecret, now } from "./tokens.js"

const secrets = [newSecret(), newSecret()] as const

/** What a consumer asks for, and what a token brings: few values each, so that many agree. */
interface Wanted {
  readonly issuer: string
  readonly tenant: string | undefined
  readonly audience: string | undefined
  readonly type: string | undefined
  readonly secret: 0 | 1
  readonly place: "authorization" | "x-token" | "session"
}
interface Brought extends Omit<Wanted, "place"> {
  readonly expired: boolean
}
type Tokens = Readonly<Partial<Record<Wanted["place"], Brought>>>

/** Mostly the first of these values, so that many consumers take many tokens. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(usual, ...others) },
  )

const wanted: fc.Arbitrary<Wanted> = fc.record({
  issuer: mostly("a", "b"),
  tenant: mostly<string | undefined>(undefined, "t", "u"),
  audience: mostly<string | undefined>(undefined, "x", "y"),
  type: mostly<string | undefined>(undefined, "JWT", "at+jwt"),
  secret: mostly<0 | 1>(0, 1),
  place: fc.constantFrom("authorization", "x-token", "session"),
})
const brought: fc.Arbitrary<Brought> = fc.record({
  issuer: mostly("a", "b"),
  tenant: mostly<string | undefined>("t", "u", undefined),
  audience: mostly<string | undefined>("x", "y", undefined),
  type: mostly<string | undefined>("JWT", "at+jwt", undefined),
  secret: mostly<0 | 1>(0, 1),
  expired: mostly(false, true),
})
const tokens: fc.Arbitrary<Tokens> = fc.record(
  { authorization: brought, "x-token": brought, session: brought },
  { requiredKeys: [] },
)

const nameOf = (i: number) => `consumer-${i}`

function consumerOf({ issuer, tenant, audience, type, secret, place }: Wanted, i: number): Consumer {
  return {
    name: nameOf(i),
    issuer,
    ...(tenant !== undefined && { claims: { tenant } }),
    ...(audience !== undefined && { audiences: [audience] }),
    ...(type !== undefined && { types: [type] }),
    jwks: jwksOf(secrets[secret]),
    ...(place === "x-token" && { from_headers: [{ name: "X-Token" }] }),
    ...(place === "session" && { from_cookies: ["session"] }),
  }
}

function tokenOf({ issuer, tenant, audience, type, secret, expired }: Brought): string {
  const claims = { iss: issuer, tenant, aud: audience, exp: expired ? now - 600 : now + 600 }
  return hs256(secrets[secret], claims, type === undefined ? {} : { typ: type })
}

function requestWith(tokens: Tokens): AuthRequest {
  const { authorization, "x-token": header, session } = tokens
  return {
    method: "GET",
    host: "",
    path: "/",
    headers: {
      authorization: authorization && `Bearer ${tokenOf(authorization)}`,
      "x-token": header && tokenOf(header),
      cookie: session && `session=${tokenOf(session)}`,
    },
  }
}

type Verdict = "missing" | "fails" | "expired" | "verified"

/** One consumer against the token in its place, as DESIGN says it: recognised, typed, signed, in time, for it. */
function verdictOf(consumer: Wanted, tokens: Tokens): Verdict {
  const token = tokens[consumer.place]
  if (token === undefined) return "missing"
  if (token.issuer !== consumer.issuer) return "fails"
  if (consumer.tenant !== undefined && token.tenant !== consumer.tenant) return "fails"
  if (consumer.type !== undefined && token.type !== consumer.type) return "fails"
  if (token.secret !== consumer.secret) return "fails"
  if (token.expired) return "expired"
  return consumer.audience === undefined || token.audience === consumer.audience ? "verified" : "fails"
}

/** The naive way: all consumers, one after the other, no index, no groups, no early end. */
function expected(consumers: readonly Wanted[], tokens: Tokens, allow: readonly string[] | "any"): string {
  const verdicts = consumers.map((consumer) => verdictOf(consumer, tokens))
  const verified = verdicts.flatMap((verdict, i) => (verdict === "verified" ? [nameOf(i)] : []))
  const first = verified.find((name) => allow === "any" || allow.includes(name))
  if (first !== undefined) return `allow ${first}`
  if (verified.length > 0) return "deny access_denied"
  if (verdicts.includes("expired")) return "deny jwt_expired"
  return verdicts.includes("fails") ? "deny jwt_verification_fails" : "deny jwt_missing"
}

const scenario = fc.array(wanted, { minLength: 1, maxLength: 8 }).chain((consumers) =>
  fc.record({
    consumers: fc.constant(consumers),
    tokens,
    allow: fc.oneof(
      fc.constant("any" as const),
      fc.subarray(
        consumers.map((_, i) => nameOf(i)),
        { minLength: 1 },
      ),
    ),
  }),
)

describe("the first allowed consumer in config order wins", () => {
  it("as if all consumers had been tried one after the other", async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(scenario, async ({ consumers, tokens, allow }) => {
        const gate = createAuthenticator({ consumers: consumers.map(consumerOf) }, { now: () => now })
        const decision = await gate.decide(requestWith(tokens), { allow })
        const found =
          decision.outcome === "allow"
            ? `allow ${decision.auth.consumer}`
            : `deny ${decision.outcome === "deny" ? decision.denial.code : ""}`
        expect(found).toBe(expected(consumers, tokens, allow))
        seen.add(found.replace(/-\d+$/, ""))
      }),
      runs(600),
    )
    expect([...seen].sort()).toEqual([
      "allow consumer",
      "deny access_denied",
      "deny jwt_expired",
      "deny jwt_missing",
      "deny jwt_verification_fails",
    ])
  })
})
