import { decodedLength } from "../base64url.js"
import { entry } from "../config/entry.js"
import { signatureLength } from "../config/key-algorithms.js"
import type { Verifier } from "../config/policy-key.js"
import { type NodeBytes, type NodeKeyInput, nodeBuiltin } from "../node-builtin.js"
import type { Engine } from "./engine.js"
import { createPacing, type Pacing } from "./pacing.js"
import { room, type TokenBytes } from "./token-bytes.js"

/**
 * The engine for Node: its own crypto, which checks a signature where it is asked for, or on a thread.
 *
 * @param held the bytes of the token that is decided on
 * @returns undefined where there is no Node
 */
export function nodeEngine(held: TokenBytes | undefined): Engine | undefined {
  const crypto = nodeBuiltin("node:crypto")
  const module = nodeBuiltin("node:buffer")
  if (held === undefined || crypto === undefined || module === undefined) return undefined
  const { constants, createPublicKey, hash: digest, timingSafeEqual, verify } = crypto
  const { Buffer } = module
  const { text, signature, hold } = held
  const pacing = createPacing()
  const signedText = viewsFrom(room)
  // Sizes in bytes (FIPS 180-4).
  const hashes = { sha256: scratchFor(64, 32), sha384: scratchFor(128, 48), sha512: scratchFor(128, 64) }

  /** Views of the text up to the end of what is signed. There is one for each length: to make one takes longer than to keep it. */
  function viewsFrom(start: number): (end: number) => NodeBytes {
    // No array: a place that is empty reads as whatever somebody has put into `Object.prototype` under this number.
    const views = new Map<number, NodeBytes>()
    return (end) => entry(views, end, () => text.subarray(start, room + end))
  }

  /** Before the text of a token: the outer pad, and then the inner one, in whose place the inner hash comes. */
  function scratchFor(block: number, size: number) {
    const start = room - 2 * block
    const outer = text.subarray(start, start + block + size)
    const expected = Buffer.allocUnsafeSlow(size)
    return {
      block,
      start,
      inner: viewsFrom(room - block),
      outer,
      expected,
      given: signature.subarray(0, size),
    }
  }

  /** RFC 2104, as two hashes: to make and throw away one of Node's MAC objects costs more than both. */
  function hmac(k: string, hash: keyof typeof hashes): Verifier {
    const scratch = hashes[hash]
    const pads = padsOf(k, hash, scratch.block)
    return (token, end) => {
      const { block, start, inner, outer, expected, given } = scratch
      if (hold(token, end + 1) !== given.length) return false
      text.set(pads, start)
      text.write(digest(hash, inner(end), "latin1"), room - block, "latin1")
      expected.write(digest(hash, outer, "latin1"), "latin1")
      return timingSafeEqual(expected, given)
    }
  }

  /** The outer pad and the inner one, in memory of their own: that of the pool is shared with whatever the app makes. */
  function padsOf(k: string, hash: string, block: number): Uint8Array {
    const secret = Buffer.allocUnsafeSlow(decodedLength(k.length))
    secret.write(k, "base64url")
    const pads = Buffer.alloc(2 * block)
    if (secret.length > block) pads.write(digest(hash, secret, "latin1"), "latin1")
    else pads.set(secret)
    pads.copyWithin(block, 0, block)
    for (let i = 0; i < pads.length; i++) pads[i] = (pads[i] ?? 0) ^ (i < block ? 0x5c : 0x36)
    secret.fill(0)
    return pads
  }

  /** An RSA signature is checked in less time than the way to a thread and back takes from everything else. */
  const inPlace = { leaves: () => false, returned() {} }

  function publicKey(
    key: NodeKeyInput,
    hash: string | null,
    bytes: number,
    { leaves, returned }: Pacing,
  ): Verifier {
    const given = signature.subarray(0, bytes)
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
    return (token, end) => {
      if (hold(token, end + 1) !== bytes) return false
      const signed = signedText(end)
      // Copies, whether or not Node makes its own: the memory belongs to the next token by then.
      return leaves() ? onThread(Buffer.from(signed), Buffer.from(given)) : verify(hash, signed, key, given)
    }
  }

  return (jwk, algorithm) => {
    const { kty, k = "", crv, n, e, x, y } = jwk
    const hash = `sha${algorithm.slice(2)}` as keyof typeof hashes
    if (kty === "oct") return hmac(k, hash)
    const bytes = signatureLength(jwk, algorithm)
    const key = createPublicKey({ key: { kty, crv, n, e, x, y }, format: "jwk" })
    switch (algorithm.slice(0, 2)) {
      case "RS":
        return publicKey(key, hash, bytes, inPlace)
      case "PS":
        return publicKey(
          {
            key,
            padding: constants.RSA_PKCS1_PSS_PADDING,
            // RFC 7518 §3.5: as long as the hash, and no other length.
            saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
          },
          hash,
          bytes,
          inPlace,
        )
      case "ES":
        // RFC 7518 §3.4: the two numbers side by side, and no DER.
        return publicKey({ key, dsaEncoding: "ieee-p1363" }, hash, bytes, pacing)
      default:
        return publicKey(key, null, bytes, pacing)
    }
  }
}
