import type { Auth, JwsHeader, JwtClaims } from "../decision.js"
import type { CompactJws } from "./compact-jws.js"

/** The token is behind a getter, so that no log, JSON or spread of an `Auth` carries it along. */
export class VerifiedAuth implements Auth {
  readonly consumer: string
  readonly claims: JwtClaims
  readonly header: JwsHeader
  readonly #token: string

  constructor(consumer: string, { claims, header, token }: CompactJws) {
    this.consumer = consumer
    this.claims = claims
    this.header = header
    this.#token = token
  }

  get token(): string {
    return this.#token
  }
}
