/** Bytes to try as a secret, and back: what `decodeBase64url` refuses, signers out there take. */

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The text that these bytes are, when they are one. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
}

export function withoutPadding(text: string): string {
  return text.replaceAll("=", "")
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** With padding or without; undefined when the text is not of this alphabet. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const plain = withoutPadding(text)
  if (!/^[A-Za-z\d+/]+$/.test(plain) || plain.length % 4 === 1) return undefined
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
}

export function decodeHex(text: string): Uint8Array | undefined {
  if (!/^(?:[\da-f]{2})+$/i.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  )
}
