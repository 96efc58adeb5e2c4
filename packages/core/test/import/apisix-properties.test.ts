import { createHmac, randomBytes } from "node:crypto"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fromApisix } from "../../src/import/apisix/from-apisix.js"
import { type Authenticator, createAuthenticator, parseConfig } from "../../src/index.js"
import { runs } from "../properties/settings.js"
import { gatewayStatus, type ModelConfig, type ModelConsumer, type ModelRequest } from "./apisix-model.js"

// Imported configs against a model of the gateway that shares no code with the importer.

const now = 1_700_000_000
const users = ["ann", "bob", "cat"] as const
const secrets = new Map(users.map((user) => [user, randomBytes(32).toString("hex")]))

const consumers: readonly ModelConsumer[] = [
  ...users.map((username) => ({
    username,
    plugins: { "jwt-auth": { key: `key of ${username}`, secret: secrets.get(username) ?? "" } },
  })),
  { username: "anonymous", plugins: {} },
]

function tokenOf(user: (typeof users)[number], claims: object, signer = user): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
  const input = `${part({ alg: "HS256" })}.${part(claims)}`
  return `${input}.${createHmac("sha256", secrets.get(signer) ?? "")
    .update(input)
    .digest("base64url")}`
}

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const user = fc.constantFrom(...users, "anonymous", "stranger")
const names = fc.uniqueArray(user, { minLength: 1, maxLength: 3 })
const methods = fc.uniqueArray(fc.constantFrom("GET", "POST"), { minLength: 1 })

const restriction = fc.oneof(
  fc.record({ whitelist: names }),
  fc.record({ blacklist: names }),
  fc.record({ allowed_by_methods: fc.array(fc.record({ user, methods }), { minLength: 1, maxLength: 2 }) }),
)

const jwtAuth = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ key_claim_name: "sub" }) },
  { weight: 1, arbitrary: fc.constant({ query: "token" }) },
  { weight: 1, arbitrary: fc.constant({ anonymous_consumer: "anonymous" }) },
  { weight: 1, arbitrary: fc.constant({ _meta: { disable: true } }) },
)

const readPlugins = fc.oneof(
  fc.constant({}),
  fc.record({ "jwt-auth": jwtAuth }),
  fc.record({ "jwt-auth": jwtAuth, "consumer-restriction": restriction }),
  fc.record({ "consumer-restriction": restriction }),
)
const plugins = fc.oneof(
  { weight: 4, arbitrary: readPlugins },
  { weight: 1, arbitrary: fc.constant({ "key-auth": {} }) },
)

const plainUris = ["/", "/a", "/a/b", "/ab", "/*", "/a/*", "/a/b/*", "/ab/*"] as const
const otherUris = ["/a*", "/ab*", "/a/b*", "/a/:id", "/a/*/c", "/:id", "*"] as const

const route = (uris: readonly string[], isPlain: boolean) =>
  fc.record(
    {
      uris: fc.uniqueArray(fc.constantFrom(...uris), { minLength: 1, maxLength: 2 }),
      hosts: fc.uniqueArray(fc.constantFrom("x.com", "a.x.com", "*.x.com"), { minLength: 1, maxLength: 2 }),
      methods,
      priority: fc.constantFrom(0, 1),
      ...(!isPlain && { status: fc.constantFrom(0, 1), vars: fc.constant([["arg_v", "==", "1"]]) }),
      plugins,
    },
    { requiredKeys: ["uris", "plugins"] },
  )

const config = (uris: readonly string[], isPlain: boolean) =>
  fc
    .record({
      routes: fc.array(route(uris, isPlain), { minLength: 1, maxLength: 5 }),
      hasLast: fc.boolean(),
      global: isPlain ? fc.constant(undefined) : some(plugins),
    })
    .map(({ routes, global, hasLast }) => {
      const rules = global === undefined ? {} : { global_rules: [{ id: "1", plugins: global }] }
      const last = { uris: ["/*"], plugins: { "jwt-auth": {} } }
      return { consumers, routes: hasLast ? [...routes, last] : routes, ...rules } as unknown as ModelConfig
    })

const claims = fc.record(
  {
    key: fc.constantFrom(...users.map((one) => `key of ${one}`), "none", 1, null),
    sub: fc.constantFrom(...users.map((one) => `key of ${one}`)),
    exp: fc.constantFrom(now - 1, now, now + 1),
    nbf: fc.constantFrom(now - 1, now + 1),
  },
  { requiredKeys: [] },
)

const goodToken = fc
  .constantFrom(...users)
  .map((one) => tokenOf(one, { key: `key of ${one}`, sub: `key of ${one}` }))
const anyToken = fc
  .tuple(fc.constantFrom(...users), claims)
  .map(([signer, payload]) => tokenOf(signer, payload))

const request = (hasOther: boolean): fc.Arbitrary<ModelRequest> =>
  fc.record({
    method: fc.constantFrom("GET", "POST", "PUT"),
    host: fc.constantFrom("x.com", "a.x.com", "b.a.x.com", "y.com"),
    path: fc.constantFrom("/", "/a", "/a/b", "/a/b/c", "/a/x/c", "/ab", "/ab/c", "/abc", "/a/bc", "/c"),
    parameter: some(fc.constantFrom("jwt", "token")),
    token: fc.oneof(fc.constant(undefined), goodToken, anyToken),
    varsHold: fc.boolean(),
    hasParameters: hasOther ? fc.boolean() : fc.constant(false),
  }) as fc.Arbitrary<ModelRequest>

async function gateOf(source: ModelConfig): Promise<Authenticator> {
  const { config: imported } = await fromApisix({ ...source })
  return createAuthenticator(imported, { now: () => now })
}

async function statusHere(authenticator: Authenticator, asked: ModelRequest): Promise<number> {
  const { method, host, path, token, parameter } = asked
  const query = token !== undefined && parameter !== undefined ? `?${parameter}=${token}` : ""
  const headers = token !== undefined && parameter === undefined ? { authorization: `Bearer ${token}` } : {}
  const decision = await authenticator.decide({ method, host, path: `${path}${query}`, headers })
  return decision.outcome === "deny" ? decision.denial.status : 200
}

describe("whatever the routes are", () => {
  it("the imported config parses, and no note is without words", async () => {
    await fc.assert(
      fc.asyncProperty(config([...plainUris, ...otherUris], false), async (source) => {
        const { config: imported, notes } = await fromApisix({ ...source })
        parseConfig(imported)
        for (const note of notes) for (const text of Object.values(note)) expect(text).not.toBe("")
      }),
      runs(200),
    )
  })

  it.each<[string, readonly string[]]>([
    ["of all kinds", [...plainUris, ...otherUris]],
    ["close to each other", ["/a", "/a/*", "/a*", "/*"]],
  ])("what the gateway refuses never passes, with paths %s", async (_, uris) => {
    let [refusals, passes] = [0, 0]
    await fc.assert(
      fc.asyncProperty(
        config(uris, false),
        fc.array(request(true), { minLength: 10, maxLength: 10 }),
        async (source, requests) => {
          const gate = await gateOf(source)
          for (const asked of requests) {
            const there = gatewayStatus(source, asked, now)
            const here = await statusHere(gate, asked)
            if (here === 200) passes++
            if (there !== 401 && there !== 403) continue
            refusals++
            if (here === 200) throw new Error(`${JSON.stringify(asked)}: ${there} there, 200 here`)
          }
        },
      ),
      runs(300),
    )
    // Else this would prove nothing.
    expect([refusals > 500, passes > 200]).toEqual([true, true])
  })
})

describe("where the routes are exact paths and folders", () => {
  it("the gateway and this library let the same requests through", async () => {
    let [same, passes] = [0, 0]
    await fc.assert(
      fc.asyncProperty(
        config(plainUris, true),
        fc.array(request(false), { minLength: 10, maxLength: 10 }),
        async (source, requests) => {
          const gate = await gateOf(source)
          for (const asked of requests) {
            const there = gatewayStatus(source, asked, now)
            // The notes name these: no route, /x for /x/*, and a bad token that is taken for an anonymous one.
            const isFolder = source.routes.some(({ uris }) => uris.includes(`${asked.path}/*`))
            const isAnonymous = JSON.stringify(source.routes).includes("anonymous_consumer")
            if (there === 404 || isFolder || (isAnonymous && asked.token !== undefined)) continue
            const here = await statusHere(gate, asked)
            expect(here === 200, JSON.stringify(asked)).toBe(there === 200)
            same++
            if (here === 200) passes++
          }
        },
      ),
      runs(300),
    )
    expect([same > 1000, passes > 200]).toEqual([true, true])
  })
})
