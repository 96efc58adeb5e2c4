/** UTF-8 with one character per byte, the only form of non-ASCII text that `Headers` and Node take. */
export function toByteString(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("")
}

/** Decodes every percent escape to a character of that byte; what is no escape stays. Never throws. */
export function percentDecodeBytes(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
