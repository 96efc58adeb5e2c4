import { exportJWK, generateKeyPair } from "jose"
import { documentWith, errorsOf, jwksOf } from "./documents.js"

export type Key = Record<string, unknown>

/** The path of the only key of the only consumer. */
export const at = "consumers[0].jwks.keys[0]"

/** A public key made for this run. */
export async function publicKey(algorithm: string): Promise<Key> {
  const { publicKey } = await generateKeyPair(algorithm, { extractable: true })
  return { ...(await exportJWK(publicKey)) }
}

/** Only the size of an RSA modulus is looked at when a config is read, so it need not be a product of two primes. */
export function rsaOf(bits: number, e = "AQAB"): Key {
  const n = Buffer.alloc(Math.ceil(bits / 8), 0xff)
  n[0] = 0xff >> ((8 - (bits % 8)) % 8)
  return { kty: "RSA", n: n.toString("base64url"), e }
}

export function errorsFor(key: Key, consumer: object = {}): ReturnType<typeof errorsOf> {
  return errorsOf(documentWith({ jwks: jwksOf(key), ...consumer }))
}

export const keys = {
  ES256: await publicKey("ES256"),
  ES384: await publicKey("ES384"),
  ES512: await publicKey("ES512"),
  EdDSA: await publicKey("EdDSA"),
}
