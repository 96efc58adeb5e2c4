import type { Algorithm, Consumer, JwtAuthConfig } from "../config/document.js"
import { newSecret, type SigningKey } from "./keyring.js"
import { type Part, sign } from "./sign.js"

/** The clock of every row that does not set its own. */
export const now = 1_900_000_000

/** A consumer together with the issuer that signs its tokens. */
export interface Caller {
  readonly key: SigningKey
  readonly issuer: string
  /** The consumer as a config names it. */
  consumer(over?: Partial<Consumer>): Consumer
  /** A good token, but for what is said otherwise; `undefined` leaves a member out. */
  token(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
  /** A truly signed token of exactly these parts. */
  signed(header: Part, payload: Part): Promise<string>
}

/** The callers that most rows are about. */
export interface Cast {
  readonly web: Caller
  readonly partner: Caller
  /** The consumer of a single rule. */
  readonly local: Caller
  /** A key that no config holds. */
  readonly stranger: SigningKey
}

export function newCast(): Cast {
  return {
    web: caller("web", newSecret()),
    partner: caller("partner", newSecret()),
    local: caller("local", newSecret()),
    stranger: newSecret(),
  }
}

export function caller(name: string, key: SigningKey, algorithm: Algorithm = "HS256"): Caller {
  const issuer = `https://${name}.example`
  const signed = (header: Part, payload: Part) => sign(key, algorithm, header, payload)
  return {
    key,
    issuer,
    consumer: (over = {}) => ({ name, issuer, jwks: { keys: [key.jwk] }, ...over }),
    token: (claims = {}, header = {}) =>
      signed({ alg: algorithm, typ: "JWT", ...header }, { ...goodClaims(issuer), ...claims }),
    signed,
  }
}

/** A token of this caller in everything but the signature. */
export function forged({ issuer }: Caller, by: SigningKey, algorithm: Algorithm = "HS256"): Promise<string> {
  return sign(by, algorithm, { alg: algorithm, typ: "JWT" }, goodClaims(issuer))
}

/** The payload of a good token. */
export function goodClaims(issuer: string): Record<string, unknown> {
  return { iss: issuer, sub: "user-1", iat: now - 10, exp: now + 300 }
}

/** The config of one consumer that every request must be of. */
export function only(consumer: Consumer, more: Partial<JwtAuthConfig> = {}): JwtAuthConfig {
  return { global_auth: true, consumers: [consumer], ...more }
}
