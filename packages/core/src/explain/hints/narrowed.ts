import { decodeBase64url } from "../../base64url.js"
import type { Algorithm } from "../../config/document.js"
import { algorithmsOfKey, algorithmsOfKind, shortestSecret } from "../../config/key-algorithms.js"
import type { PolicyKey } from "../../config/policy-key.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import { listed, show } from "../show.js"

/** Which field keeps a key from the token's algorithm, although it is a key of the right kind. */
export function narrowedHint(key: PolicyKey, { header: { alg } }: CompactJws): string | undefined {
  if (key.algorithms.includes(alg) || !algorithmsOfKind(key.jwk).includes(alg)) return undefined
  return `${upper(keyName(key))} could verify ${alg}, but ${forbiddenBy(key, alg)}`
}

/** `key "a"`, or `the key` when it has no name. */
export function keyName({ jwk }: PolicyKey): string {
  return jwk.kid === undefined ? "the key" : `key ${show(jwk.kid)}`
}

function forbiddenBy({ jwk, algorithms }: PolicyKey, alg: Algorithm): string {
  const instead = listed(algorithms)
  if (jwk.alg !== undefined && jwk.alg !== alg) {
    return `its own alg says ${show(jwk.alg)}. Sign with ${instead}, or leave alg out of the key, if that is meant.`
  }
  // Without a narrowing by the consumer: what remains is the length of the secret.
  if (jwk.kty === "oct" && !algorithmsOfKey(jwk, {}).includes(alg)) {
    const bytes = decodeBase64url(jwk.k ?? "")?.length ?? 0
    return `it has ${bytes} bytes, and ${alg} needs ${shortestSecret[alg]} (RFC 7518 §3.2). Sign with ${instead}, or make a longer secret.`
  }
  return `the consumer's algorithms leave it out. Sign with ${instead}, or add ${alg} there, if that is meant.`
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
