import { base64url } from "jose"
import type { ReadKey } from "./pem-to-jwk.js"

/** A symmetric key (RFC 7518 §6.4) from its text: the UTF-8 of it, or the bytes that it is the base64 of. */
export function secretToJwk(secret: string, isBase64: boolean): ReadKey {
  if (secret.includes("-----BEGIN ")) {
    const fix = "Set algorithm to that of the key, and put it into public_key."
    return { problem: "is a PEM text used as a secret: whoever knows the public key can sign", fix }
  }
  const bytes = isBase64 ? decodeBase64(secret) : new TextEncoder().encode(secret)
  if (bytes !== undefined && bytes.length > 0) return { jwk: { kty: "oct", k: base64url.encode(bytes) } }
  return {
    problem: "is not standard base64, which base64_secret: true says it is",
    fix: "Encode the bytes with the alphabet A-Z a-z 0-9 + /; or leave base64_secret out, if the text itself is the secret.",
  }
}

/** RFC 4648 §4. The gateway takes it without padding too, and `atob` takes white space, which the gateway does not. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text)) return undefined
  return Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0))
}
