import { base64url, goodClaims, sign } from "../../keyring.js"
import type { BrokenRequest } from "../broken-request.js"
import { row, sent, signedOver } from "./form-situations.js"

const header = base64url({ alg: "ES256" })
const payload = base64url(goodClaims)
const copy = "Copy the token anew."
const unsigned = "It was cut off, or the token was never signed."
const lastCharacter = (name: string) =>
  `The last character of the ${name} is one that no encoder writes there: it was changed by hand, or what follows was cut off. ${copy}`

export const brokenParts: readonly BrokenRequest[] = [
  row(
    "the first part alone",
    sent((token) => token.slice(0, token.indexOf("."))),
    "Only the first of three parts is there. The rest was cut off at the dot, perhaps by a copy.",
  ),
  row(
    "the signature is missing",
    sent((token) => token.slice(0, token.lastIndexOf("."))),
    `The third part, the signature, is missing. ${unsigned}`,
  ),
  row(
    "the signature is empty",
    sent((token) => token.slice(0, token.lastIndexOf(".") + 1)),
    `The third part, the signature, is empty. ${unsigned}`,
  ),
  row(
    "an unsigned token",
    sent(() => `${base64url({ alg: "none" })}.${payload}.`),
    "The token is not signed (alg none), and such are never accepted. Have the issuer sign it.",
  ),
  row(
    "the end of an RSA signature is missing, whose length only its key tells",
    sent((token) => `${base64url({ alg: "RS256" })}.${payload}.${token.slice(-86, -1)}`),
    // 86 characters less 1, and no number of bytes has 85.
    `The signature has 85 characters, and base64url never has so many: some were cut off or added. ${copy}`,
  ),
  ...[1, 3, 4, 5, 20, 60].map((missing) =>
    row(
      `the signature lacks its last ${missing === 1 ? "character" : `${missing} characters`}`,
      // B: the bits of the signature itself would make some of these lengths readable now and then.
      sent((token) => `${token.slice(0, -missing - 1)}B`),
      `The signature has ${86 - missing} characters, and one by ES256 has 86: the end of the token was cut off. Copy it whole.`,
    ),
  ),
  row(
    "something was added to the signature",
    sent((token) => `${token}_old`),
    "The signature has 90 characters, and one by ES256 has 86: something was added at the end of the token. Copy it anew.",
  ),
  row(
    "the first characters of the token are missing",
    sent((token) => token.slice(3)),
    "The payload can be read, and the header cannot: the beginning of the token was probably cut off. Copy it whole.",
  ),
  row(
    "the last character was changed to see whether it matters",
    sent((token) => `${token.slice(0, -1)}${token.endsWith("B") ? "C" : "B"}`),
    lastCharacter("signature"),
  ),
  row(
    "a letter of another alphabet in the payload",
    signedOver(() => `${header}.е${payload.slice(1)}`),
    `The payload has a character that base64url does not have. ${copy}`,
  ),
  row(
    "the payload is cut off",
    signedOver(() => `${header}.${base64url(JSON.stringify(goodClaims).slice(0, -9))}`),
    "The payload ends in the middle of its JSON. Copy the token whole.",
  ),
  row(
    "the payload is empty",
    signedOver(() => `${header}.`),
    "The payload is empty. Have the issuer send the whole token.",
  ),
  row(
    "the payload is a name",
    sent((token) => token, { payload: "alice" }),
    "The payload is not JSON. Have the issuer sign a JSON object of claims.",
  ),
  row(
    "the payload is an array",
    sent((token) => token, { payload: [goodClaims] }),
    "The payload is JSON, but not an object. Have the issuer sign a JSON object of claims.",
  ),
  row(
    "the payload is another token",
    sent((token, key) => sign(key, { payload: token })),
    "The payload is another token (RFC 7519 §2, nested JWT). Send the inner one.",
  ),
  row(
    "the payload is in Latin-1",
    sent((token) => token, { payload: Uint8Array.from(`{"name":"Zo\u00eb"}`, (c) => c.charCodeAt(0)) }),
    "The payload is not UTF-8 (RFC 7515 §2). Have the issuer encode it so.",
  ),
  row(
    "the payload begins with a byte order mark",
    sent((token) => token, { payload: `\ufeff${JSON.stringify(goodClaims)}` }),
    "The payload begins with a byte order mark. Have the issuer leave it out.",
  ),
  row(
    "a claim is named twice",
    sent((token) => token, { payload: '{"iss":"a","sub":"alice","iss":"b"}' }),
    "The payload names a member twice, and programs differ in which of the two they take. Have the issuer write each once.",
  ),
  row(
    "the header is not JSON",
    signedOver(() => `${base64url('{"alg":ES256}')}.${payload}`),
    "The header is not JSON. Copy the token anew.",
  ),
  row(
    "kid is a number",
    sent((token) => token, { header: { alg: "ES256", kid: 1 } }),
    "The kid in the header is not a string (RFC 7515 §4.1.4). Have the issuer write it in quotation marks.",
  ),
  row(
    "the token is too long",
    sent((token) => token, {
      payload: { ...goodClaims, groups: Array.from({ length: 2000 }, (_, i) => `g${i}`) },
    }),
    "More than 8192 bytes are refused unread. Have the issuer leave out what the API does not need, such as long lists of groups.",
  ),
]
