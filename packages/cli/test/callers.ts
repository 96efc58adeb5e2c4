import type { Algorithm, Consumer, Jwk, Jwks } from "@jwt-auth/core"
import { createIssuer, generateKey } from "@jwt-auth/core/issue"
import { now } from "./memory-io.js"

/** A consumer, and what signs its tokens. */
export interface Caller {
  readonly consumer: Consumer
  readonly privateJwk: Jwk
  readonly jwks: Jwks
  /** A token of this consumer, good for an hour. */
  readonly token: (claims?: Record<string, unknown>, expiresInSeconds?: number) => Promise<string>
}

export async function newCaller(name: string, alg: Algorithm = "ES256"): Promise<Caller> {
  const { privateJwk, jwks } = await generateKey(alg)
  const issuer = `https://${name}.test`
  return {
    consumer: { name, issuer, jwks },
    privateJwk,
    jwks,
    token: (claims = {}, expiresInSeconds = 3600) =>
      createIssuer({ issuer, privateJwk, expiresInSeconds, clock: () => now }).issue(claims),
  }
}
