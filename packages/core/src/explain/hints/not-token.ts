import { maxTokenBytes } from "../../extract/header-token.js"
import { schemeOf, tokenIn, withoutQuotes } from "./lookalike.js"

/** Recognises what is sent in place of a token. Looks at the beginning only, whatever the length. */
export function notTokenHint(sent: string): string | undefined {
  const text = bare(sent.slice(0, 4 * maxTokenBytes))
  return wordHint(text) ?? placeholderHint(text) ?? maskHint(text) ?? jsonHint(text) ?? cookieHint(text)
}

function bare(text: string): string {
  const unquoted = withoutQuotes(text.trim())
  return withoutQuotes(schemeOf(unquoted)?.rest ?? unquoted)
}

/** What programs print for a value that is not there. */
const emptyWords = ["undefined", "null", "NaN", "None", "nil", "<nil>", "false"]

function wordHint(text: string): string | undefined {
  switch (text) {
    case "":
      return "There is no token between the quotation marks or spaces. Look at the variable that the client takes it from: it is probably empty."
    case "[object Promise]":
      return "A promise stands where its token should. Have the client await it."
    case "[object Object]":
      return "An object stands where its token should. Have the client take the member that holds the token."
    default:
      return emptyWords.includes(text)
        ? `The word ${text} stands where the token should. Look at the variable that the client takes it from: nothing was in it.`
        : undefined
  }
}

/** `$TOKEN`, `${TOKEN}`, `$(cat token)`, `%TOKEN%`, `{{token}}`, `{token}`, `<token>`, `YOUR_TOKEN`. */
const placeholder =
  /^(?:\$\w+|\$\{[^{}]{1,80}\}|\$\([^()]{1,80}\)|%\w{3,80}%|\{\{[^{}]{1,80}\}\}|\{[\w -]{1,80}\}|<[\w -]{1,80}>|your[ _-][\w -]{1,80})$/i

function placeholderHint(text: string): string | undefined {
  return placeholder.test(text)
    ? "A placeholder stands where the token should, and nothing has replaced it. A shell leaves $NAME as it is in single quotes."
    : undefined
}

function maskHint(text: string): string | undefined {
  if (text.length > 2 * maxTokenBytes) return undefined
  if (/\*{3}|\[(?:redacted|filtered|masked|hidden)\]/i.test(text)) {
    return "The token is masked, as logs and tools show it. Take it from where it is whole."
  }
  return text.includes("...") || text.includes("…")
    ? "The token is abbreviated: the dots stand for what is left out. Copy it whole."
    : undefined
}

function jsonHint(text: string): string | undefined {
  const members = text.startsWith("{") ? parsed(text) : undefined
  if (members === undefined) return undefined
  const has = (name: string) => Object.hasOwn(members, name)
  if (has("ciphertext")) {
    return "This is an encrypted token (JWE) in JSON. Ask the issuer for a signed one in the compact form, header.payload.signature."
  }
  if (has("payload") && (has("signatures") || has("signature"))) {
    return "This is the JSON form of a signed token (RFC 7515 §7.2). Send the compact one, header.payload.signature."
  }
  const member = ["access_token", "accessToken", "token", "jwt", "id_token"].find(has)
  return member === undefined
    ? undefined
    : `A whole JSON object stands where the token should. Send only the value of its member ${member}.`
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** `s:`, the value, a dot and an HMAC: the package cookie-signature. */
function cookieHint(text: string): string | undefined {
  const rest = /^s(?::|%3a)/i.test(text) ? text.slice(text.startsWith("s:") ? 2 : 4) : ""
  const value = rest.slice(0, Math.max(0, rest.lastIndexOf(".")))
  return tokenIn(value) === undefined
    ? undefined
    : "The token stands in a cookie that Express has signed (s: before it, a fourth part behind). Set the cookie without signed: a token has its own signature."
}
