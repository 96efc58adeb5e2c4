import { compactVerify, importJWK } from "jose"
import { decodeBase64url } from "../base64url.js"
import type { Algorithm, Jwk } from "../config/document.js"
import { signatureLength } from "../config/key-algorithms.js"
import type { PolicyKey } from "../config/policy.js"
import type { MaybePromise } from "../maybe-promise.js"
import type { CompactJws } from "./compact-jws.js"

// The seam for signature engines. This one is jose on Web Crypto, which every runtime has.

/** True when this key made the signature. Never throws, never rejects: what cannot be checked is not good. */
export function verifySignature(jws: CompactJws, key: PolicyKey): MaybePromise<boolean> {
  return hasRightLength(jws, key) && verifyWithJose(jws, key)
}

/**
 * Checked here for every engine: OpenSSL takes an RSA-PSS signature without its leading zero bytes, which would give one
 * token two spellings.
 */
function hasRightLength({ token, header }: CompactJws, { jwk }: PolicyKey): boolean {
  const characters = token.length - token.lastIndexOf(".") - 1
  return Math.floor((characters * 3) / 4) === signatureLength(jwk, header.alg)
}

async function verifyWithJose({ token, header }: CompactJws, key: PolicyKey): Promise<boolean> {
  try {
    await compactVerify(token, await importedKey(key, header.alg), { algorithms: [header.alg] })
    return true
  } catch {
    return false
  }
}

/** Imported on first use and kept for as long as the policy that holds the key. */
const imported = new WeakMap<PolicyKey, Map<Algorithm, Promise<CryptoKey>>>()

function importedKey(key: PolicyKey, algorithm: Algorithm): Promise<CryptoKey> {
  const byAlgorithm = imported.get(key) ?? new Map<Algorithm, Promise<CryptoKey>>()
  imported.set(key, byAlgorithm)
  const known = byAlgorithm.get(algorithm)
  if (known !== undefined) return known
  const fresh = importKey(key.jwk, algorithm)
  byAlgorithm.set(algorithm, fresh)
  return fresh
}

/** Takes only the members that make the key: `use`, `key_ops` and `ext` have been judged with the config. */
async function importKey({ kty, crv, k, n, e, x, y }: Jwk, algorithm: Algorithm): Promise<CryptoKey> {
  switch (kty) {
    case "oct":
      return importSecret(k ?? "", algorithm, "verify")
    case "RSA":
      return asCryptoKey(await importJWK({ kty, n: n ?? "", e: e ?? "" }, algorithm))
    case "EC":
      return asCryptoKey(await importJWK({ kty, crv: crv ?? "", x: x ?? "", y: y ?? "" }, algorithm))
    default:
      return asCryptoKey(await importJWK({ kty: "OKP", crv: crv ?? "", x: x ?? "" }, algorithm))
  }
}

/** jose would hand a secret back as bytes and import it again for every token. */
export function importSecret(k: string, algorithm: Algorithm, use: "sign" | "verify"): Promise<CryptoKey> {
  const hash = `SHA-${algorithm.slice(2)}`
  const secret = (decodeBase64url(k) ?? new Uint8Array()) as Uint8Array<ArrayBuffer>
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash }, false, [use])
}

function asCryptoKey(key: CryptoKey | Uint8Array): CryptoKey {
  if (key instanceof Uint8Array) throw new TypeError("a public key was imported as bytes")
  return key
}
