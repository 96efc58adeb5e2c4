import { describe, expect, it } from "vitest"
import { explainSituation } from "../../../test/explain/broken-request.js"
import { bearer, consumer, goodClaims, mintKey, now, request, sign } from "../../../test/keyring.js"
import type { AuthRequest, JwtAuthConfig, Requirement, Rule } from "../../index.js"

const key = await mintKey("ES256")
const token = await sign(key)
const expired = await sign(key, { payload: { ...goodClaims, exp: now - 7200 } })

async function explained(
  rules: readonly Rule[],
  asked: AuthRequest,
  config: Partial<JwtAuthConfig> = { global_auth: true },
  requirement?: Requirement,
) {
  const explanation = await explainSituation({
    config: { consumers: [consumer(key)], rules, ...config },
    request: asked,
    ...(requirement && { requirement }),
  })
  return { outcome: explanation.decision.outcome, hint: explanation.rule.hint }
}

const silent = (outcome: string) => ({ outcome, hint: undefined })

describe("nothing is said of rules", () => {
  it("when a request is allowed, whatever else looks close", async () => {
    const rules: Rule[] = [
      { match: { path: "/orders/*" }, allow: "any" },
      { match: { path: "/orders/1" }, public: true },
    ]
    expect(await explained(rules, bearer(token, { path: "/orders/1" }))).toEqual(silent("allow"))
  })

  it("when a public rule lets it pass", async () => {
    const rules: Rule[] = [{ match: { path: "/docs/*" }, public: true }]
    expect(await explained(rules, request({ path: "/docs" }), {})).toEqual(silent("pass"))
  })

  it.each<[string, Rule, Rule]>([
    [
      "by its method, and the next is for all",
      { match: { method: "GET" }, public: true },
      { match: { path: "/orders" }, allow: "any" },
    ],
    [
      "reading alone",
      { match: { path: "/orders/*", method: "GET" }, public: true },
      { match: { path: "/orders" }, allow: "any" },
    ],
    [
      "one path of many",
      { match: { path: "/orders" }, public: true },
      { match: { path: "/*" }, allow: "any" },
    ],
    [
      "and the next does too",
      { match: { path: "/*" }, public: true },
      { match: { path: "/orders" }, public: true },
    ],
    [
      "and the next needs no token",
      { match: { path: "/*" }, public: true },
      { match: { path: "/orders" }, allow: "any", optional: true },
    ],
    [
      "and the next is for another path",
      { match: { path: "/*" }, public: true },
      { match: { path: "/other" }, allow: "any" },
    ],
    [
      "and the next is for another method",
      { match: { path: "/*" }, public: true },
      { match: { path: "/orders", method: "POST" }, allow: "any" },
    ],
  ])("when a public rule lets it pass %s", async (_, first, next) => {
    const asked = request({ path: "/orders" })
    expect(await explained([first, next], asked)).toEqual(silent("pass"))
  })

  it("when there are none", async () => {
    expect(await explained([], request())).toEqual(silent("deny"))
  })

  it("of a preflight", async () => {
    const asked = request({
      method: "OPTIONS",
      headers: { origin: "https://a.example", "access-control-request-method": "GET" },
    })
    const rules: Rule[] = [{ match: { path: "/x" }, allow: "any" }]
    expect(await explained(rules, asked, { bypass_cors_preflight: true })).toEqual(silent("pass"))
  })

  it("when the other rule would refuse it too", async () => {
    const rules: Rule[] = [
      { match: { path: "/orders/*" }, allow: "any" },
      { match: { path: "/orders/1" }, allow: "any" },
    ]
    const path = "/orders/1"
    expect(await explained(rules, bearer(expired, { path }))).toEqual(silent("deny"))
    expect(await explained(rules, request({ path }))).toEqual(silent("deny"))
  })

  it("when a broader rule that lets everything pass comes last, as it should", async () => {
    const rules: Rule[] = [
      { match: { path: "/admin/*" }, allow: "any" },
      { match: { path: "/*" }, public: true },
    ]
    expect(await explained(rules, request({ path: "/admin/users" }))).toEqual(silent("deny"))
  })

  it("when reading is public and writing is not", async () => {
    const rules: Rule[] = [
      { match: { path: "/orders", method: "GET" }, public: true },
      { match: { path: "/orders/*" }, allow: "any" },
    ]
    expect(await explained(rules, request({ path: "/orders", method: "POST" }))).toEqual(silent("deny"))
  })

  it("when a path is public and what is below it is not", async () => {
    const rules: Rule[] = [
      { match: { path: "/orders" }, public: true },
      { match: { path: "/orders/*" }, allow: "any" },
    ]
    expect(await explained(rules, request({ path: "/orders/1" }))).toEqual(silent("deny"))
  })

  it.each([
    ["another number", "/orders/1001", "/orders/1002"],
    ["another version", "/v1/orders", "/v2/orders"],
    ["a word that rhymes", "/invoices", "/devices"],
    ["a path above", "/orders/list", "/orders"],
    ["a path that only begins alike", "/orders", "/orders-archive"],
    ["the root", "/", "/orders"],
    ["two segments that differ", "/ordres/lits", "/orders/list"],
  ])("of a rule for %s", async (_, path, asked) => {
    expect(await explained([{ match: { path }, public: true }], request({ path: asked }))).toEqual(
      silent("deny"),
    )
  })

  it.each([
    ["a sibling", "api.example.com", "app.example.com"],
    ["another company", "*.example.org", "api.example.com"],
    ["a domain that ends alike", "example.com", "notexample.com"],
  ])("of a rule for %s", async (_, domain, host) => {
    expect(await explained([{ match: { domain }, public: true }], request({ host }))).toEqual(silent("deny"))
  })

  it("of two fields that do not hold", async () => {
    const rules: Rule[] = [{ match: { path: "/orders", method: "PUT" }, public: true }]
    expect(await explained(rules, request({ path: "/orders/1" }))).toEqual(silent("deny"))
  })

  it("of global_auth, when code has added a scope that needs a token", async () => {
    const rules: Rule[] = [{ match: { route: "admin" }, allow: "any" }]
    expect(await explained(rules, request(), {}, { route: "orders", scopes: ["read"] })).toEqual(
      silent("deny"),
    )
  })

  it("of global_auth, when code says what it asks for", async () => {
    const rules: Rule[] = [{ match: { path: "/admin" }, allow: "any" }]
    expect(await explained(rules, request(), {}, { allow: "any" })).toEqual(silent("deny"))
  })

  it("of two rules that apply together, when the token is good for neither", async () => {
    const rules: Rule[] = [
      { match: { path: "/admin/*" }, allow: "any" },
      { match: { path: "/shop/*" }, allow: "any" },
    ]
    expect(await explained(rules, bearer(expired, { path: "/shop/../admin" }))).toEqual(silent("deny"))
  })
})

describe("case and slashes at the end make no difference, so they are no near miss", () => {
  it.each(["/Health", "/health/", "/HEALTH/", "/%68ealth"])("%s", async (path) => {
    const rules: Rule[] = [{ match: { path: "/health" }, public: true }]
    expect(await explained(rules, request({ path }))).toEqual(silent("pass"))
  })
})

describe("whatever a client sends", () => {
  const rules: Rule[] = [
    { match: { path: "/docs/*", domain: "example.com", method: "GET", route: "docs" }, public: true },
    { match: { path: ["/docs", "/docs/*"] }, public: true },
    { match: { domain: "*.exampel.com" }, public: true },
    { match: { path: "/shop/*" }, allow: ["web"] },
    { match: { path: "/admin/*" }, allow: "any", scopes: ["admin"] },
  ]
  const long = (text: string) => text.repeat(1_000_000 / text.length)
  const odd = ["", "\0", "\u202e", "\ud800", "__proto__", "a\nb", "%", "/docs\u001b[31m", "*", long("/docs;")]
  const asked: [string, Partial<AuthRequest>][] = [
    ...odd.map((path): [string, Partial<AuthRequest>] => ["path", { path }]),
    ...odd.map((host): [string, Partial<AuthRequest>] => ["host", { host }]),
    ...odd.map((method): [string, Partial<AuthRequest>] => ["method", { method, path: "/docs" }]),
    ...odd.map((route): [string, Partial<AuthRequest>] => ["route", { route }]),
    ...["//", "/..", "/%2f", ";", ".", ":1", "a.", "/%", "a"].flatMap((text) => [
      ["long path", { path: `/docs${long(text)}` }] as [string, Partial<AuthRequest>],
      ["long host", { host: long(text) }] as [string, Partial<AuthRequest>],
    ]),
  ]

  it("a hint is printable, and short", async () => {
    const hints: string[] = []
    for (const [, fields] of asked) {
      for (const one of [request(fields), bearer(token, fields)]) {
        const { hint } = await explained(rules, one)
        if (hint !== undefined) hints.push(hint)
      }
    }
    expect(hints.length).toBeGreaterThan(5)
    expect(hints.filter((hint) => /\p{C}/u.test(hint) || hint.length > 700)).toEqual([])
  })
})

it("of more than a thousand rules, the first are looked through", async () => {
  const many = Array.from({ length: 1000 }, (_, i): Rule => ({ match: { path: `/p${i}` }, allow: "any" }))
  const near: Rule = { match: { path: "/invoices" }, allow: "any" }
  const asked = request({ path: "/invoice" })
  expect((await explained([near, ...many], asked, { global_auth: false })).hint).toContain("rules[0]")
  expect(await explained([...many, near], asked, { global_auth: false })).toEqual(silent("pass"))
})

it("the path is read as often for a thousand rules as for one", async () => {
  const reads = async (count: number) => {
    let read = 0
    const asked = request()
    Object.defineProperty(asked, "path", {
      enumerable: true,
      get() {
        read++
        return `/${"%20".repeat(600)}`
      },
    })
    const rules = Array.from(
      { length: count },
      (_, i): Rule => ({ match: { path: `/p${i}/*` }, allow: "any" }),
    )
    await explained(rules, asked)
    return read
  }
  expect(await reads(1000)).toBe(await reads(1))
})
