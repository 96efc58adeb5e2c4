import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose"
import { encodeBase64url } from "../base64url.js"
import { ConfigError, type ConfigIssue } from "../config/config-error.js"
import type { Algorithm, Jwk, Jwks } from "../config/document.js"
import { algorithms, shortestSecret } from "../config/key-algorithms.js"
import { translate } from "../config/shape-issues.js"
import { unknownField } from "../config/unknown-name.js"
import { checkKid, publicJwk } from "./jwk-members.js"

export interface GenerateKeyOptions {
  /** The name of the key: unique among the issuer's. Default: its RFC 7638 thumbprint (SHA-256, base64url). */
  readonly kid?: string | undefined
}

/** A new key. Each JWK has `kid`, `alg` and `use: "sig"`. */
export interface GeneratedKey {
  /** What signs: the private key; for HS256, HS384 and HS512 the secret. Keep it out of code, logs and images. */
  readonly privateJwk: Jwk
  /** What verifies. For HS256, HS384 and HS512 this too is the secret: whoever verifies can also sign. */
  readonly publicJwk: Jwk
  /** What a consumer's `jwks` takes: the key set of `publicJwk`. */
  readonly jwks: Jwks
}

/**
 * Makes a key for one algorithm: RSA of 2048 bits with the exponent 65537, the curve that belongs to the algorithm, or
 * a secret exactly as long as the hash (RFC 7518 §3.2).
 *
 * @throws {ConfigError} for an algorithm that is not supported, or a `kid` that is not a text
 */
export async function generateKey(alg: Algorithm, options: GenerateKeyOptions = {}): Promise<GeneratedKey> {
  const issues = [...checkAlgorithm(alg), ...checkOptions(options)]
  if (issues.length > 0) throw new ConfigError(issues, "key")
  const { kty, ...members } = await newKey(alg)
  // RFC 7638 §7: of a secret, only the thumbprint of one that nobody can guess may be shown. This one is random.
  const kid = options.kid ?? (await calculateJwkThumbprint({ kty, ...members } as JWK))
  const privateJwk: Jwk = { kty, kid, alg, use: "sig", ...members }
  const shown = kty === "oct" ? privateJwk : publicJwk(privateJwk)
  return { privateJwk, publicJwk: shown, jwks: { keys: [shown] } }
}

async function newKey(alg: Algorithm): Promise<Jwk> {
  const secretBytes = shortestSecret[alg]
  if (secretBytes !== undefined) {
    return { kty: "oct", k: encodeBase64url(crypto.getRandomValues(new Uint8Array(secretBytes))) }
  }
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  return (await exportJWK(privateKey)) as Jwk
}

function checkAlgorithm(alg: unknown): ConfigIssue[] {
  if (algorithms.some((name) => name === alg)) return []
  const issue = { code: "invalid_value", path: ["alg"], message: "", values: algorithms }
  return translate(issue, { alg }, () => [])
}

function checkOptions(options: GenerateKeyOptions): ConfigIssue[] {
  const unknown = Object.keys(options).filter((name) => name !== "kid")
  return [...unknown.map((name) => unknownField(name, name, ["kid"])), ...checkKid(options.kid, "kid")]
}
