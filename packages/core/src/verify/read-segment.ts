import { decodeBase64url, decodedLength, endsCanonically, isCanonicalBase64url } from "../base64url.js"
import { nodeBuiltin } from "../node-builtin.js"
import { parseJsonObject, parseJsonText, type StrictObject } from "./strict-json.js"
import type { TokenBytes } from "./token-bytes.js"

/** Reads the segments of a token. */
export interface SegmentReader {
  /**
   * True when the signature, from here to the end, is canonical base64url (RFC 7515 §2), so that one token has one spelling, and
   * nothing else is beyond ASCII or of the other alphabet. Asked before the other segments of the token are read.
   */
  takes(token: string, signatureAt: number): boolean
  /** The JSON object that it encodes, or undefined when it is not canonical, or the object not strict. */
  object(segment: string): StrictObject | undefined
}

/** For every runtime. */
export const portableReader: SegmentReader = {
  takes: (token, signatureAt) =>
    !/[+/\u0080-\uffff]/.test(token) && isCanonicalBase64url(token.slice(signatureAt)),
  object(segment) {
    const bytes = decodeBase64url(segment)
    return bytes === undefined ? undefined : parseJsonObject(bytes)
  },
}

/** Reads by Node's decoder, in a fifth of the time; undefined where there is no Node. */
export function nodeReader(token: TokenBytes | undefined): SegmentReader | undefined {
  const module = nodeBuiltin("node:buffer")
  if (token === undefined || module === undefined) return undefined
  const { Buffer, isUtf8 } = module
  // Not from the pool: this holds parts of tokens.
  const json = Buffer.allocUnsafeSlow(token.signature.length)

  return {
    // What the decoder would pass over or take for something else, `hold` has refused: what remains would leave bytes out.
    takes: (text, signatureAt) =>
      token.hold(text, signatureAt) === decodedLength(text.length - signatureAt) &&
      endsCanonically(text, signatureAt),
    object(segment) {
      if (!endsCanonically(segment)) return undefined
      const length = json.write(segment, "base64url")
      if (length !== decodedLength(segment.length)) return undefined
      const text = json.toString("utf8", 0, length)
      // What is no UTF-8 was replaced by this character, which may also stand there itself.
      if (text.includes("\ufffd") && !isUtf8(json.subarray(0, length))) return undefined
      return parseJsonText(text, json, length)
    },
  }
}
