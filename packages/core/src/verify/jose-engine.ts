import { compactVerify, importJWK, type JWK } from "jose"
import { decodeBase64url, decodedLength } from "../base64url.js"
import type { Algorithm, Jwk } from "../config/document.js"
import { signatureLength } from "../config/key-algorithms.js"
import type { Verifier } from "../config/policy-key.js"

/** The engine for every runtime: jose on Web Crypto. */
export function joseEngine(jwk: Jwk, algorithm: Algorithm): Verifier {
  const key = importKey(jwk, algorithm)
  const bytes = signatureLength(jwk, algorithm)
  // Looked at with the first signature, and until then no unhandled rejection.
  key.catch(() => {})
  return async (token, end) => {
    if (decodedLength(token.length - end - 1) !== bytes) return false
    try {
      await compactVerify(token, await key, { algorithms: [algorithm] })
      return true
    } catch {
      return false
    }
  }
}

async function importKey({ kty, k = "", crv, n, e, x, y }: Jwk, algorithm: Algorithm): Promise<CryptoKey> {
  if (kty === "oct") return importSecret(k, algorithm, "verify")
  const key = await importJWK({ kty, crv, n, e, x, y } as JWK, algorithm)
  if (key instanceof Uint8Array) throw new TypeError("a public key was imported as bytes")
  return key
}

/** jose would hand a secret back as bytes and import it again for every token. */
export function importSecret(k: string, algorithm: Algorithm, use: "sign" | "verify"): Promise<CryptoKey> {
  const hash = `SHA-${algorithm.slice(2)}`
  const secret = (decodeBase64url(k) ?? new Uint8Array()) as Uint8Array<ArrayBuffer>
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash }, false, [use])
}
