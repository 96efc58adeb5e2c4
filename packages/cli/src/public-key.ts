import { createHash, createPublicKey, type JsonWebKey } from "node:crypto"
import type { Jwk } from "@jwt-auth/core"

/**
 * The public half of a key as it stands in a key set. Node makes it from the public members and exports those alone, so
 * that no private member can be left in it. Undefined when Node cannot make a key of it.
 */
export function publicKeyOf(jwk: Jwk, alg: string | undefined): Jwk | undefined {
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: "jwk" }).export({ format: "jwk" }) as Jwk
    const { kid = thumbprint(key), use = "sig" } = jwk
    const chosen = jwk.alg ?? alg
    return { ...key, kid, use, ...(chosen !== undefined && { alg: chosen }) }
  } catch {
    return undefined
  }
}

/** RFC 7638 §3: SHA-256 over the members that a key must have, in the order of their names; Node exports just these. */
function thumbprint(key: Jwk): string {
  const required = Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)))
  return createHash("sha256").update(JSON.stringify(required)).digest("base64url")
}
