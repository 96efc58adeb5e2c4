import { createHmac, timingSafeEqual, verify } from "node:crypto"
import { hashOf, type Signer, signatureForm } from "../tokens/signer.js"
import type { Verifier } from "./verifier.js"

const isTrue = (result: unknown) => result === true

/** The signature check alone, of bytes that are ready: what no verifier on `node:crypto` can be faster than. */
export const rawSync: Verifier = {
  name: "node:crypto",
  algorithms: ["HS256", "RS256", "PS256", "ES256", "EdDSA"],
  signatureOnly: true,
  ready({ algorithm, key }) {
    if (algorithm === "HS256") {
      return {
        present: (token) => {
          const { data, signature } = bytesOf(token)
          return () => timingSafeEqual(createHmac("sha256", key).update(data).digest(), signature)
        },
        accepts: isTrue,
      }
    }
    const hash = hashOf(algorithm)
    const options = optionsOf({ algorithm, key })
    return {
      present: (token) => {
        const { data, signature } = bytesOf(token)
        return () => verify(hash, data, options, signature)
      },
      accepts: isTrue,
    }
  },
}

/** The same on libuv's thread pool. It has no HMAC. */
export const rawPool: Verifier = {
  name: "node:crypto, thread pool",
  algorithms: ["RS256", "PS256", "ES256", "EdDSA"],
  signatureOnly: true,
  ready({ algorithm, key }) {
    const hash = hashOf(algorithm)
    const options = optionsOf({ algorithm, key })
    return {
      present: (token) => {
        const { data, signature } = bytesOf(token)
        return () =>
          new Promise<boolean>((resolve, reject) => {
            verify(hash, data, options, signature, (error, good) => (error ? reject(error) : resolve(good)))
          })
      },
      accepts: isTrue,
    }
  },
}

function optionsOf({ algorithm, key }: Pick<Signer, "algorithm" | "key">) {
  return { key, ...signatureForm(algorithm) }
}

function bytesOf(token: string) {
  const dot = token.lastIndexOf(".")
  return { data: Buffer.from(token.slice(0, dot)), signature: Buffer.from(token.slice(dot + 1), "base64url") }
}
