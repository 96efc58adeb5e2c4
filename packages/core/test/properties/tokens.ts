import { createHmac, randomBytes } from "node:crypto"
import type { AuthRequest, Consumer } from "../../src/index.js"

/** The tests' clock, in seconds. */
export const now = 1_700_000_000

/** A secret made for this run. */
export function newSecret(bytes = 32): Buffer {
  return randomBytes(bytes)
}

export function jwksOf(...secrets: readonly Buffer[]): { keys: { kty: "oct"; k: string }[] } {
  return { keys: secrets.map((secret) => ({ kty: "oct", k: secret.toString("base64url") })) }
}

/** A consumer that is recognised by its own name as the issuer. */
export function consumerOf(name: string, secret: Buffer): Consumer {
  return { name, issuer: name, jwks: jwksOf(secret) }
}

/** An HS256 token, signed by another implementation than the one under test. */
export function hs256(secret: Buffer, claims: object, header: object = {}): string {
  const signed = [
    { alg: "HS256", ...header },
    { exp: now + 600, ...claims },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`
}

export function requestTo(path: string, token: string): AuthRequest {
  return { method: "GET", host: "api.example.com", path, headers: { authorization: `Bearer ${token}` } }
}
