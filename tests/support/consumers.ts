import { createHmac, randomBytes } from "node:crypto"
import type { Consumer, Jwks, JwtAuthConfig } from "@jwt-auth/core"

/** A consumer recognised by `iss`, with an HMAC key of its own, made at run time. */
export function consumer(name: string, more: Partial<Consumer> = {}): Consumer {
  return { name, issuer: name, jwks: jwksOf(name), ...more }
}

const keys = new Map<string, string>()

export function keyOf(name: string): string {
  const key = keys.get(name) ?? randomBytes(32).toString("base64url")
  keys.set(name, key)
  return key
}

export function jwksOf(name: string): Jwks {
  return { keys: [{ kty: "oct", alg: "HS256", k: keyOf(name) }] }
}

export function tokenOf(name: string, claims: Record<string, unknown> = {}, key = keyOf(name)): string {
  const now = Math.floor(Date.now() / 1000)
  const payload = { iss: name, sub: `user of ${name}`, exp: now + 300, ...claims }
  const input = [{ alg: "HS256", typ: "JWT" }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
  return `${input}.${createHmac("sha256", Buffer.from(key, "base64url")).update(input).digest("base64url")}`
}

export function bearer(name: string, claims?: Record<string, unknown>): { authorization: string } {
  return { authorization: `Bearer ${tokenOf(name, claims)}` }
}

/** The config of most tests: two consumers, and a token asked of everybody. */
export const twoConsumers: JwtAuthConfig = {
  global_auth: true,
  consumers: [consumer("web"), consumer("partner")],
}
