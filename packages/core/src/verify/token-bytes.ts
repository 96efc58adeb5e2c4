import { maxTokenBytes } from "../extract/header-token.js"
import { type NodeBytes, nodeBuiltin } from "../node-builtin.js"

/** Bytes before a text for what an engine has to put there: two blocks of the longest hash (FIPS 180-4). */
export const room = 2 * 128

/**
 * The bytes of one token at a time, in memory that the next one takes over: a signature is mostly asked for right after the
 * token was read, and then nothing has to be written or decoded again.
 */
export interface TokenBytes {
  /** The text of the token, from `room` on. */
  readonly text: NodeBytes
  /** Its signature, from 0 on. */
  readonly signature: NodeBytes
  /**
   * Brings a token here, unless it is there.
   *
   * @param signatureAt behind its last dot
   * @returns how many bytes its signature has; -1 when it is too long, or has what no token has: then none is there
   */
  hold(token: string, signatureAt: number): number
}

/**
 * Undefined where there is no Node.
 *
 * @param most the length of the longest token
 */
export function createTokenBytes(most: number): TokenBytes | undefined {
  const module = nodeBuiltin("node:buffer")
  if (module === undefined) return undefined
  const { Buffer } = module
  // Not from the pool, which shares its memory with whatever the app makes. A UTF-16 unit takes up to three bytes of UTF-8.
  const text = Buffer.allocUnsafeSlow(room + 3 * most)
  const signature = Buffer.allocUnsafeSlow(most)
  let held: string | undefined
  let length = -1

  return {
    text,
    signature,
    hold(token, signatureAt) {
      if (token === held) return length
      held = undefined
      if (token.length > most || text.write(token, room, "utf8") !== token.length) return -1
      // Decoders know both alphabets, and a token has one.
      if (token.includes("+") || token.includes("/")) return -1
      length = signature.write(token.slice(signatureAt), "base64url")
      held = token
      return length
    },
  }
}

/** Of whatever token is being decided on. */
export const tokenBytes = createTokenBytes(maxTokenBytes)
