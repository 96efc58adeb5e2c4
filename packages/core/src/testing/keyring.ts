import { encodeBase64url } from "../base64url.js"
import type { Algorithm, Jwk } from "../config/document.js"

type Bytes = Uint8Array<ArrayBuffer>

/** A key that signs, and what a config may hold of it. Made at run time: no key is ever written down. */
export interface SigningKey {
  /** The public key; for HMAC the secret itself. */
  readonly jwk: Jwk
  /** The public key as DER (RFC 5280 §4.1); empty for HMAC. */
  readonly spki: Bytes
  sign(algorithm: Algorithm, data: Bytes): Promise<Bytes>
}

/** An HMAC secret of any bytes, also of those that no config should hold. */
export function secretKey(secret: Bytes): SigningKey {
  return {
    jwk: { kty: "oct", k: encodeBase64url(secret) },
    spki: new Uint8Array(),
    async sign(algorithm, data) {
      const hmac = { name: "HMAC", hash: hashOf(algorithm) }
      const key = await crypto.subtle.importKey("raw", secret, hmac, false, ["sign"])
      return new Uint8Array(await crypto.subtle.sign("HMAC", key, data))
    },
  }
}

export function newSecret(bytes = 64): SigningKey {
  return secretKey(crypto.getRandomValues(new Uint8Array(bytes)))
}

export async function newRsa(): Promise<SigningKey> {
  const publicExponent = new Uint8Array([1, 0, 1])
  return fromPair(
    await crypto.subtle.generateKey(
      { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent, hash: "SHA-256" },
      true,
      ["sign", "verify"],
    ),
  )
}

export async function newEc(namedCurve: "P-256" | "P-384" | "P-521"): Promise<SigningKey> {
  return fromPair(await crypto.subtle.generateKey({ name: "ECDSA", namedCurve }, true, ["sign", "verify"]))
}

export async function newEd25519(): Promise<SigningKey> {
  return fromPair(await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]))
}

async function fromPair({ privateKey, publicKey }: CryptoKeyPair): Promise<SigningKey> {
  const { kty = "", crv, n, e, x, y } = await crypto.subtle.exportKey("jwk", publicKey)
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", publicKey))
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", privateKey)
  const members = Object.entries({ crv, n, e, x, y }).filter(([, value]) => value !== undefined)
  return {
    jwk: { kty, ...Object.fromEntries(members) },
    spki,
    async sign(algorithm, data) {
      const params = paramsOf(algorithm, crv)
      const key = await crypto.subtle.importKey("pkcs8", pkcs8, params, false, ["sign"])
      return new Uint8Array(await crypto.subtle.sign(params, key, data))
    },
  }
}

function paramsOf(algorithm: Algorithm, namedCurve = "") {
  const hash = hashOf(algorithm)
  switch (algorithm.slice(0, 2)) {
    case "RS":
      return { name: "RSASSA-PKCS1-v1_5", hash }
    case "PS":
      // RFC 7518 §3.5: the salt is as long as the hash.
      return { name: "RSA-PSS", hash, saltLength: Number(algorithm.slice(2)) / 8 }
    case "ES":
      return { name: "ECDSA", hash, namedCurve }
    default:
      return { name: "Ed25519" }
  }
}

function hashOf(algorithm: Algorithm): string {
  return `SHA-${algorithm.slice(2)}`
}
