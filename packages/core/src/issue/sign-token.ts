import { CompactSign, importJWK, type JWK } from "jose"
import { ConfigError, error } from "../config/config-error.js"
import type { Algorithm, Jwk } from "../config/document.js"
import { importSecret } from "../verify/jose-engine.js"
import { verifySignature } from "../verify/signature.js"
import type { IssuerKey } from "./read-key.js"

/** Signs a payload, which is the JSON text as it stands (RFC 7515 §5.1). */
export type SignToken = (header: Readonly<Record<string, unknown>>, payload: string) => Promise<string>

/** A signer for this key, which is imported with the first token and then kept. */
export function tokenSigner({ alg, members }: IssuerKey, path: string): SignToken {
  let imported: Promise<CryptoKey> | undefined
  return async (header, payload) => {
    imported ??= importKey(members, alg, path)
    const bytes = new TextEncoder().encode(payload)
    return new CompactSign(bytes).setProtectedHeader({ ...header, alg }).sign(await imported)
  }
}

async function importKey(jwk: Jwk, alg: Algorithm, path: string): Promise<CryptoKey> {
  try {
    return await (jwk.kty === "oct" ? importSecret(jwk.k ?? "", alg, "sign") : importPrivate(jwk, alg))
  } catch {
    // What the runtime says is left out: it may quote the key.
    const fix = "Copy all of its members from one key, such as generateKey makes."
    const issue = error(path, "is not one key: its private and public members do not fit", fix)
    throw new ConfigError([issue], "key")
  }
}

/** Tries the key: Web Crypto does not always see that the halves are of two keys, and nobody would accept its tokens. */
async function importPrivate(jwk: Jwk, alg: Algorithm): Promise<CryptoKey> {
  const key = (await importJWK(jwk as JWK, alg)) as CryptoKey
  const token = await new CompactSign(new Uint8Array()).setProtectedHeader({ alg }).sign(key)
  const fits = await verifySignature(
    { token, header: { alg }, signedLength: token.lastIndexOf(".") },
    { jwk, algorithms: [alg], verifiers: [] },
  )
  if (!fits) throw new Error("the halves are of two keys")
  return key
}
