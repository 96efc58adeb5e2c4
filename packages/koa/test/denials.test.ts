import { afterEach, describe, expect, it, vi } from "vitest"
import { jwtAuth } from "../src/index.js"
import {
  ask,
  bearer,
  keyOf,
  type Reply,
  type Sent,
  tokenOf,
  twoConsumers,
  unreachable,
  versions,
} from "./apps.js"

const config = {
  ...twoConsumers,
  realm: "shop API",
  rules: [{ match: { path: "/scoped" }, allow: ["web"], scopes: ["read", "write"] }],
}
const onlyWeb = { ...config, rules: [...config.rules, { match: {}, allow: ["web"] }] }

const challenge = 'Bearer realm="shop API"'
const invalid = (text: string) => `${challenge}, error="invalid_token", error_description="${text}"`
const fails = "Jwt verification fails"

/** Every denial that this version can give: status, code, message, challenge. */
const table: readonly (readonly [string, Sent, number, string, string, string | undefined])[] = [
  ["no token", {}, 401, "jwt_missing", "Jwt missing", challenge],
  [
    "an expired token",
    { headers: bearer("web", { exp: 1 }) },
    401,
    "jwt_expired",
    "Jwt expired",
    invalid("Jwt expired"),
  ],
  [
    "a tampered token",
    { headers: { authorization: `Bearer ${tokenOf("web", {}, keyOf("partner"))}` } },
    401,
    "jwt_verification_fails",
    fails,
    invalid(fails),
  ],
  [
    "no JWT at all",
    { headers: { authorization: 'Bearer "<script>\\' } },
    401,
    "jwt_verification_fails",
    fails,
    invalid(fails),
  ],
  [
    "a stranger's token",
    { headers: bearer("stranger") },
    401,
    "jwt_verification_fails",
    fails,
    invalid(fails),
  ],
  [
    "another consumer's token",
    { headers: bearer("partner") },
    403,
    "access_denied",
    "Access Denied",
    undefined,
  ],
  [
    "a token without the scopes",
    { path: "/scoped", headers: bearer("web", { scope: "read" }) },
    403,
    "insufficient_scope",
    "Insufficient scope",
    `${challenge}, error="insufficient_scope", scope="read write"`,
  ],
]

function secretsIn(reply: Reply, sent: Sent): string[] {
  const text = `${JSON.stringify(reply.headers)} ${reply.body}`
  const authorization = String(sent.headers?.["authorization"] ?? "")
  const token = authorization.replace("Bearer ", "")
  const secrets = [
    ...token.split("."),
    keyOf("web"),
    keyOf("partner"),
    "partner",
    "stranger",
    "node_modules",
    "at ",
  ]
  return secrets.filter((secret) => secret !== "" && text.includes(secret))
}

afterEach(() => vi.unstubAllEnvs())

describe.each(versions)("a refusal on $version", ({ Koa }) => {
  describe.each(table)("of %s", (_what, sent, status, code, message, authenticate) => {
    const app = () => new Koa().use(jwtAuth(onlyWeb)).use(unreachable)

    it("is the message as plain text, with its length, its challenge and Vary: Accept", async () => {
      const reply = await ask(app(), sent)
      expect([reply.status, reply.body]).toEqual([status, message])
      expect(reply.headers).toMatchObject({
        "content-type": "text/plain; charset=utf-8",
        "content-length": String(Buffer.byteLength(message)),
        vary: "Accept",
      })
      expect(reply.headers["www-authenticate"]).toBe(authenticate)
    })

    it("is a problem document for a client that names JSON", async () => {
      const headers = { ...sent.headers, accept: "application/json" }
      const reply = await ask(app(), { ...sent, headers })
      expect(reply.status).toBe(status)
      expect(reply.headers).toMatchObject({
        "content-type": "application/problem+json",
        "content-length": String(Buffer.byteLength(reply.body)),
        vary: "Accept",
      })
      expect(JSON.parse(reply.body)).toEqual({
        type: `urn:problem:jwt-auth:${code}`,
        title: message,
        status,
        code,
      })
      expect(reply.headers["www-authenticate"]).toBe(authenticate)
    })

    it("tells nothing of the token, the keys, the other consumers or the code", async () => {
      for (const accept of ["*/*", "application/json"]) {
        const headers = { ...sent.headers, accept }
        expect(secretsIn(await ask(app(), { ...sent, headers }), sent)).toEqual([])
      }
    })
  })

  it.each(["production", "development", "test", ""])("is the same under NODE_ENV=%s", async (environment) => {
    vi.stubEnv("NODE_ENV", environment)
    const app = new Koa().use(jwtAuth(config)).use(unreachable)
    const sent = { headers: bearer("stranger") }
    const reply = await ask(app, sent)
    expect([reply.status, reply.body, secretsIn(reply, sent)]).toEqual([401, fails, []])
  })
})
