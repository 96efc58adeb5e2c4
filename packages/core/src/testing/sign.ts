import { encodeBase64url } from "../base64url.js"
import type { Algorithm } from "../config/document.js"
import type { SigningKey } from "./keyring.js"

/** A header or payload: an object, or the very text or bytes, for what no JSON serialiser would write. */
export type Part = Readonly<Record<string, unknown>> | string | Uint8Array

/** What serialises to a token: the compact form of RFC 7515 §7.1, truly signed whatever stands in it. */
export async function sign(
  key: SigningKey,
  algorithm: Algorithm,
  header: Part,
  payload: Part,
): Promise<string> {
  return signText(key, algorithm, `${segment(header)}.${segment(payload)}`)
}

/** Signs segments as they stand, so that a token can be wrong in its spelling alone. */
export async function signText(key: SigningKey, algorithm: Algorithm, text: string): Promise<string> {
  const signature = await key.sign(algorithm, new TextEncoder().encode(text))
  return `${text}.${encodeBase64url(signature)}`
}

export function segment(part: Part): string {
  if (part instanceof Uint8Array) return encodeBase64url(part)
  return encodeBase64url(new TextEncoder().encode(typeof part === "string" ? part : JSON.stringify(part)))
}

/** The same token with another payload under the old signature. */
export function withPayload(token: string, payload: Part): string {
  const [header, , signature] = token.split(".")
  return `${header}.${segment(payload)}.${signature}`
}
