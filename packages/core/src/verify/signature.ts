import { decodedLength } from "../base64url.js"
import type { Algorithm } from "../config/document.js"
import { signatureLength } from "../config/key-algorithms.js"
import type { PolicyKey, Verifier } from "../config/policy-key.js"
import type { MaybePromise } from "../maybe-promise.js"
import type { CompactJws } from "./compact-jws.js"
import type { Engine } from "./engine.js"
import { joseEngine } from "./jose-engine.js"
import { nodeEngine } from "./node-engine.js"
import { tokenBytes } from "./token-bytes.js"

// The seam for signature engines: Node's own crypto where it is, jose elsewhere (docs/decisions/011-engines.md).
const soon = nodeEngine(tokenBytes) ?? joseEngine
const later = joseEngine

/** Keys of which the other engine was asked, too. */
const waiting = new WeakMap<PolicyKey, PolicyKey["verifiers"]>()

/**
 * True when this key made the signature. Never throws, never rejects: what cannot be checked is not good.
 *
 * @param mayWait true when so many keys were asked for this token already that others have to get their turn
 */
export function verifySignature(
  { token, header }: Pick<CompactJws, "token" | "header">,
  key: PolicyKey,
  mayWait = false,
): MaybePromise<boolean> {
  try {
    const verifier = mayWait
      ? verifierOf(key, header.alg, later, waitingFor(key))
      : verifierOf(key, header.alg, soon, key.verifiers)
    return verifier(token, token.indexOf(".", token.indexOf(".") + 1))
  } catch {
    return false
  }
}

/** Each key is imported on first use, and kept for as long as the policy that holds it. */
function verifierOf(
  key: PolicyKey,
  algorithm: Algorithm,
  engine: Engine,
  known: PolicyKey["verifiers"],
): Verifier {
  const place = key.algorithms.indexOf(algorithm)
  known[place] ??= ofRightLength(signatureLength(key.jwk, algorithm), engine(key.jwk, algorithm))
  return known[place]
}

function waitingFor(key: PolicyKey): PolicyKey["verifiers"] {
  const known = waiting.get(key) ?? []
  waiting.set(key, known)
  return known
}

/**
 * Checked here for every engine: OpenSSL takes an RSA-PSS signature without its leading zero bytes, which would give one
 * token two spellings.
 */
function ofRightLength(bytes: number, verifier: Verifier): Verifier {
  return (token, end) => decodedLength(token.length - end - 1) === bytes && verifier(token, end)
}
