import { compactVerify, importJWK } from "jose"
import { decodeBase64url } from "../base64url.js"
import type { Algorithm, Jwk } from "../config/document.js"
import type { Verifier } from "../config/policy-key.js"

/** The engine for every runtime: jose on Web Crypto. */
export function joseEngine(jwk: Jwk, algorithm: Algorithm): Verifier {
  const key = importKey(jwk, algorithm)
  // Looked at with the first signature, and until then no unhandled rejection.
  key.catch(() => {})
  return async (token) => {
    try {
      await compactVerify(token, await key, { algorithms: [algorithm] })
      return true
    } catch {
      return false
    }
  }
}

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
