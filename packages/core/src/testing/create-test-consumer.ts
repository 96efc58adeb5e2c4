import { ConfigError, error } from "../config/config-error.js"
import type { Algorithm, Consumer, Jwk } from "../config/document.js"
import { translate } from "../config/shape-issues.js"
import { systemClock } from "../issue/create-issuer.js"
import { generateKey } from "../issue/generate-key.js"
import { readSigningKey } from "../issue/read-key.js"
import { type SignToken, tokenSigner } from "../issue/sign-token.js"
import { withPayload } from "./sign.js"
import { type TestRequest, type TestRequestOptions, testRequest } from "./test-request.js"

/** Any field of a consumer but its keys, which are made, and how its tokens are signed and dated. */
export interface TestConsumerOptions<Name extends string = string> extends Omit<Consumer<Name>, "jwks"> {
  /** Keys are made: a test that brought its own would need somebody to sign for them. */
  readonly jwks?: never
  /** How tokens are signed. Default: the first of `algorithms`, or `ES256`. */
  readonly alg?: Algorithm | undefined
  /** The clock that dates tokens: seconds since 1970. Give the authenticator the same. Default: the system's. */
  readonly now?: (() => number) | undefined
}

/** Claims over those of a good token; `undefined` leaves one out. */
export type TestClaims = Readonly<Record<string, unknown>>

/** What else about a token is not as usual. */
export interface TokenOverrides {
  /** Members of the header; `undefined` leaves one out. `alg` has an option of its own. */
  readonly header?: Readonly<Record<string, unknown>> | undefined
  /** Signs with this algorithm instead, and a key made for it that the consumer does not have. */
  readonly alg?: Algorithm | undefined
  /** Signs with this private key instead. */
  readonly key?: Jwk | undefined
}

/**
 * Tokens that are good but for one thing. `expired` and `notYetValid` are so by more than the consumer's
 * `clock_skew_seconds`; `tampered` has another payload under a true signature; `wrongKey` is signed by a key of the same
 * name; `wrongIssuer` has other claims than the consumer is recognised by.
 */
export type BadToken = "expired" | "notYetValid" | "tampered" | "wrongKey" | "wrongIssuer"

/** A consumer with the keys to sign its tokens. */
export interface TestConsumer<Name extends string = string> {
  /** For the `consumers` of a config. */
  readonly consumer: Consumer<Name>
  /** A good token, for five minutes, but for what is said otherwise. */
  token(claims?: TestClaims, overrides?: TokenOverrides): Promise<string>
  /** Bad tokens, by name. */
  readonly tokens: Readonly<Record<BadToken, (claims?: TestClaims) => Promise<string>>>
  /** A request with a good token in the first place where this consumer looks for one. */
  request(claims?: TestClaims, options?: TestRequestOptions): Promise<TestRequest>
}

/**
 * Makes a consumer for a test, with a new key. Nothing leaves the process. When it is given neither `issuer` nor
 * `claims`, its issuer is `https://<name>.test`.
 *
 * @throws {ConfigError} without a name, with keys, and for an unknown algorithm; other fields are checked with the config they go into
 */
export async function createTestConsumer<const Name extends string>(
  options: TestConsumerOptions<Name>,
): Promise<TestConsumer<Name>> {
  checkOptions(options)
  const { alg = options.algorithms?.[0] ?? "ES256", now = systemClock, ...fields } = options
  const { privateJwk, jwks } = await generateKey(alg)
  const named = fields.issuer !== undefined || fields.claims !== undefined
  const consumer = {
    ...(!named && { issuer: `https://${encodeURIComponent(fields.name)}.test` }),
    ...fields,
    jwks,
  }
  const recognised = recognisedBy(consumer)
  const skew = consumer.clock_skew_seconds ?? 60
  const signer = signerOf(privateJwk)

  async function token(claims: TestClaims = {}, { header, ...other }: TokenOverrides = {}): Promise<string> {
    const jwk = await signingKey(privateJwk, other)
    const typ = consumer.types?.[0] ?? "JWT"
    const sign = jwk === privateJwk ? signer : signerOf(jwk)
    return sign({ typ, kid: jwk.kid, ...header }, JSON.stringify({ ...goodClaims(), ...claims }))
  }

  function goodClaims(): TestClaims {
    const iat = Math.floor(now())
    const [aud] = consumer.audiences ?? []
    return { ...recognised, sub: "test-user", aud, iat, nbf: iat, exp: iat + 300, jti: crypto.randomUUID() }
  }

  /** The times of a token that was issued so many seconds ago. */
  function issuedBefore(seconds: number): TestClaims {
    const iat = Math.floor(now()) - seconds
    return { iat, nbf: iat, exp: iat + 300 }
  }

  return {
    consumer,
    token,
    tokens: {
      expired: (claims) => token({ ...issuedBefore(skew + 600), ...claims }),
      notYetValid: (claims) => token({ ...issuedBefore(-skew - 600), ...claims }),
      async tampered(claims) {
        return withPayload(await token(claims), { ...goodClaims(), ...claims, tampered: true })
      },
      async wrongKey(claims) {
        const { privateJwk: key } = await generateKey(alg, { kid: privateJwk.kid })
        return token(claims, { key })
      },
      wrongIssuer: (claims) => token({ ...othersThan(recognised), ...claims }),
    },
    async request(claims, { token: given, ...rest } = {}) {
      return testRequest(consumer, rest, given === undefined ? await token(claims) : await given)
    },
  }
}

function checkOptions(options: TestConsumerOptions): void {
  const { name, jwks }: { readonly name: unknown; readonly jwks?: unknown } = options
  const noString = { code: "invalid_type", expected: "string", path: ["name"], message: "" }
  const issues = [
    ...(typeof name === "string" ? [] : translate(noString, options, () => [])),
    ...(jwks === undefined
      ? []
      : [error("jwks", "cannot be given: the keys are made", "Leave it out, and set alg for another kind.")]),
  ]
  if (issues.length > 0) throw new ConfigError(issues, "test consumer")
}

/** The claims that a token must have to be of this consumer. */
function recognisedBy({ issuer, claims }: Consumer): Readonly<Record<string, string>> {
  return { ...claims, ...(issuer !== undefined && { iss: issuer }) }
}

function othersThan(claims: Readonly<Record<string, string>>): TestClaims {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, `not-${value}`]))
}

async function signingKey(usual: Jwk, { alg, key }: Pick<TokenOverrides, "alg" | "key">): Promise<Jwk> {
  if (key !== undefined) return alg === undefined ? key : { ...key, alg }
  return alg === undefined || alg === usual.alg
    ? usual
    : (await generateKey(alg, { kid: usual.kid })).privateJwk
}

function signerOf(jwk: Jwk): SignToken {
  const { key, issues } = readSigningKey(jwk, "key")
  if (key === undefined) throw new ConfigError(issues, "key")
  return tokenSigner(key, "key")
}
