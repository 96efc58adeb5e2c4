import { bearer, keyOf, tokenOf, twoConsumers } from "./consumers.js"
import type { Reply, Sent } from "./http.js"

/** Every denial that this version can give has a request under it. */
export const deniable = {
  ...twoConsumers,
  realm: "shop API",
  rules: [{ match: { path: "/scoped" }, allow: ["web"], scopes: ["read", "write"] }],
}
export const onlyWeb = {
  ...deniable,
  rules: [...deniable.rules, { match: {}, allow: ["web"] }],
}

const challenge = 'Bearer realm="shop API"'
const invalid = (text: string) => `${challenge}, error="invalid_token", error_description="${text}"`
export const fails = "Jwt verification fails"

/** What each of them is: status, code, message, challenge. */
export const denials: readonly (readonly [string, Sent, number, string, string, string | undefined])[] = [
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

/** What of the token, the keys, the other consumers or the code an answer repeats. */
export function secretsIn(reply: Reply, sent: Sent): string[] {
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
