/**
 * Text from a token, a config or a request as it may stand in a terminal. Whatever moves the cursor, sets colours, turns
 * the reading direction or is not seen at all comes out as its escape: a claim must not rewrite the verdict above it.
 */
export function printable(text: string): string {
  return text.replace(unprintable, escaped)
}

/** JSON for machines that is also safe to look at: `JSON.stringify` leaves C1 and bidi controls as they are. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return text.replace(unprintable, (character) =>
    character === "\n" ? character : unicodeEscapes(character),
  )
}

// Controls, format characters (bidi, zero width, tags), line and paragraph separators, halves of a surrogate pair.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }

function escaped(character: string): string {
  return short[character] ?? unicodeEscapes(character)
}

function unicodeEscapes(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("")
}

/** In place of everything that looks like a token or like one cut off: the text of a command must not carry one. */
export function withoutTokens(text: string): string {
  return text.replace(/eyJ[\w-]{4,}(?:(?:\.|%2e)[\w-]*)*/gi, "‹token›")
}
