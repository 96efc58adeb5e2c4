import { decodedLength } from "../base64url.js"
import type { Algorithm } from "../config/document.js"
import { signatureLength } from "../config/key-algorithms.js"
import type { PolicyKey } from "../config/policy.js"
import { maxTokenBytes } from "../extract/header-token.js"
import type { MaybePromise } from "../maybe-promise.js"
import type { CompactJws } from "./compact-jws.js"
import type { Engine, Verifier } from "./engine.js"
import { joseEngine } from "./jose-engine.js"
import { nodeEngine } from "./node-engine.js"

/** A way to ask keys for signatures. Each key is imported on first use, and kept for as long as the policy that holds it. */
type Asking = (key: PolicyKey, algorithm: Algorithm) => Verifier

// The seam for signature engines: Node's own crypto where it is, jose elsewhere (docs/decisions/011-engines.md).
const soon: Asking = askingBy(nodeEngine(maxTokenBytes) ?? joseEngine)
const later: Asking = askingBy(joseEngine)

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
  const end = token.lastIndexOf(".")
  try {
    const verifier = (mayWait ? later : soon)(key, header.alg)
    return verifier(token.slice(0, end), token.slice(end + 1))
  } catch {
    return false
  }
}

function askingBy(engine: Engine): Asking {
  const verifiers = new WeakMap<PolicyKey, (Verifier | undefined)[]>()
  return (key, algorithm) => {
    const known = verifiers.get(key) ?? []
    const place = key.algorithms.indexOf(algorithm)
    const verifier = known[place]
    if (verifier !== undefined) return verifier
    const made = ofRightLength(signatureLength(key.jwk, algorithm), engine(key.jwk, algorithm))
    known[place] = made
    verifiers.set(key, known)
    return made
  }
}

/**
 * Checked here for every engine: OpenSSL takes an RSA-PSS signature without its leading zero bytes, which would give one
 * token two spellings.
 */
function ofRightLength(bytes: number, verifier: Verifier): Verifier {
  return (signingInput, signature) =>
    decodedLength(signature.length) === bytes && verifier(signingInput, signature)
}
