/**
 * Strict base64url (RFC 4648 §5 without padding, as RFC 7515 §2 wants it): only the alphabet, a possible
 * length, and zero trailing bits. Anything else is `undefined`, so that no two texts mean the same bytes.
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  if (!isCanonicalBase64url(text)) return undefined
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** The one spelling that `decodeBase64url` takes. */
export function encodeBase64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

/** True when the text is the one and only base64url spelling of some bytes (the empty text included). */
export function isCanonicalBase64url(text: string): boolean {
  return /^[\w-]*$/.test(text) && endsCanonically(text)
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

/** True for the length and the last character of a canonical text, from here to the end. */
export function endsCanonically(text: string, from = 0): boolean {
  const rest = (text.length - from) % 4
  if (rest === 0) return true
  if (rest === 1) return false
  // The last character carries 4 (rest 2) or 2 (rest 3) bits that no byte uses.
  const unused = rest === 2 ? 0b1111 : 0b11
  return (alphabet.indexOf(text.charAt(text.length - 1)) & unused) === 0
}

/** The number of bytes that a canonical text of this length stands for. */
export function decodedLength(characters: number): number {
  return Math.floor((characters * 3) / 4)
}
