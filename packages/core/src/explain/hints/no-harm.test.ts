import { describe, expect, it } from "vitest"
import { explainSituation } from "../../../test/explain/broken-request.js"
import { bearer, consumer, goodClaims, issuer, mintKey, now, request, sign } from "../../../test/keyring.js"
import type { AuthRequest, Consumer, JwtAuthConfig, Requirement, Rule } from "../../index.js"

// Whoever sends a request chooses what the people who look after the API get to read. None of it may talk them into letting
// more requests through than they meant to.

const key = await mintKey("ES256")
const token = await sign(key)
const forged = await sign(await mintKey("ES256"))
const partner = consumer(await mintKey("ES256"), { name: "partner", issuer: "https://partner.example" })
const web = consumer(key)

/** Every hint of an explanation. */
async function hintsOf(
  asked: AuthRequest,
  config: Partial<JwtAuthConfig>,
  requirement?: Requirement,
): Promise<readonly string[]> {
  const { rule, consumers } = await explainSituation({
    config: { consumers: [web, partner], ...config },
    request: asked,
    ...(requirement && { requirement }),
  })
  return [rule, ...consumers.flatMap(({ steps }) => steps)].flatMap(({ hint }) => hint ?? [])
}

const underRules = (asked: AuthRequest, ...rules: readonly Rule[]) =>
  hintsOf(asked, { global_auth: true, rules })

const ofToken = async (payload: object, fields: Partial<Consumer>, signer = key, header?: object) => {
  const parts = { payload: { exp: now + 3600, ...payload }, ...(header && { header }) }
  const asked = bearer(await sign(signer, parts))
  const { issuer: _, ...nobody } = web
  return hintsOf(asked, { global_auth: true, consumers: [{ ...nobody, ...fields }] })
}

describe("the check in the code is not told to be dropped", () => {
  const rules: Record<string, Rule> = {
    "a public one": { match: { path: "/*" }, public: true },
    "one that needs no token": { match: { path: "/*" }, allow: "any", optional: true },
    "one that only reports": { match: { path: "/*" }, allow: ["web"], report_only: true },
    "one that allows everybody": { match: { path: "/*" }, allow: "any" },
  }

  it.each(Object.entries(rules))("for %s of the rules", async (_, rule) => {
    const config = { global_auth: true, rules: [rule] }
    const asked = [request(), bearer(token), bearer(await sign(key, { payload: { ...goodClaims, exp: 1 } }))]
    for (const one of asked) {
      const hints = await hintsOf(one, config, { allow: ["partner"] })
      expect(hints.filter((hint) => hint.includes("code"))).toEqual([])
    }
    expect(await hintsOf(bearer(token), config, { scopes: ["admin"] })).not.toContainEqual(
      expect.stringContaining("The code itself"),
    )
  })

  it("for a rule that names somebody whom the token is not proven to be", async () => {
    const config = { rules: [{ match: { path: "/*" }, allow: ["web"] }] }
    const hints = await hintsOf(bearer(forged), config, { allow: ["partner"] })
    expect(hints).not.toContainEqual(expect.stringContaining("The code itself"))
  })

  it("for a rule that asks for fewer scopes", async () => {
    const config = { rules: [{ match: { path: "/*" }, allow: ["web"] }] }
    const asks = { allow: ["partner"], scopes: ["admin"] }
    expect(await hintsOf(bearer(token), config, asks)).toEqual([])
  })
})

describe("global_auth: false is not the first advice", () => {
  const rules: Rule[] = [{ match: { path: "/health" }, public: true }]

  it("for a request without a token", async () => {
    const [hint] = await hintsOf(request({ path: "/admin" }), { rules })
    expect(hint).toMatch(/ Set global_auth: true to say so\. /)
    expect(hint).toMatch(/With false, nobody would ask for one\.$/)
  })

  it("nor any, for one with a token that is no good", async () => {
    const old = await sign(key, { payload: { ...goodClaims, exp: now - 86_400 * 9 } })
    for (const bad of [forged, old, "x"]) {
      const hints = await hintsOf(bearer(bad, { path: "/admin" }), { rules })
      expect(hints).not.toContainEqual(expect.stringContaining("global_auth"))
    }
  })
})

describe("no rule that lifts a restriction is told to be put before the one that restricts", () => {
  const docs: Rule = { match: { path: "/docs/*" }, public: true }
  const first: [string, Rule, Partial<AuthRequest>][] = [
    ["methods", { match: { path: "/*", method: ["POST", "DELETE"] }, allow: ["web"] }, { method: "DELETE" }],
    ["a domain", { match: { domain: "admin.example.com" }, allow: ["web"] }, { host: "admin.example.com" }],
    ["everything", { match: { path: "/*" }, allow: ["web"] }, {}],
    ["nothing yet, but reports", { match: { path: "/*" }, allow: ["web"], report_only: true }, {}],
  ]
  const later: [string, Rule][] = [
    ["is public", docs],
    ["needs no token", { match: { path: "/docs/*" }, allow: "any", optional: true }],
    ["only reports", { match: { path: "/docs/*" }, allow: "any", report_only: true }],
    ["is public, and for a path that looks alike", { match: { path: "/docs/introduction" }, public: true }],
  ]
  const cases = first.flatMap(([name, rule, fields]) =>
    later.map(([what, next]) => [name, what, rule, next, fields] as const),
  )

  it.each(cases)("the first restricts %s, the next %s", async (_, __, rule, next, fields) => {
    const asked = request({ path: "/docs/introductoin", ...fields })
    expect((await underRules(asked, rule, next)).filter((hint) => hint.includes("rules["))).toEqual([])
  })

  it("nor one that lets another consumer do what the first restricts", async () => {
    const [, rule, fields] = first[0] ?? []
    const asked = bearer(token, { path: "/docs/1", ...fields })
    const restricted = { ...rule, match: rule?.match ?? {}, allow: ["partner"] }
    expect(await underRules(asked, restricted, { match: { path: "/docs/*" }, allow: ["web"] })).toEqual([])
  })
})

describe("a public rule that nearly matches", () => {
  const near: [string, Rule["match"], Partial<AuthRequest>][] = [
    ["below something", { path: "/docs/*" }, { path: "/admin/docs/1" }],
    ["above", { path: "/docs" }, { path: "/docs/1" }],
    ["but for a letter", { path: "/documents" }, { path: "/docuemnts" }],
    ["at the parent of its domain", { domain: "docs.example.com" }, { host: "example.com" }],
    ["at a subdomain", { domain: "example.com" }, { host: "docs.example.com" }],
    ["at the bare domain", { domain: "*.example.com" }, { host: "example.com" }],
    ["but for a letter of its domain", { domain: "docs.example.com" }, { host: "docs.exmaple.com" }],
    ["but for its route", { route: "listOrders" }, { route: "list-order" }],
  ]

  it.each(near)("%s is told with a condition", async (_, match, fields) => {
    const [hint] = await underRules(request(fields), { match, public: true })
    expect(hint).toMatch(/\b[iI]f (?:that is meant|both are meant|a router is mounted)/)
  })

  it.each(near)("%s is not told to whoever has sent a bad token", async (_, match, fields) => {
    const hints = await underRules(bearer(forged, fields), { match, public: true })
    expect(hints.filter((hint) => hint.includes("rules["))).toEqual([])
  })

  it("behind a token in the path is not told", async () => {
    const asked = request({ path: `/${token}/docs/1` })
    const hints = await underRules(asked, { match: { path: "/docs/*" }, public: true })
    expect(hints.filter((hint) => hint.includes("rules["))).toEqual([])
    expect(hints.join().toLowerCase()).not.toContain(token.toLowerCase().slice(0, 12))
  })
})

describe("a pinned algorithm is not loosened for a stranger's key", () => {
  it.each([["PS256"], ["RS256"]] as const)("%s, without kid", async (pinned) => {
    const [own, stranger] = [await mintKey("RS256"), await mintKey("RS256")]
    const alg = pinned === "PS256" ? "RS256" : "PS256"
    const asked = bearer(await sign(stranger, { header: { alg }, signedWith: alg }))
    const hints = await hintsOf(asked, {
      global_auth: true,
      consumers: [consumer(own, { algorithms: [pinned] })],
    })
    expect(hints).toEqual([expect.stringMatching(/^No key that verifies tokens here made the signature/)])
    expect(hints.join()).not.toMatch(/algorithms|\badd\b|leave/i)
  })

  it("nor for one that names the kid of a key with another alg", async () => {
    const own = await mintKey("RS256", { kid: "a", alg: "PS256" })
    const other = await mintKey("ES256", { kid: "b" })
    const stranger = await mintKey("RS256")
    const asked = bearer(await sign(stranger, { header: { alg: "RS256", kid: "a" } }))
    const hints = await hintsOf(asked, { global_auth: true, consumers: [consumer([own, other])] })
    expect(hints.join()).toMatch(/^No key that verifies tokens here made the signature/)
    expect(hints.join()).not.toMatch(/its alg|leave|\badd\b/i)
  })

  it("nor is a stranger's public key put into jwks", async () => {
    const [hint] = await ofToken({ iss: issuer }, { issuer, jwks: { keys: [(await mintKey("HS256")).jwk] } })
    expect(hint).toContain("If the issuer is who signed it")
  })
})

describe("a token that is for something else is not told to be sent here", () => {
  const places: [string, (token: string) => Partial<AuthRequest>][] = [
    ["a cookie", (jwt) => ({ headers: { cookie: `session=${jwt}` } })],
    ["a header", (jwt) => ({ headers: { "x-jwt": jwt } })],
    ["a parameter", (jwt) => ({ path: `/?jwt=${jwt}` })],
  ]
  const kinds: [string, { header?: object; payload?: object }][] = [
    ["a refresh token by its typ", { header: { alg: "ES256", typ: "refresh+jwt" } }],
    ["a refresh token by its use", { payload: { ...goodClaims, token_use: "refresh" } }],
    ["an ID token by a hash", { payload: { ...goodClaims, at_hash: "x" } }],
    ["an ID token by its nonce", { payload: { ...goodClaims, nonce: "n" } }],
    ["a logout token", { header: { alg: "ES256", typ: "logout+jwt" } }],
  ]

  it.each(places)("in %s", async (_, put) => {
    for (const [, parts] of kinds) {
      expect(await hintsOf(request(put(await sign(key, parts))), { global_auth: true })).toEqual([])
    }
  })

  it.each([
    "refresh_token",
    "X-Refresh-Token",
    "refreshToken",
    "id_token",
    "idToken",
    "csrf",
    "XSRF-TOKEN",
    "state",
    "oauth_state",
    "logout_token",
    "login_hint",
    "client_assertion",
  ])("under the name %s", async (name) => {
    const asked = [
      request({ headers: { [name]: token } }),
      request({ headers: { cookie: `${name}=${token}` } }),
      request({ path: `/?${name}=${token}` }),
    ]
    for (const one of asked) expect(await hintsOf(one, { global_auth: true })).toEqual([])
  })

  it.each(places)("a token in %s is no reason alone to look there", async (_, put) => {
    const [hint] = await hintsOf(request(put(token)), { global_auth: true, consumers: [web] })
    expect(hint).toMatch(
      /^A token stands in .* Send it in header .* if clients are meant to send it there, name/,
    )
  })
})

describe("one caller is not made another", () => {
  const martina = { issuer, claims: { sub: "martina", tenant: "alpha" } }

  it("by a letter", async () => {
    expect(await ofToken({ iss: issuer, sub: "martin", tenant: "alpha" }, martina)).toEqual([])
  })

  it.each(["Martina", "martina\u00a0", "martina/"])("by how the name is written: %j", async (sub) => {
    const [hint] = await ofToken({ iss: issuer, sub, tenant: "alpha" }, martina)
    expect(hint).toMatch(/They are compared letter by letter, and may name two callers\.$/)
  })

  it.each(["nickname", "username", "preferred_username", "name", "email", "https://example.com/sub"])(
    "by %s, which users may choose",
    async (name) => {
      const claims = { iss: issuer, sub: "mallory", tenant: "alpha", [name]: "martina" }
      expect(await ofToken(claims, martina)).toEqual([])
    },
  )

  it("by what stands in place of the claim that is asked for, unless that is who is meant", async () => {
    const wanted = { claims: { key: "shop" } }
    const tokens = [
      { sub: "mallory" },
      { client_id: "shop" },
      { Key: "shop" },
      { "https://example.com/key": "shop" },
      { shop: "mallory" },
      { user_metadata: { key: "shop" } },
    ]
    for (const claims of tokens) {
      const [hint] = await ofToken(claims, wanted)
      expect(hint).toMatch(/: if (?:this is the caller that is meant|both are meant)|If .* not the caller/)
      const [stranger] = await ofToken(claims, wanted, await mintKey("ES256"))
      expect(stranger).toMatch(/check first who signed the token\.$|If .* not the caller/)
    }
  })

  it("nor one tenant of an issuer another, when all have the same keys", async () => {
    const [hint] = await ofToken(
      { iss: "https://tokens.example/my-projct" },
      { issuer: "https://tokens.example/my-project" },
    )
    expect(hint).toMatch(/: if it is your issuer, and no other tenant of the same service, write issuer /)
  })

  it("by its own key, with the claims of somebody else", async () => {
    const other = await mintKey("ES256")
    const posing = bearer(await sign(other))
    const config = {
      global_auth: true,
      consumers: [web, consumer(other, { name: "partner", issuer: "https://partner.example" })],
    }
    const [hint] = await hintsOf(posing, config)
    expect(hint).toMatch(
      /^The signature is by a key of consumer "partner", .* "partner" may be posing as "web"/,
    )
    expect(hint).not.toContain("config")
  })
})

describe("what the token grants for another API is not taken for this one", () => {
  const granted = async (scope: string | undefined, claims: object = {}) => {
    const asked = bearer(await sign(key, { payload: { ...goodClaims, scope, ...claims } }))
    return hintsOf(asked, { global_auth: true }, { scopes: ["orders:write"] })
  }

  it.each(["https://other.example/orders:write", "SCOPE_orders:write", "Orders:Write", "order:write"])(
    "the scope %s",
    async (scope) => {
      const [hint] = await granted(scope)
      expect(hint).toMatch(/If both are meant to be the same, write /)
    },
  )

  it("a role of that name", async () => {
    const [hint] = await granted("x", { roles: ["orders:write"] })
    expect(hint).toContain("If it is meant for this API, have the issuer")
  })

  it("an audience that looks alike", async () => {
    const fields = { issuer, audiences: ["https://api.example.com"] }
    for (const aud of ["http://api.example.com", "https://api.exmaple.com"]) {
      const [hint] = await ofToken({ iss: issuer, aud }, fields)
      expect(hint).toMatch(/If both are meant to be this API, write /)
    }
  })
})

describe("a check is not left out for a token that anybody could have made", () => {
  it.each([undefined, "JWT", "x+jwt"])("typ %s", async (typ) => {
    const header = { alg: "ES256", ...(typ && { typ }) }
    const [hint] = await ofToken({ iss: issuer }, { issuer, types: ["at+jwt"] }, key, header)
    expect(hint ?? "").not.toMatch(/types|leave/)
  })

  it("preflights do not pass unless browsers are meant to call", async () => {
    const headers = { origin: "https://a.example", "access-control-request-method": "GET" }
    const hints = await hintsOf(request({ method: "OPTIONS", headers }), { global_auth: true })
    for (const hint of hints) expect(hint).toContain("If browsers are meant to call from other origins, ")
    expect(hints.length).toBe(2)
  })

  it("a token without exp is not simply accepted", async () => {
    const asked = bearer(await sign(key, { payload: { iss: issuer } }))
    const [hint] = await hintsOf(asked, { global_auth: true, consumers: [web] })
    expect(hint).toMatch(/require_exp: false, if that is meant\.$/)
  })
})
