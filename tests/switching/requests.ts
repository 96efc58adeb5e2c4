import type { Sent } from "@jwt-auth/test-support/http"
import { byPublicKey, byStranger, now, rs256, rs512, token, unsigned } from "./issuer.js"

const orders = (authorization: string | readonly string[], path = "/orders"): Sent => ({
  path,
  headers: { Authorization: authorization },
})
const bearing = (token: string) => orders(`Bearer ${token}`)
const good = token()
const writer = token({ scope: "orders:read orders:write" })
const thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
const origin = { Origin: "https://app.example.com", "Access-Control-Request-Method": "GET" }

/** What is sent to every program, by the name that the tables of the pages give it. */
export const requests: Readonly<Record<string, Sent>> = {
  "a good token": bearing(good),
  "no token": { path: "/orders" },

  // How it is sent
  "`Bearer garbage`": bearing("garbage"),
  "`Bearer` and nothing else": orders("Bearer"),
  "the token without `Bearer`": orders(good),
  "`Basic` credentials": orders("Basic dXNlcjpwYXNzd29yZA=="),
  "`bearer` in lower case": orders(`bearer ${good}`),
  "two spaces after `Bearer`": orders(`Bearer  ${good}`),
  "a word after the token": orders(`Bearer ${good} x`),
  "two `Authorization` headers, good first": orders([`Bearer ${good}`, "Bearer garbage"]),
  "two `Authorization` headers, good last": orders(["Bearer garbage", `Bearer ${good}`]),
  "two tokens in one header": orders(`Bearer ${good}, Bearer ${good}`),
  "the token as `?access_token=`": { path: `/orders?access_token=${good}` },
  "the token in the header and in the query": orders(`Bearer ${good}`, `/orders?access_token=${good}`),
  "the token in a cookie": { path: "/orders", headers: { Cookie: `token=${good}` } },

  // How it is made
  "another key": bearing(token({}, {}, byStranger)),
  "another payload under a good signature": bearing(
    [token({ sub: "mallory" }).split(".").slice(0, 2), good.split(".")[2]].flat().join("."),
  ),
  "`alg: none`": bearing(token({}, { alg: "none" }, unsigned)),
  "HS256 with the public key as the secret": bearing(token({}, { alg: "HS256" }, byPublicKey)),
  "RS512 with the right key": bearing(token({}, { alg: "RS512" }, rs512)),
  "a `kid` that no key has": bearing(token({}, { kid: "key-2" })),
  "no `kid`": bearing(token({}, { kid: undefined })),
  "`typ: at+jwt`": bearing(token({}, { typ: "at+jwt" })),
  "no `typ`": bearing(token({}, { typ: undefined })),
  "`crit` with an unknown extension": bearing(token({}, { crit: ["x-limit"], "x-limit": 1 })),
  "a signature with `==` at the end": bearing(`${good}==`),

  // What it says
  "another issuer": bearing(token({ iss: "https://login.example.net" })),
  "the issuer with a `/` at the end": bearing(token({ iss: "https://login.example.com/" })),
  "no `iss`": bearing(token({ iss: undefined })),
  "another audience": bearing(token({ aud: "invoices" })),
  "several audiences, ours among them": bearing(token({ aud: ["invoices", "orders"] })),
  "no `aud`": bearing(token({ aud: undefined })),
  "expired an hour ago": bearing(token({ exp: now - 3600 })),
  "expired 30 s ago": bearing(token({ exp: now - 30 })),
  "no `exp`": bearing(token({ exp: undefined })),
  "`exp` as text": bearing(token({ exp: String(now + 300) })),
  "`nbf` in an hour": bearing(token({ nbf: now + 3600 })),
  "`nbf` in 45 s": bearing(token({ nbf: now + 45 })),
  "`iat` in an hour": bearing(token({ iat: now + 3600 })),
  "`iat` in 45 s": bearing(token({ iat: now + 45 })),
  "`sub` twice in the payload": bearing(twice()),
  "a token bound to a DPoP key, sent as `Bearer`": bearing(token({ cnf: { jkt: thumbprint } })),

  // Where it goes
  "`POST /orders` with the scope": { ...orders(`Bearer ${writer}`), method: "POST" },
  "`POST /orders` without the scope": { ...bearing(token({ scope: "orders:read" })), method: "POST" },
  "`POST /orders` with the scope as a list": {
    ...bearing(token({ scope: ["orders:read", "orders:write"] })),
    method: "POST",
  },
  "`POST /orders` without a token": { path: "/orders", method: "POST" },
  "`HEAD /orders` without a token": { path: "/orders", method: "HEAD" },
  "`/nowhere` without a token": { path: "/nowhere" },
  "`/nowhere` with a good token": orders(`Bearer ${good}`, "/nowhere"),
  "`/ORDERS` without a token": { path: "/ORDERS" },
  "`/health`": { path: "/health" },
  "`/health` with a bad token": orders("Bearer garbage", "/health"),
  "`/health?deep`": { path: "/health?deep" },
  "`/health/`": { path: "/health/" },
  "`/HEALTH`": { path: "/HEALTH" },
  "`/%68ealth`": { path: "/%68ealth" },
  "`//health`": { path: "//health" },
  "`/health;x`": { path: "/health;x" },
  "`/health/../orders`": { path: "/health/../orders" },
  "a CORS preflight for `/orders`": { path: "/orders", method: "OPTIONS", headers: origin },
  "a CORS preflight that names `Authorization`": {
    path: "/orders",
    method: "OPTIONS",
    headers: { ...origin, "Access-Control-Request-Headers": "authorization" },
  },
}

/** Two members of one name: parsers take one or the other. */
function twice(): string {
  const [header, payload = ""] = good.split(".")
  const text = Buffer.from(payload, "base64url").toString().replace("{", '{"sub":"mallory",')
  const input = `${header}.${Buffer.from(text).toString("base64url")}`
  return `${input}.${rs256(input)}`
}
