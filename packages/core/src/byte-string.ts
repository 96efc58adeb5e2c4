/** UTF-8 with one character per byte, the only form of non-ASCII text that `Headers` and Node take. */
export function toByteString(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("")
}
