import { decodeBase64url } from "../base64url.js"
import { type ConfigIssue, error, warning } from "./config-error.js"
import { curves, hasSmallOrder, isOnCurve, toInteger } from "./curves.js"
import type { Jwk } from "./document.js"
import {
  algorithms,
  algorithmsOfKey,
  algorithmsOfKind,
  isForVerifying,
  type KeyPolicy,
  shortestSecret,
} from "./key-algorithms.js"

/** Checks a consumer's keys: every one of them usable, or of a kind that is none of our business, and one left. */
export function checkKeys(
  keys: readonly (Jwk | undefined)[],
  policy: KeyPolicy,
  path: string,
): ConfigIssue[] {
  const issues = keys.flatMap((jwk, i) =>
    jwk === undefined ? [] : checkKey(jwk, policy, `${path}.keys[${i}]`),
  )
  const broken = issues.some((issue) => issue.severity === "error")
  if (broken || keys.some((jwk) => jwk === undefined || algorithmsOfKey(jwk, policy).length > 0))
    return issues
  const only = policy.algorithms === undefined ? "" : ` with ${policy.algorithms.join(" or ")}`
  return [
    ...issues,
    error(
      path,
      `has no key that can verify a token${only}`,
      "Add the public or symmetric key that the issuer signs with.",
    ),
  ]
}

function checkKey(jwk: Jwk, policy: KeyPolicy, path: string): ConfigIssue[] {
  if (jwk.kty === undefined) return [error(`${path}.kty`, "is required", supportedKinds)]
  const foreign = foreignKey(jwk)
  // RFC 7517 §5: keys of unknown kinds should be ignored. Providers publish encryption keys in the same set.
  if (foreign !== undefined)
    return [warning(path, `is ignored: ${foreign}`, "Remove it, if it was meant to verify tokens.")]
  if (jwk["d"] !== undefined) {
    return [
      error(
        path,
        "is a private key",
        "Remove d, p, q, dp, dq, qi and oth: the public part is enough to verify.",
      ),
    ]
  }
  const kind = algorithmsOfKind(jwk)
  if (jwk.alg !== undefined && !kind.some((algorithm) => algorithm === jwk.alg)) {
    const name = jwk.crv === undefined ? jwk.kty : `${jwk.kty} ${jwk.crv}`
    return [
      error(
        `${path}.alg`,
        `does not go with a key of kind ${name}`,
        `Use ${kind.join(", ")}, or leave alg out.`,
      ),
    ]
  }
  return checkMaterial(jwk, policy, path)
}

const supportedKinds = "Supported kinds: oct, RSA, EC (P-256, P-384, P-521), OKP (Ed25519)."

/** Why a key is not for verifying one of our algorithms; undefined when it is. */
function foreignKey(jwk: Jwk): string | undefined {
  if (!isForVerifying(jwk)) return "its use or key_ops does not include verifying signatures."
  if (algorithmsOfKind(jwk).length === 0) return `its kty or crv is not supported. ${supportedKinds}`
  if (jwk.alg !== undefined && !algorithms.some((name) => name === jwk.alg))
    return "its alg is not supported."
  return undefined
}

/** The members that make a key (RFC 7518 §6, RFC 8037 §2). */
const membersOf: Readonly<Record<string, readonly ("k" | "n" | "e" | "x" | "y")[]>> = {
  oct: ["k"],
  RSA: ["n", "e"],
  EC: ["x", "y"],
  OKP: ["x"],
}

function checkMaterial(jwk: Jwk, policy: KeyPolicy, path: string): ConfigIssue[] {
  const curve = curves[jwk.crv ?? ""]
  const length = jwk.kty === "OKP" ? 32 : jwk.kty === "EC" ? curve?.bytes : undefined
  const values = (membersOf[jwk.kty ?? ""] ?? []).map((name) =>
    readBytes(jwk[name], jwk.kty, `${path}.${name}`, length),
  )
  const wrong = values.flatMap((value) => (value instanceof Uint8Array ? [] : [value]))
  if (wrong.length > 0) return wrong
  const [first = new Uint8Array(), second = first] = values as Uint8Array[]
  if (jwk.kty === "oct") return checkSecret(jwk, first, policy, path)
  if (jwk.kty === "RSA") return checkRsa(first, second, path)
  if (curve !== undefined) {
    return isOnCurve(curve, toInteger(first), toInteger(second))
      ? []
      : [error(path, `is not a point on the curve ${jwk.crv}`, "Check that x and y were copied whole.")]
  }
  return hasSmallOrder(first)
    ? [
        error(
          `${path}.x`,
          "is a point of small order, for which anybody can sign",
          "Give the public key of the issuer.",
        ),
      ]
    : []
}

function checkSecret(jwk: Jwk, secret: Uint8Array, policy: KeyPolicy, path: string): ConfigIssue[] {
  const at = `${path}.k`
  // An empty secret is refused even where weak ones are welcome: anybody can sign with it (CVE-2019-20933).
  if (secret.length === 0)
    return [error(at, "is empty", "Give a secret of at least 32 random bytes, base64url-encoded.")]
  // Whoever knows a public key, and everybody does, could sign with it (RFC 8725 §3.1, CVE-2015-9235).
  if (holdsPublicKey(secret)) {
    const fix = "Make a JWK of it: jwt-auth jwks key.pem"
    return [error(at, "is the text of another key, no secret", fix)]
  }
  if (algorithmsOfKey(jwk, policy).length > 0) return []
  const wanted = algorithmsOfKey(jwk, { ...policy, allow_weak_hmac: true })
  if (wanted.length === 0) return []
  const needed = Math.min(...wanted.map((algorithm) => shortestSecret[algorithm] ?? 0))
  return [
    error(
      at,
      `is too weak: ${secret.length * 8} bits, and ${wanted[0]} needs at least ${needed * 8} (RFC 7518 §3.2)`,
      `Use ${needed} or more random bytes, or accept the weak secret with allow_weak_hmac: true on this consumer.`,
    ),
  ]
}

const latin1 = new TextDecoder("latin1")

/** As PEM (RFC 7468 §2), also where other text stands before it, as a JWK, or as SSH has it. */
function holdsPublicKey(secret: Uint8Array): boolean {
  return /-----BEGIN |"kty"|^ssh-/.test(latin1.decode(secret))
}

function checkRsa(modulus: Uint8Array, exponent: Uint8Array, path: string): ConfigIssue[] {
  const issues: ConfigIssue[] = []
  const bits = toInteger(modulus).toString(2).length
  const e = toInteger(exponent)
  if (bits < 2048) {
    issues.push(
      error(
        `${path}.n`,
        `is too weak: RSA of ${bits} bits, and 2048 is the least (RFC 7518 §3.3)`,
        "Make a key of 2048 bits or more.",
      ),
    )
  }
  // With e = 1 a signature is its own message: anybody can write one.
  if (e < 3n || e % 2n === 0n) {
    issues.push(
      error(
        `${path}.e`,
        "is not a safe exponent",
        'Use an odd number of 3 or more; "AQAB" (65537) is usual.',
      ),
    )
  }
  return issues
}

/** The bytes of a member, or why not: it has to be there, canonical, and as long as the kind wants it. */
function readBytes(
  text: string | undefined,
  kind: string | undefined,
  path: string,
  length: number | undefined,
): Uint8Array | ConfigIssue {
  if (text === undefined) return error(path, "is required", `A key of kind ${kind} has it.`)
  const bytes = decodeBase64url(text)
  if (bytes === undefined) {
    return error(
      path,
      "is not base64url",
      "Encode the bytes with the alphabet A-Z a-z 0-9 - _ and no padding (RFC 7515 §2).",
    )
  }
  if (length !== undefined && bytes.length !== length) {
    return error(
      path,
      `must be ${length} bytes long, got ${bytes.length}`,
      "Keep leading zeros when encoding.",
    )
  }
  return bytes
}
