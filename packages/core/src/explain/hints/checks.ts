import type { PolicyKey } from "../../config/policy-key.js"
import type { MaybePromise } from "../../maybe-promise.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import { verifySignature } from "../../verify/signature.js"

/** Keys tried for one token and one purpose. What a stranger sends must not start more work than that. */
export const mostChecks = 100

/** Signature checks with keys that the decision has not asked, each key once, and not too many. */
export class Checks {
  readonly #results = new Map<string, MaybePromise<boolean>>()

  get exhausted(): boolean {
    return this.#results.size >= mostChecks
  }

  /** `undefined` when too many were made to make this one too. */
  verifies(jws: CompactJws, key: PolicyKey): MaybePromise<boolean | undefined> {
    const material = materialOf(key)
    const known = this.#results.get(material)
    if (known !== undefined) return known
    if (this.exhausted) return undefined
    const result = verifySignature(jws, key)
    this.#results.set(material, result)
    return result
  }
}

/** Consumers may share a key, under different names. */
function materialOf({ jwk: { kty, crv, k, n, e, x, y } }: PolicyKey): string {
  return JSON.stringify([kty, crv, k, n, e, x, y])
}
