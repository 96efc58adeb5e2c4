import { maxTokenBytes } from "../extract/header-token.js"
import { type NodeBytes, nodeBuiltin } from "../node-builtin.js"

/** Bytes before a text for what an engine has to put there: two blocks of the longest hash (FIPS 180-4). */
export const room = 2 * 128

/**
 * The bytes of one token at a time, in memory that the next one takes over: a signature is mostly asked for right after the
 * token was read, and then nothing has to be written or decoded again.
 */
export interface TokenBytes {
  /** Where the text of the token stands, from `room` on. */
  readonly memory: NodeBytes
  /** Makes room for a token, unless it is there. False when it is too long, or has what no token has: then none is there. */
  hold(token: string): boolean
  /** Decodes the signature of the token that is there, unless that is done: from here to the end. The number of its bytes. */
  decode(from: number): number
  /** The bytes of a signature that was decoded, in memory that the next one takes over. */
  signature(length: number): NodeBytes
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
  const memory = Buffer.allocUnsafeSlow(room + 3 * most)
  const decoded = Buffer.allocUnsafeSlow(most)
  const signatures = new Map<number, NodeBytes>()
  let held: string | undefined
  let decodedFrom = -1
  let decodedLength = 0

  return {
    memory,
    hold(token) {
      if (token === held) return true
      held = undefined
      decodedFrom = -1
      if (token.length > most || memory.write(token, room, "utf8") !== token.length) return false
      // Decoders know both alphabets, and a token has one.
      if (token.includes("+") || token.includes("/")) return false
      held = token
      return true
    },
    decode(from) {
      if (decodedFrom !== from) {
        decodedLength = decoded.write(held?.slice(from) ?? "", "base64url")
        decodedFrom = from
      }
      return decodedLength
    },
    signature(length) {
      const known = signatures.get(length)
      if (known !== undefined) return known
      const made = decoded.subarray(0, length)
      signatures.set(length, made)
      return made
    },
  }
}

/** Of whatever token is being decided on. */
export const tokenBytes = createTokenBytes(maxTokenBytes)
