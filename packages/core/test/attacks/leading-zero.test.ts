import { exportJWK, generateKeyPair } from "jose"
import { describe, expect, it } from "vitest"
import { createAuthenticator } from "../../src/index.js"

const encode = (data: Uint8Array | string) => Buffer.from(data).toString("base64url")

/** Signs payloads until a signature begins with a zero byte: one in 256 does. */
async function tokenWithLeadingZero(alg: string, key: CryptoKey): Promise<string> {
  for (let jti = 0; ; jti++) {
    const signed = `${encode(JSON.stringify({ alg }))}.${encode(JSON.stringify({ iss: "a", exp: 2e9, jti: `${jti}` }))}`
    const algorithm = alg.startsWith("PS") ? { name: "RSA-PSS", saltLength: 32 } : "RSASSA-PKCS1-v1_5"
    const signature = new Uint8Array(await crypto.subtle.sign(algorithm, key, Buffer.from(signed)))
    if (signature[0] === 0) return `${signed}.${encode(signature)}`
  }
}

describe("an RSA signature that begins with a zero byte", () => {
  it.each(["PS256", "RS256"])(
    "has one spelling under %s: it is refused without that byte, and with another",
    async (alg) => {
      const { publicKey, privateKey } = await generateKeyPair(alg)
      const consumers = [{ name: "a", issuer: "a", jwks: { keys: [await exportJWK(publicKey)] } }]
      const gate = createAuthenticator({ global_auth: true, consumers }, { now: () => 1e9 })
      const token = await tokenWithLeadingZero(alg, privateKey)
      const [header, payload, signature = ""] = token.split(".")
      const bytes = Buffer.from(signature, "base64url")
      const outcomeOf = async (spelling: Uint8Array) => {
        const authorization = `Bearer ${header}.${payload}.${encode(spelling)}`
        return (await gate.decide({ method: "GET", host: "", path: "/", headers: { authorization } })).outcome
      }
      expect(await outcomeOf(bytes)).toBe("allow")
      expect(await outcomeOf(bytes.subarray(1))).toBe("deny")
      expect(await outcomeOf(Buffer.concat([Buffer.alloc(1), bytes]))).toBe("deny")
    },
  )
})
