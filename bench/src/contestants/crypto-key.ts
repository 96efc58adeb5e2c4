import type { Signer } from "../tokens/signer.js"

/** The key as libraries on Web Crypto are quickest with: any other form they may import for every token. */
export function cryptoKeyOf({ algorithm, jwk }: Signer): Promise<CryptoKey> {
  return crypto.subtle.importKey("jwk", jwk as JsonWebKey, imports[algorithm], false, ["verify"])
}

const imports = {
  HS256: { name: "HMAC", hash: "SHA-256" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256" },
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  EdDSA: { name: "Ed25519" },
}
