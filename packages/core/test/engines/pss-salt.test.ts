import { constants, createPrivateKey, type JsonWebKey, sign as nodeSign } from "node:crypto"
import { describe, expect, it } from "vitest"
import { base64url, consumer, gate, goodClaims, judge, mintKey } from "../keyring.js"

describe.each([256, 384, 512] as const)("a PS%i signature", async (bits) => {
  const alg = `PS${bits}` as const
  const key = await mintKey(alg)
  const signer = createPrivateKey({ key: key.secretJwk as JsonWebKey, format: "jwk" })
  const text = `${base64url({ alg })}.${base64url(goodClaims)}`

  function withSalt(saltLength: number): string {
    const padding = constants.RSA_PKCS1_PSS_PADDING
    const signature = nodeSign(`sha${bits}`, Buffer.from(text), { key: signer, padding, saltLength })
    return `${text}.${base64url(new Uint8Array(signature))}`
  }

  it("has a salt as long as the hash, and no other (RFC 7518 §3.5)", async () => {
    const door = gate(consumer(key))
    const right = bits / 8
    for (const length of [0, 1, 20, right - 1, right + 1, 100]) {
      expect(await judge(door, withSalt(length))).toBe("jwt_verification_fails: signature_invalid")
    }
    expect(await judge(door, withSalt(right))).toBe("allow web")
  })
})
