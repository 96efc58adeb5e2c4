import { describe, expect, it } from "vitest"
import type { AuthRequest, JwtAuthConfig } from "../../src/index.js"
import { bearer, consumer, gate, issuer, mintKey, now, request, seenDownstream, sign } from "../keyring.js"

// The consumer header and every overridden claim header are the gate's own or absent (CVE-2024-45806, CVE-2026-39998).

const key = await mintKey("ES256")
const token = await sign(key)

/** Two consumers, each with an identity header of its own; nobody's token has the claim of the second. */
const consumers = [
  consumer(key, { claims_to_headers: [{ claim: "sub", header: "X-User" }] }),
  consumer(key, {
    name: "partner",
    issuer: "https://partner.example",
    claims_to_headers: [
      { claim: "tenant", header: "X-Tenant" },
      { claim: "tag", header: "X-Tag", override: false },
    ],
  }),
]

const spoofed: HeadersInit = [
  ["x-mse-consumer", "admin"],
  ["X-MSE-CONSUMER", "root"],
  ["X-Mse-Consumer", "partner"],
  ["x-USER", "root"],
  ["X-User", "mallory"],
  ["x-tenant", "acme"],
  ["X-Tag", "mine"],
  ["X-Other", "kept"],
]

async function identitySeen(asked: AuthRequest, config: Partial<JwtAuthConfig> = {}) {
  const decision = await gate(consumers, config).decide(asked)
  const seen = seenDownstream(decision, spoofed)
  return {
    outcome: decision.outcome,
    consumer: seen.get(config.consumer_header ?? "X-Mse-Consumer"),
    user: seen.get("X-User"),
    tenant: seen.get("X-Tenant"),
    tag: seen.get("X-Tag"),
    other: seen.get("X-Other"),
  }
}

const nobody = { outcome: "pass", consumer: null, user: null, tenant: null, tag: "mine", other: "kept" }

describe("identity headers that a client sends", () => {
  it("are replaced by the verified consumer, in any case and however often they came", async () => {
    const web = { ...nobody, outcome: "allow", consumer: "web", user: "alice" }
    expect(await identitySeen(bearer(token))).toEqual(web)
  })

  it("are removed when the token lacks the claim", async () => {
    const bare = await sign(key, { payload: { iss: issuer, exp: now + 60 } })
    expect(await identitySeen(bearer(bare))).toEqual({ ...nobody, outcome: "allow", consumer: "web" })
  })

  it("are removed when they belong to a consumer that did not win", async () => {
    const payload = {
      iss: "https://partner.example",
      exp: now + 60,
      sub: "bob",
      tenant: "theirs",
      tag: "theirs",
    }
    const partner = {
      outcome: "allow",
      consumer: "partner",
      user: null,
      tenant: "theirs",
      tag: "mine, theirs",
    }
    expect(await identitySeen(bearer(await sign(key, { payload })))).toEqual({ ...partner, other: "kept" })
  })

  it.each([
    ["a public rule", { rules: [{ match: { path: "/" }, public: true }] }, request()],
    ["a public rule, with a good token", { rules: [{ match: {}, public: true }] }, bearer(token)],
    ["global_auth false", { global_auth: false }, request()],
    ["global_auth false, with a bad token", { global_auth: false }, bearer("x")],
    ["an optional rule without a token", { rules: [{ match: {}, allow: "any", optional: true }] }, request()],
    ["a rule that only reports", { rules: [{ match: {}, allow: "any", report_only: true }] }, bearer("x")],
    [
      "a preflight",
      { bypass_cors_preflight: true },
      request({
        method: "OPTIONS",
        headers: { origin: "https://app.example", "access-control-request-method": "GET" },
      }),
    ],
  ] as const)("are removed on %s", async (_name, config, asked) => {
    expect(await identitySeen(asked, config as Partial<JwtAuthConfig>)).toEqual(nobody)
  })

  it("are removed under the name that the config gives, however it is written", async () => {
    const config = { consumer_header: "X-mse-CONSUMER" }
    expect(await identitySeen(bearer(token), config)).toMatchObject({ consumer: "web" })
    expect(await identitySeen(request(), { ...config, global_auth: false })).toEqual(nobody)
  })

  it("are removed also when a rule with consumers of its own decides", async () => {
    const local = [consumer(key, { name: "local", claims_to_headers: [{ claim: "role", header: "X-Role" }] })]
    const rules = [{ match: { path: "/local" }, consumers: local }]
    for (const asked of [bearer(token), bearer(token, { path: "/local" })]) {
      const decision = await gate(consumers, { rules }).decide(asked)
      const seen = seenDownstream(decision, [...(spoofed as [string, string][]), ["X-Role", "admin"]])
      expect([seen.get("X-Role"), seen.get("X-Tenant")]).toEqual([null, null])
      expect(seen.get("X-Mse-Consumer")).toBe(asked.path === "/local" ? "local" : "web")
    }
  })

  it("never count as a token, a claim or a consumer", async () => {
    const headers = { "x-mse-consumer": "web", "x-user": "alice", "x-consumer": "web" }
    const decision = await gate(consumers).decide(request({ headers }))
    expect(decision).toMatchObject({ outcome: "deny", denial: { code: "jwt_missing" } })
  })
})
