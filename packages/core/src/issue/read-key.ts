import { decodeBase64url } from "../base64url.js"
import { checkKeys } from "../config/check-keys.js"
import { type ConfigIssue, error } from "../config/config-error.js"
import { curves } from "../config/curves.js"
import type { Algorithm, Jwk } from "../config/document.js"
import { algorithmsOfKind, shortestSecret } from "../config/key-algorithms.js"
import { translate } from "../config/shape-issues.js"
import { checkKid, publicJwk } from "./jwk-members.js"

/** A key of an issuer, checked, and copied so that nobody changes it afterwards. */
export interface IssuerKey {
  readonly alg: Algorithm
  readonly kid?: string
  /** The members that make the key, the private ones included. */
  readonly members: Jwk
}

export interface ReadKey {
  readonly key?: IssuerKey
  readonly issues: readonly ConfigIssue[]
}

const privateMembers = ["d", "p", "q", "dp", "dq", "qi"] as const
const members = ["kty", "crv", "k", "n", "e", "x", "y", ...privateMembers] as const

/** Reads the key that signs. No message holds the value of any member. */
export function readSigningKey(jwk: unknown, path: string): ReadKey {
  return readKey(jwk, path, (key, alg) => [
    ...checkKeyOps(jwkOf(jwk).key_ops, `${path}.key_ops`),
    ...(key.kty === "oct" ? checkSecret(key, alg, path) : checkPrivate(key, path)),
  ])
}

/** Reads a key that is only published, so that its private half need not be at hand. */
export function readPublishedKey(jwk: unknown, path: string): ReadKey {
  return readKey(jwk, path, ({ kty }) =>
    kty === "oct" ? [error(path, "is a secret, and no secret is published", "Leave it out.")] : [],
  )
}

function readKey(
  value: unknown,
  path: string,
  checkUse: (key: Jwk, alg: Algorithm) => readonly ConfigIssue[],
): ReadKey {
  if (typeof value !== "object" || value === null) {
    const issue = { code: "invalid_type", expected: "object", path: [path], message: "" }
    return { issues: translate(issue, { [path]: value }, () => []) }
  }
  const jwk = jwkOf(value)
  const key: Jwk = Object.fromEntries(
    members.filter((name) => jwk[name] !== undefined).map((name) => [name, jwk[name]]),
  )
  const noText = members.filter((name) => key[name] !== undefined && typeof key[name] !== "string")
  if (noText.length > 0) return { issues: noText.map((name) => error(`${path}.${name}`, "must be a string")) }
  const { alg, issues } = readAlgorithm(jwk, path)
  if (alg === undefined) return { issues }
  const found = [
    ...checkKid(jwk.kid, `${path}.kid`),
    ...(jwk.use === undefined || jwk.use === "sig"
      ? []
      : [error(`${path}.use`, 'is not "sig"', "Give a key that is for signing.")]),
    ...checkUse(key, alg),
    ...checkPublicHalf({ ...key, alg }, path),
  ]
  if (found.length > 0) return { issues: found }
  return { key: { alg, ...(jwk.kid !== undefined && { kid: jwk.kid }), members: key }, issues: [] }
}

function jwkOf(value: unknown): Jwk {
  return (typeof value === "object" && value !== null ? value : {}) as Jwk
}

/** The one algorithm of the key: its `alg`, or what its kind leaves no choice about. */
function readAlgorithm({ kty, crv, alg }: Jwk, path: string): { alg?: Algorithm; issues: ConfigIssue[] } {
  const kind = algorithmsOfKind({ kty, crv })
  if (kind.length === 0) {
    const member = kty === "EC" || kty === "OKP" ? "crv" : "kty"
    const message = (member === "crv" ? crv : kty) === undefined ? "is required" : "is not supported"
    const fix = "Supported kinds: oct, RSA, EC (P-256, P-384, P-521), OKP (Ed25519)."
    return { issues: [error(`${path}.${member}`, message, fix)] }
  }
  const chosen = alg === undefined && kind.length === 1 ? kind[0] : kind.find((name) => name === alg)
  if (chosen !== undefined) return { alg: chosen, issues: [] }
  const message =
    alg === undefined
      ? `is required: a key of kind ${kty} fits several`
      : `does not go with a key of kind ${crv === undefined ? kty : `${kty} ${crv}`}`
  return { issues: [error(`${path}.alg`, message, `Use ${kind.join(", ")}.`)] }
}

/** RFC 7517 §4.3. */
function checkKeyOps(operations: unknown, path: string): ConfigIssue[] {
  if (operations === undefined || (Array.isArray(operations) && operations.includes("sign"))) return []
  return [error(path, "does not include sign", "Give a key that may sign, or leave key_ops out.")]
}

function checkSecret({ k = "" }: Jwk, alg: Algorithm, path: string): ConfigIssue[] {
  const bytes = decodeBase64url(k)?.length ?? 0
  const needed = shortestSecret[alg] ?? 0
  if (bytes === 0 || bytes >= needed) return []
  const message = `is too weak: ${bytes * 8} bits, and ${alg} needs at least ${needed * 8} (RFC 7518 §3.2)`
  return [error(`${path}.k`, message, `Use ${needed} or more random bytes, such as generateKey makes.`)]
}

function checkPrivate(key: Jwk, path: string): ConfigIssue[] {
  if (key["d"] === undefined)
    return [error(path, "is a public key, and only a private one signs", "Give the whole key, with its d.")]
  const needed = key.kty === "RSA" ? privateMembers : (["d"] as const)
  return needed.flatMap((name) => {
    const text = key[name]
    if (text === undefined)
      return [error(`${path}.${name}`, "is required", "An RSA key that signs has d, p, q, dp, dq and qi.")]
    const bytes = decodeBase64url(String(text))
    const length = key.kty === "RSA" ? undefined : (curves[key.crv ?? ""]?.bytes ?? 32)
    if (bytes !== undefined && bytes.length > 0 && (length ?? bytes.length) === bytes.length) return []
    const what = length === undefined ? "is not base64url" : `is not ${length} bytes in base64url`
    return [error(`${path}.${name}`, what, "Encode the bytes without padding (RFC 7515 §2).")]
  })
}

/** What a consumer's config says of the same key. A short secret has its own words here. */
function checkPublicHalf(key: Jwk, path: string): ConfigIssue[] {
  const half = key.kty === "oct" ? key : publicJwk(key)
  return checkKeys([half], { allow_weak_hmac: true }, "").map((issue) => ({
    ...issue,
    path: issue.path.replace(".keys[0]", path),
  }))
}
