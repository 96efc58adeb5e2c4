import type { Algorithm } from "../config/document.js"
import type { PolicyKey, Verifier } from "../config/policy-key.js"
import type { MaybePromise } from "../maybe-promise.js"
import type { CompactJws } from "./compact-jws.js"
import { joseEngine } from "./jose-engine.js"
import { nodeEngine } from "./node-engine.js"
import { tokenBytes } from "./token-bytes.js"

// The seam for signature engines: Node's own crypto where it is, jose elsewhere, and where others have to get their turn
// (docs/decisions/011-engines.md).
const engines = [nodeEngine(tokenBytes) ?? joseEngine, joseEngine] as const

/**
 * True when this key made the signature. Never throws, never rejects: what cannot be checked is not good.
 *
 * @param mayWait true when so many keys were asked for this token already that others have to get their turn
 */
export function verifySignature(
  { token, header, signedLength }: Pick<CompactJws, "token" | "header" | "signedLength">,
  key: PolicyKey,
  mayWait = false,
): MaybePromise<boolean> {
  try {
    return verifierOf(key, header.alg, mayWait ? 1 : 0)(token, signedLength)
  } catch {
    return false
  }
}

/** Each key is imported on first use, and kept for as long as the policy that holds it. */
function verifierOf(
  { jwk, algorithms, verifiers }: PolicyKey,
  algorithm: Algorithm,
  engine: 0 | 1,
): Verifier {
  const place = engines.length * algorithms.indexOf(algorithm) + engine
  verifiers[place] ??= engines[engine](jwk, algorithm)
  return verifiers[place]
}
