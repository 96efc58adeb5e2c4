/** JSON for machines that is also safe to look at: `JSON.stringify` leaves C1 and bidi controls as they are. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return text.replace(unprintable, (character) =>
    character === "\n" ? character : unicodeEscapes(character),
  )
}

/** What `printable` of the core escapes, too. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

function unicodeEscapes(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("")
}

/** In place of everything that looks like a token or like one cut off: the text of a command must not carry one. */
export function withoutTokens(text: string): string {
  return text.replace(tokens, "‹token›")
}

/** How `{"`, and `{` before two of white space and quotes begin in base64, and no word does. */
const tokens = /(?:[eE][yY][jJ]|eyI|e(?:yA|wk|wo|w0)[giJKN])[\w-]{4,}(?:(?:\.|%2[eE])[\w-]*)*/g
