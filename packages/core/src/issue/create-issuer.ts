import { ConfigError, type ConfigIssue, error } from "../config/config-error.js"
import type { Jwk, Jwks } from "../config/document.js"
import { maxTokenBytes } from "../extract/header-token.js"
import { publicJwk } from "./jwk-members.js"
import { checkClaims, copyClaims, type ReservedClaim } from "./payload.js"
import { checkTime, readOptions } from "./read-options.js"
import { tokenSigner } from "./sign-token.js"

export interface IssuerOptions {
  /** The `iss` of every token; a consumer's `issuer` must be this very text. */
  readonly issuer: string
  /**
   * The key that signs: a private JWK, or a secret. `alg` may be left out where `kty` and `crv` leave one only; `kid`,
   * where it is a secret.
   */
  readonly privateJwk: Jwk
  /** Lifetime of a token, in seconds: `exp` is `iat` and this. There is no default, and no token without an end. */
  readonly expiresInSeconds: number
  /** The `aud` of every token. Default: none, and the caller of `issue` may give one. */
  readonly audience?: string | readonly string[] | undefined
  /** The header's `typ`. Default `JWT`; `at+jwt` marks an access token (RFC 9068 §2.1). */
  readonly type?: string | undefined
  /** The clock: seconds since 1970. Default: the system's. */
  readonly clock?: (() => number) | undefined
  /** The key that will sign next. Only published, so that verifiers have it before the first token of it. */
  readonly nextJwk?: Jwk | undefined
  /** The key that signed before. Only published, until its last token has expired; its public half is enough. */
  readonly previousJwk?: Jwk | undefined
}

/** What a caller may say in a token: any claim but those that the issuer sets. */
export type CallerClaims<Reserved extends string> = { readonly [Claim in Reserved]?: never } & {
  readonly sub?: string
  readonly aud?: string | readonly string[]
  readonly [claim: string]: unknown
}

/** Signs tokens and publishes the keys that verify them. Shows no key when printed. */
export interface Issuer<Reserved extends string = ReservedClaim | "aud"> {
  /**
   * A signed token with these claims and `iss`, `iat`, `nbf`, `exp`, a random `jti` and, with `audience`, `aud`. A token
   * is signed, not encrypted: whoever holds it can read the claims.
   *
   * Rejects with a ConfigError for a claim that the issuer sets itself, one that is undefined or otherwise no JSON, and
   * a token over 8192 bytes, which this library would not read.
   */
  issue(claims?: CallerClaims<Reserved>): Promise<string>
  /**
   * The public keys, in the order current, next, previous: what stands at the issuer's `jwks.json`.
   *
   * @throws {ConfigError} when the key is a secret, which is not published
   */
  jwks(): Jwks
}

/**
 * Makes an issuer. To change its key without refusing a good token: publish the new key as `nextJwk` until every
 * verifier has it; then make it `privateJwk` and the old one `previousJwk`; drop that once its last token has
 * expired, `expiresInSeconds` and the verifiers' `clock_skew_seconds` later.
 *
 * @throws {ConfigError} with every problem of the options
 */
export function createIssuer(
  options: IssuerOptions & { readonly audience: string | readonly string[] },
): Issuer<ReservedClaim | "aud">
export function createIssuer(options: IssuerOptions): Issuer<ReservedClaim>
export function createIssuer(options: IssuerOptions): Issuer<ReservedClaim> {
  const { issuer, expiresInSeconds, type: typ = "JWT", clock = systemClock } = options
  const { current, published } = readOptions(options, clock)
  const audience = Array.isArray(options.audience) ? [...options.audience] : options.audience
  const sign = tokenSigner(current, "privateJwk")
  const header = { alg: current.alg, typ, ...(current.kid !== undefined && { kid: current.kid }) }

  return Object.freeze({
    async issue(claims: CallerClaims<ReservedClaim> = {}) {
      const time = clock()
      refuse(checkTime(time), "issuer")
      const iat = Math.floor(time)
      const own = {
        iss: issuer,
        ...(audience !== undefined && { aud: audience }),
        iat,
        nbf: iat,
        exp: iat + expiresInSeconds,
        jti: crypto.randomUUID(),
      }
      const given = copyClaims(claims)
      refuse(checkClaims(given, Object.keys(own)), "token")
      // Of the copy, and before anything is awaited: what was checked is what is signed.
      const token = await sign(header, JSON.stringify({ ...(given as object), ...own }))
      refuse(checkLength(token), "token")
      return token
    },
    jwks() {
      if (current.members.kty === "oct") refuse([secretIsNotPublished], "issuer")
      return {
        keys: published.map(({ alg, kid, members }) => publicJwk({ ...members, kid, alg, use: "sig" })),
      }
    },
  })
}

/** The default clock: in seconds, with their fractions. */
export const systemClock = () => Date.now() / 1000

const secretIsNotPublished = error(
  "privateJwk",
  "is a secret, and no secret is published",
  "Give it to the verifiers by hand, or sign with a key pair, such as ES256.",
)

function checkLength(token: string): ConfigIssue[] {
  if (token.length <= maxTokenBytes) return []
  const message = `make a token of ${token.length} bytes, and no more than ${maxTokenBytes} are read`
  return [error("claims", message, "Put an id into the token, and the rest into a database.")]
}

function refuse(issues: readonly ConfigIssue[], subject: "issuer" | "token"): void {
  if (issues.length > 0) throw new ConfigError(issues, subject)
}
