import type { BrokenRequest } from "../broken-request.js"
import { inPlace, row, sent } from "./form-situations.js"

const strange = (name: string) =>
  `The ${name} has a character that base64url does not have. Copy the token anew.`

/** Wrapped, and unreadable when unwrapped: what is told is about what was sent, and not about what was made of it. */
export const unreadable: readonly BrokenRequest[] = [
  row(
    "a word after the token",
    sent((token) => `${token} garbage`),
    strange("signature"),
  ),
  row(
    "a quotation mark at the end of a token that was cut off",
    sent((token) => `${token.slice(0, -5)}"`),
    strange("signature"),
  ),
  row(
    "the signature is missing, and a line break is at the end",
    sent((token) => `${token.slice(0, token.lastIndexOf("."))}\n`),
    "The third part, the signature, is missing. It was cut off, or the token was never signed.",
  ),
  row(
    "percent escapes in a token that was cut off in the payload",
    inPlace("cookie", (token) => `${token.slice(0, token.indexOf(".") + 9)}%20.x`),
    strange("payload"),
  ),
  row(
    "plain base64 in a token whose signature was cut off",
    sent((token) => `${token.slice(0, -9)}==`),
    strange("signature"),
  ),
]
