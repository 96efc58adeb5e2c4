import { decodeBase64url, encodeBase64url } from "../../base64url.js"
import type { PolicyKey } from "../../config/policy-key.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import { keysFor } from "../differences.js"
import type { Finding } from "../finding.js"
import { show } from "../show.js"
import { Checks } from "./checks.js"
import { oncePerExplanation } from "./once-per-explanation.js"
import { base64, decodeBase64, decodeHex, hex, textOf, utf8, withoutPadding } from "./text-bytes.js"

/** What the signer may have taken for the secret instead of the bytes that `k` stands for (RFC 7518 §6.4.1). */
type Spelling = readonly [secret: Uint8Array | undefined, hint: string]

const checksOf = oncePerExplanation((_, _jws: CompactJws) => new Checks())

/** The spelling of this consumer's secret that the token is signed with. */
export async function secretSpellingHint(finding: Finding, jws: CompactJws): Promise<string | undefined> {
  const checks = checksOf(finding, jws)
  const { alg } = jws.header
  for (const { jwk } of keysFor(finding.consumer.keys, jws.header.kid)) {
    if (jwk.kty !== "oct" || jwk.k === undefined || checks.exhausted) continue
    const k = jwk.kid === undefined ? "k" : `k of key ${show(jwk.kid)}`
    for (const [secret, hint] of spellings(jwk.k, k)) {
      if (secret === undefined || secret.length === 0) continue
      const key: PolicyKey = {
        jwk: { kty: "oct", k: encodeBase64url(secret) },
        algorithms: [alg],
        verifiers: [],
      }
      if (await checks.verifies(jws, key)) return hint
    }
  }
  return undefined
}

/** Of two spellings that are the same bytes, the first is told. */
function spellings(value: string, k: string): readonly Spelling[] {
  const bytes = decodeBase64url(value) ?? new Uint8Array()
  const text = textOf(bytes)
  return [
    ...takenOtherwise(value, k),
    ...(text === undefined ? [] : encodedTwice(text, k)),
    ...takenAsText(bytes, k),
    ...(text === undefined ? [] : withMoreOrLess(text, k)),
  ]
}

/** What stands in `k` is the same text at both ends, and means something else to the signer. */
function takenOtherwise(value: string, k: string): readonly Spelling[] {
  return [
    [
      utf8(value),
      `The signer takes the string in ${k} itself for the secret, undecoded. Have it decode base64url first, or write the base64url of that string into k.`,
    ],
    [
      decodeHex(value),
      `The signer decodes ${k} as hex. A JWK has it in base64url: write the bytes that the hex stands for into k that way.`,
    ],
    [
      decodeBase64(value.replaceAll(/[-_]/g, "")),
      `The signer decodes ${k} as plain base64, where - and _ count for nothing. Have it decode base64url.`,
    ],
  ]
}

/** `k` is the base64url of a text that the signer has too, and decodes. */
function encodedTwice(text: string, k: string): readonly Spelling[] {
  const first = (encoding: string) =>
    `The bytes of ${k} are a ${encoding} string, which the signer decodes once more.`
  return [
    [
      decodeBase64(text.trim()),
      `${first("base64")} Write that string itself into k, with - for +, _ for / and without =.`,
    ],
    [
      decodeBase64url(withoutPadding(text.trim())),
      `${first("base64url")} Write that string itself into k, without =.`,
    ],
    [decodeHex(text.trim()), `${first("hex")} Write the bytes that the hex stands for into k, in base64url.`],
  ]
}

/** The signer has the same bytes, spelled as text, and does not decode them. */
function takenAsText(bytes: Uint8Array, k: string): readonly Spelling[] {
  const words = (encoding: string) =>
    `The signer has the bytes of ${k} as a ${encoding} string, and takes that string for the secret. Have it decode ${encoding} first, or write the base64url of that string into k.`
  const digits = hex(bytes)
  return [
    [utf8(base64(bytes)), words("base64")],
    [utf8(withoutPadding(base64(bytes))), words("base64")],
    [utf8(digits), words("hex")],
    [utf8(digits.toUpperCase()), words("hex")],
  ]
}

/** Files end in a line break, and files of settings have quotes that some readers keep. */
function withMoreOrLess(text: string, k: string): readonly Spelling[] {
  const tooMuch = (what: string) =>
    `The secret in ${k} ${what} that the signer's has not. Encode it into k again without that.`
  const missing = (what: string) =>
    `The signer's secret ${what} that the one in ${k} has not. Remove that where the signer reads it.`
  const less = (trimmed: string) => (trimmed === text ? undefined : utf8(trimmed))
  return [
    [utf8(`${text}\n`), missing("ends in a line break")],
    [utf8(`${text}\r\n`), missing("ends in a line break")],
    [less(text.replace(/\r?\n$/, "")), tooMuch("ends in a line break")],
    [less(text.trim()), tooMuch("has white space around it")],
    [utf8(`"${text}"`), missing("has quotes around it")],
    [utf8(`'${text}'`), missing("has quotes around it")],
    [less(text.replace(/^(["'])(.*)\1$/s, "$2")), tooMuch("has quotes around it")],
  ]
}
