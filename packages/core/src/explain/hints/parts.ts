import { decodeBase64url } from "../../base64url.js"
import { algorithms, signatureLength } from "../../config/key-algorithms.js"
import { parseJsonObject } from "../../verify/strict-json.js"
import { peekSegment } from "../peek.js"
import { looksLikeToken, startsLikeJson, withoutQuotes } from "./lookalike.js"
import { textOf } from "./text-bytes.js"

/** Which part of a token is missing, too much or broken. */
export function partsHint(token: string): string | undefined {
  const parts = token.split(".", 6)
  const [header = "", payload = "", signature = ""] = parts
  if (!startsLikeJson(header) && peekSegment(token, 0) === undefined) {
    return beheadedHint(token) ?? opaqueHint(withoutQuotes(token))
  }
  switch (parts.length) {
    case 1:
      return "Only the first of three parts is there. The rest was cut off at the dot, perhaps by a copy."
    case 2:
      return "The third part, the signature, is missing. It was cut off, or the token was never signed."
    case 3:
      return signature === ""
        ? emptySignatureHint(token)
        : (segmentHint("header", header) ??
            kidHint(header) ??
            segmentHint("payload", payload) ??
            signatureHint(token, signature))
    case 5:
      return typeof peekSegment(token, 0)?.["enc"] === "string" ? encryptedHint : undefined
    default:
      return undefined
  }
}

const encryptedHint =
  "This is an encrypted token (JWE): it has five parts, and only its recipient can read it. Ask the issuer for a signed access token; some encrypt what is not asked for with an audience."

/** The header and the payload of a JWT begin in the same way. */
function beheadedHint(token: string): string | undefined {
  return /^[\w-]+\.e[yw][\w-]*\.[\w-]*$/.test(token) && peekSegment(token, 1) !== undefined
    ? "The payload can be read, and the header cannot: the beginning of the token was probably cut off. Copy it whole."
    : undefined
}

/** Where a part of a JWT stands in it, it is a JWT, whatever happened to it. */
function opaqueHint(token: string): string | undefined {
  if (token.includes("eyJ") && token.includes(".")) return undefined
  return /^[\w.~+/=:|-]+$/.test(token)
    ? "This is not a JWT; it may be an opaque token, a session id or an API key. Ask the issuer for an access token in JWT form; many give one only for a named audience."
    : undefined
}

function emptySignatureHint(token: string): string {
  const { alg } = peekSegment(token, 0) ?? {}
  return typeof alg === "string" && alg.toLowerCase() === "none"
    ? "The token is not signed (alg none), and such are never accepted. Have the issuer sign it."
    : "The third part, the signature, is empty. It was cut off, or the token was never signed."
}

/** Why a header or a payload cannot be read. */
function segmentHint(name: "header" | "payload", segment: string): string | undefined {
  if (segment === "") return `The ${name} is empty. Have the issuer send the whole token.`
  const wrong = encodingHint(name, segment)
  if (wrong !== undefined) return wrong
  const bytes = decodeBase64url(segment)
  return bytes && jsonHint(name, bytes)
}

/** Where `alg` tells how long a signature is, that tells most. */
function signatureHint(token: string, signature: string): string | undefined {
  const alg = algorithms.find((known) => known === peekSegment(token, 0)?.["alg"])
  const expected = alg === undefined ? 0 : Math.ceil((signatureLength({}, alg) * 4) / 3)
  if (alg === undefined || expected === 0 || signature.length === expected || !isBase64url(signature)) {
    return encodingHint("signature", signature)
  }
  const lengths = `The signature has ${signature.length} characters, and one by ${alg} has ${expected}:`
  return signature.length < expected
    ? `${lengths} the end of the token was cut off. Copy it whole.`
    : `${lengths} something was added at the end of the token. Copy it anew.`
}

function isBase64url(segment: string): boolean {
  return /^[\w-]*$/.test(segment)
}

function encodingHint(name: string, segment: string): string | undefined {
  if (!isBase64url(segment))
    return `The ${name} has a character that base64url does not have. Copy the token anew.`
  if (segment.length % 4 === 1) {
    return `The ${name} has ${segment.length} characters, and base64url never has so many: some were cut off or added. Copy the token anew.`
  }
  return decodeBase64url(segment) === undefined
    ? `The last character of the ${name} is one that no encoder writes there: it was changed by hand, or what follows was cut off. Copy the token anew.`
    : undefined
}

function jsonHint(name: string, bytes: Uint8Array): string | undefined {
  if (parseJsonObject(bytes) !== undefined) return undefined
  const text = textOf(bytes)
  if (text === undefined) return `The ${name} is not UTF-8 (RFC 7515 §2). Have the issuer encode it so.`
  if (text.startsWith("\ufeff"))
    return `The ${name} begins with a byte order mark. Have the issuer leave it out.`
  if (looksLikeToken(text))
    return `The ${name} is another token (RFC 7519 §2, nested JWT). Send the inner one.`
  const value = parsed(text)
  if (value === undefined) {
    return text.startsWith("{") && !text.trimEnd().endsWith("}")
      ? `The ${name} ends in the middle of its JSON. Copy the token whole.`
      : `The ${name} is not JSON. ${objectFix(name)}`
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `The ${name} is JSON, but not an object. ${objectFix(name)}`
  }
  return `The ${name} names a member twice, and programs differ in which of the two they take. Have the issuer write each once.`
}

function objectFix(name: string): string {
  return name === "payload" ? "Have the issuer sign a JSON object of claims." : "Copy the token anew."
}

function kidHint(header: string): string | undefined {
  const kid = peekSegment(header, 0)?.["kid"]
  return kid === undefined || typeof kid === "string"
    ? undefined
    : "The kid in the header is not a string (RFC 7515 §4.1.4). Have the issuer write it in quotation marks."
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
