import { goodClaims } from "../../keyring.js"
import type { BrokenRequest } from "../broken-request.js"
import { inPlace, row, sent, signedOver } from "./form-situations.js"

const alone = "Send header.payload.signature and nothing else."
const space =
  "The token came with white space, a line break or an invisible character. Send it without: a file or a copy often adds one."

export const damaged: readonly BrokenRequest[] = [
  row(
    "Bearer twice",
    sent((token) => `Bearer ${token}`),
    "The token came with Bearer twice. Give the client the token alone: it adds the word itself.",
  ),
  row(
    "Bearer three times",
    sent((token) => `bearer Bearer ${token}`),
    "The token came with Bearer twice. Give the client the token alone: it adds the word itself.",
  ),
  row(
    "JWT after Bearer",
    sent((token) => `JWT ${token}`),
    "The token came with the word JWT too. Give the client the token alone: it adds the word itself.",
  ),
  row(
    "Bearer in a header whose place has no prefix",
    inPlace("header", (token) => `Bearer ${token}`),
    "The token came with the word Bearer before it. Send the token alone, or set value_prefix in from_headers.",
  ),
  row(
    "Bearer in a cookie",
    inPlace("cookie", (token) => `Bearer ${token}`),
    "The token came with the word Bearer before it. Only a header has one: in cookie session send the token alone.",
  ),
  row(
    "Bearer in a parameter",
    inPlace("param", (token) => `Bearer%20${token}`),
    "The token came with the word Bearer before it. Only a header has one: in parameter token send the token alone.",
  ),
  row(
    "double quotes around the token",
    sent((token) => `"${token}"`),
    "The token came with quotation marks. Send it without.",
  ),
  row(
    "escaped quotes around the token",
    sent((token) => `\\"${token}\\"`),
    "The token came with quotation marks. Send it without.",
  ),
  row(
    "typographic quotes around the token, as bytes of UTF-8",
    sent((token) => `\u00e2\u0080\u009c${token}\u00e2\u0080\u009d`),
    "The token came with quotation marks. Send it without.",
  ),
  row(
    "a single quote at the end alone",
    sent((token) => `${token}'`),
    "The token came with quotation marks. Send it without.",
  ),
  row(
    "angle brackets around the token",
    sent((token) => `<${token}>`),
    "The token came with brackets around it. Send it without.",
  ),
  row(
    "a line break at the end",
    sent((token) => `${token}\n`),
    space,
  ),
  row(
    "line breaks inside, as in a wrapped e-mail",
    sent((token) => token.replace(/(.{40})/g, "$1\r\n ")),
    space,
  ),
  row(
    "an invisible space at the end, as bytes of UTF-8",
    sent((token) => `${token}\u00e2\u0080\u008b`),
    space,
  ),
  row(
    "the two characters \\n at the end",
    sent((token) => `${token}\\n`),
    "The token came with the two characters \\n in it, which should have become a line break. Send it without.",
  ),
  row(
    "an encoded line break at the end of a cookie",
    inPlace("cookie", (token) => `${token}%0A`),
    `The token came with percent escapes and white space, a line break or an invisible character. ${alone}`,
  ),
  row(
    "the dots of the token percent-encoded",
    inPlace("cookie", (token) => token.replaceAll(".", "%2E")),
    "The token came with percent escapes. Send it as it is, not URL-encoded.",
  ),
  row(
    "percent-encoded twice in a parameter",
    inPlace("param", (token) => `%2522${token}%2522`),
    `The token came with percent escapes and quotation marks. ${alone}`,
  ),
  row(
    "Bearer twice, and quotes in between",
    sent((token) => `"Bearer ${token}"`),
    `The token came with quotation marks and Bearer twice. ${alone}`,
  ),
  row(
    "the name of a variable before the token",
    sent((token) => `access_token=${token}`),
    "The token came with its name before it. Send it without.",
  ),
  row(
    "the whole header line in a file for the token alone",
    sent((token) => `Authorization: Bearer ${token}`),
    `The token came with its name before it and Bearer twice. ${alone}`,
  ),
  row(
    "the name of a variable and Bearer before the token",
    sent((token) => `token: Bearer ${token}`),
    `The token came with its name before it and Bearer twice. ${alone}`,
  ),
  row(
    "Bearer with a colon after it, twice",
    sent((token) => `Bearer: ${token}`),
    "The token came with Bearer twice. Give the client the token alone: it adds the word itself.",
  ),
  row(
    "a comma at the end",
    sent((token) => `${token},`),
    "The token came with a comma or semicolon at its end. Send it without.",
  ),
  row(
    "base64 around the whole token",
    sent((token) => btoa(token)),
    "The token came with base64 around the whole of it. Decode it once before it is sent.",
  ),
  row(
    "plain base64 with padding",
    signedOver(() => `${btoa('{"alg":"ES256"} ')}.${btoa(JSON.stringify(goodClaims))}`),
    'The token came with "+", "/" or "=" of plain base64. Have it encoded as base64url without padding (RFC 7515 §2).',
  ),
]
