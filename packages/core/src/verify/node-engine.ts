import { decodedLength } from "../base64url.js"
import { type NodeKeyInput, nodeBuiltin } from "../node-builtin.js"
import type { Engine, Verifier } from "./engine.js"
import { createPacing, type Pacing } from "./pacing.js"

/** Of SHA-384 and SHA-512, in bytes (FIPS 180-4). */
const longestBlock = 128

/**
 * The engine for Node: its own crypto, which checks a signature where it is asked for, or on a thread.
 *
 * @param most the length of the longest signing input
 * @returns undefined where there is no Node
 */
export function nodeEngine(most: number): Engine | undefined {
  const crypto = nodeBuiltin("node:crypto")
  const module = nodeBuiltin("node:buffer")
  if (crypto === undefined || module === undefined) return undefined
  const { constants, createPublicKey, hash: digest, timingSafeEqual, verify } = crypto
  const { Buffer } = module
  // For what is done before the next signature comes. One of each and not one for each key: of thousands of keys, every byte
  // has to be fetched from memory.
  const input = Buffer.allocUnsafeSlow(longestBlock + most)
  const scratch = {
    sha256: scratchFor(64, 32),
    sha384: scratchFor(longestBlock, 48),
    sha512: scratchFor(longestBlock, 64),
  }
  const pacing = createPacing()

  function scratchFor(block: number, size: number) {
    const outer = Buffer.allocUnsafeSlow(block + size)
    return { block, outer, expected: Buffer.allocUnsafeSlow(size), given: Buffer.allocUnsafeSlow(size) }
  }

  /** RFC 2104, as two hashes: to make and throw away one of Node's MAC objects costs more than both. */
  function hmac(k: string, hash: keyof typeof scratch): Verifier {
    const { block, outer, expected, given } = scratch[hash]
    const [innerPad, outerPad] = padsOf(k, hash, block)
    return (signingInput, signature) => {
      input.set(innerPad)
      const written = input.write(signingInput, block, "latin1")
      outer.set(outerPad)
      outer.write(digest(hash, input.subarray(0, block + written), "latin1"), block, "latin1")
      expected.write(digest(hash, outer, "latin1"), "latin1")
      given.write(signature, "base64url")
      return written === signingInput.length && timingSafeEqual(expected, given)
    }
  }

  /** In memory of their own: that of the pool is shared with whatever the app makes. */
  function padsOf(k: string, hash: string, block: number): readonly [Uint8Array, Uint8Array] {
    const secret = Buffer.allocUnsafeSlow(decodedLength(k.length))
    secret.write(k, "base64url")
    const key = Buffer.alloc(block)
    if (secret.length > block) key.write(digest(hash, secret, "latin1"), "latin1")
    else key.set(secret)
    const pads = [key.map((byte) => byte ^ 0x36), key.map((byte) => byte ^ 0x5c)] as const
    secret.fill(0)
    key.fill(0)
    return pads
  }

  /** An RSA signature is checked in less time than the way to a thread and back takes from everything else. */
  const inPlace = { leaves: () => false, returned() {} }

  function publicKey(key: NodeKeyInput, hash: string | null, { leaves, returned }: Pacing): Verifier {
    const onThread = (data: Uint8Array, signature: Uint8Array) =>
      new Promise<boolean>((resolve) => {
        const settle = (good: boolean) => {
          returned()
          resolve(good)
        }
        try {
          verify(hash, data, key, signature, (error, good) => settle(error === null && good))
        } catch {
          settle(false)
        }
      })
    return (signingInput, signature) => {
      const bytes = Buffer.from(signature, "base64url")
      if (leaves()) return onThread(Buffer.from(signingInput, "latin1"), bytes)
      const written = input.write(signingInput, "latin1")
      return written === signingInput.length && verify(hash, input.subarray(0, written), key, bytes)
    }
  }

  return ({ kty = "", crv = "", n = "", e = "", x = "", y = "", k = "" }, algorithm) => {
    const hash = `sha${algorithm.slice(2)}` as "sha256" | "sha384" | "sha512"
    const read = (jwk: Record<string, string>) => createPublicKey({ key: jwk, format: "jwk" })
    switch (algorithm.slice(0, 2)) {
      case "HS":
        return hmac(k, hash)
      case "RS":
        return publicKey(read({ kty, n, e }), hash, inPlace)
      case "PS":
        return publicKey(
          {
            key: read({ kty, n, e }),
            padding: constants.RSA_PKCS1_PSS_PADDING,
            // RFC 7518 §3.5: as long as the hash, and no other length.
            saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
          },
          hash,
          inPlace,
        )
      case "ES":
        // RFC 7518 §3.4: the two numbers side by side, and no DER.
        return publicKey({ key: read({ kty, crv, x, y }), dsaEncoding: "ieee-p1363" }, hash, pacing)
      default:
        return publicKey(read({ kty, crv, x }), null, pacing)
    }
  }
}
