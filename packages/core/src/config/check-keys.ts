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

function checkMaterial(jwk: Jwk, policy: KeyPolicy, path: string): ConfigIssue[] {
  switch (jwk.kty) {
    case "oct":
      return checkSecret(jwk, policy, path)
    case "RSA":
      return checkRsa(jwk, path)
    case "EC":
      return checkEc(jwk, path)
    default:
      return checkEd25519(jwk, path)
  }
}

function checkSecret(jwk: Jwk, policy: KeyPolicy, path: string): ConfigIssue[] {
  const issues = checkBytes(jwk, "k", path)
  if (issues.length > 0) return issues
  // An empty secret is refused even where weak ones are welcome: anybody can sign with it (CVE-2019-20933).
  if (jwk.k === "")
    return [error(`${path}.k`, "is empty", "Give a secret of at least 32 random bytes, base64url-encoded.")]
  // Whoever knows a public key, and everybody does, could sign with it (RFC 8725 §3.1, CVE-2015-9235).
  if (holdsPublicKey(jwk)) {
    const fix = "Make a JWK of it: jwt-auth jwks key.pem"
    return [error(`${path}.k`, "is the text of another key, no secret", fix)]
  }
  const wanted = algorithmsOfKey(jwk, { ...policy, allow_weak_hmac: true })
  if (wanted.length === 0 || algorithmsOfKey(jwk, policy).length > 0) return []
  const bits = (decodeBase64url(jwk.k ?? "")?.length ?? 0) * 8
  const needed = Math.min(...wanted.map((algorithm) => (shortestSecret[algorithm] ?? 0) * 8))
  return [
    error(
      `${path}.k`,
      `is too weak: ${bits} bits, and ${wanted[0]} needs at least ${needed} (RFC 7518 §3.2)`,
      `Use ${needed / 8} or more random bytes, or accept the weak secret with allow_weak_hmac: true on this consumer.`,
    ),
  ]
}

/** As PEM (RFC 7468 §2), also where other text stands before it, as a JWK, or as SSH has it. */
function holdsPublicKey({ k = "" }: Jwk): boolean {
  const text = new TextDecoder("latin1").decode(decodeBase64url(k))
  return /-----BEGIN |"kty"|^ssh-/.test(text)
}

function checkRsa(jwk: Jwk, path: string): ConfigIssue[] {
  const issues = [...checkBytes(jwk, "n", path), ...checkBytes(jwk, "e", path)]
  if (issues.length > 0) return issues
  const bits = toInteger(bytesOf(jwk, "n")).toString(2).length
  const exponent = toInteger(bytesOf(jwk, "e"))
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
  if (exponent < 3n || exponent % 2n === 0n) {
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

function checkEc(jwk: Jwk, path: string): ConfigIssue[] {
  const curve = curves[jwk.crv ?? ""]
  if (curve === undefined) return []
  const issues = [...checkBytes(jwk, "x", path, curve.bytes), ...checkBytes(jwk, "y", path, curve.bytes)]
  if (issues.length > 0) return issues
  const onCurve = isOnCurve(curve, toInteger(bytesOf(jwk, "x")), toInteger(bytesOf(jwk, "y")))
  return onCurve
    ? []
    : [error(path, `is not a point on the curve ${jwk.crv}`, "Check that x and y were copied whole.")]
}

function checkEd25519(jwk: Jwk, path: string): ConfigIssue[] {
  const issues = checkBytes(jwk, "x", path, 32)
  if (issues.length > 0 || !hasSmallOrder(bytesOf(jwk, "x"))) return issues
  return [
    error(
      `${path}.x`,
      "is a point of small order, for which anybody can sign",
      "Give the public key of the issuer.",
    ),
  ]
}

/** One base64url member: there, canonical, and of the right length where the kind fixes it (RFC 7518 §6, RFC 8037 §2). */
function checkBytes(
  jwk: Jwk,
  member: "k" | "n" | "e" | "x" | "y",
  path: string,
  length?: number,
): ConfigIssue[] {
  const at = `${path}.${member}`
  const text = jwk[member]
  if (text === undefined) return [error(at, "is required", `A key of kind ${jwk.kty} has it.`)]
  const bytes = decodeBase64url(text)
  if (bytes === undefined) {
    return [
      error(
        at,
        "is not base64url",
        "Encode the bytes with the alphabet A-Z a-z 0-9 - _ and no padding (RFC 7515 §2).",
      ),
    ]
  }
  if (length !== undefined && bytes.length !== length) {
    return [
      error(at, `must be ${length} bytes long, got ${bytes.length}`, "Keep leading zeros when encoding."),
    ]
  }
  return []
}

function bytesOf(jwk: Jwk, member: "n" | "e" | "x" | "y"): Uint8Array {
  return decodeBase64url(jwk[member] ?? "") ?? new Uint8Array()
}
