import fc from "fast-check"
import type { AuthRequest, JwtAuthConfig } from "../../src/index.js"
import { trickyTarget } from "./targets.js"
import { consumerOf, hs256, jwksOf, newSecret } from "./tokens.js"

const secret = newSecret()
export const good = hs256(secret, { iss: "web", scope: "read", sub: "né\u0000" })
const everywhere = {
  name: "everywhere",
  claims: { iss: "web", sub: "né\u0000" },
  jwks: jwksOf(secret),
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
  from_params: ["access_token", "jwt"],
  from_cookies: ["session"],
  claims_to_headers: [
    { claim: "sub", header: "X-Sub" },
    { claim: "scope", header: "X-Scope", override: false },
  ],
  keep_token: false,
} as const

/** Configs under which no request passes without a token. */
export const closed: Readonly<Record<string, JwtAuthConfig>> = {
  "the defaults": { global_auth: true, consumers: [consumerOf("web", secret)] },
  "every place, and edits": { consumers: [everywhere, consumerOf("web", secret)] },
  "rules of every kind of match": {
    global_auth: true,
    consumers: [everywhere],
    rules: [
      { match: { path: ["/admin/*", "/x"], method: "POST" }, allow: ["everywhere"], scopes: ["admin"] },
      { match: { domain: ["*.example.com", "api.*"], route: "r" }, consumers: [consumerOf("local", secret)] },
      { match: { path: "/x/*" }, allow: "any", scopes: ["read"] },
    ],
  },
}
export const open: Readonly<Record<string, JwtAuthConfig>> = {
  "public, optional and report-only rules": {
    global_auth: false,
    bypass_cors_preflight: true,
    consumers: [everywhere],
    rules: [
      { match: { path: "/public/*", domain: "*" }, public: true },
      { match: { path: "/admin/*" }, allow: ["everywhere"], report_only: true },
      { match: { domain: "a.example.com" }, allow: "any", optional: true },
    ],
  },
}

/** A token that is nearly the good one: never with a separator, which could leave the good one standing by itself. */
const nearlyGood = fc
  .tuple(fc.nat(), fc.constantFrom(..."AQgw019-_.+/=é"), fc.constantFrom(0, 1), fc.nat(1))
  .map(([at, character, insert, removed]) => {
    const i = at % good.length
    return good.slice(0, i) + (insert ? character : "") + good.slice(i + removed)
  })
  .filter((token) => token !== good)

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  nearlyGood,
  nearlyGood.map((t) => `Bearer ${t}`),
)
const headerName = fc.oneof(
  fc.constantFrom(
    "authorization",
    "Authorization",
    "x-token",
    "cookie",
    "origin",
    "get",
    "constructor",
    "__proto__",
  ),
  fc.constantFrom("access-control-request-method", "x-mse-consumer", "x-sub"),
  fc.string(),
)
const cookie = fc
  .array(fc.tuple(fc.oneof(fc.constant("session"), fc.string()), text), { maxLength: 4 })
  .map((pairs) => pairs.map((pair) => pair.join("=")).join("; "))
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom("access_token", "jwt", "%6awt", "", "x"),
      fc.oneof(text, nearlyGood.map(encodeURIComponent)),
    ),
    {
      maxLength: 4,
    },
  )
  .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"))

const headers: fc.Arbitrary<Record<string, string | string[]>> = fc
  .tuple(
    fc.dictionary(headerName, fc.oneof(text, fc.array(text, { maxLength: 3 })), { maxKeys: 5 }),
    fc.option(nearlyGood, { nil: undefined }),
    fc.option(cookie, { nil: undefined }),
  )
  .map(([any, token, cookies]) => ({
    ...any,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(cookies !== undefined && { cookie: cookies }),
  }))

export const request: fc.Arbitrary<AuthRequest> = fc
  .tuple(
    fc.oneof(fc.constantFrom("GET", "POST", "options", "ſ"), fc.string()),
    fc.oneof(fc.constantFrom("a.example.com", "api.x:80", "[::1]", "", "x,y"), fc.string({ unit: "binary" })),
    fc.oneof(
      fc.string({ unit: "binary" }),
      trickyTarget,
      fc.tuple(trickyTarget, query).map((parts) => parts.join("?")),
    ),
    headers,
    fc.oneof(fc.constantFrom("r", undefined), fc.string()),
  )
  .map(([method, host, path, headers, route]) => ({
    method,
    host,
    path,
    headers,
    ...(route !== undefined && { route }),
  }))

export const requirement = fc.oneof(
  fc.constant(undefined),
  fc.record(
    {
      allow: fc.oneof(
        fc.constant("any" as const),
        fc.array(fc.oneof(fc.constant("everywhere"), fc.string())),
      ),
      route: fc.string(),
      scopes: fc.array(fc.string({ unit: "binary" })),
    },
    { requiredKeys: [] },
  ),
)
