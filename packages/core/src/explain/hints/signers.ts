import { algorithmsOfKind } from "../../config/key-algorithms.js"
import type { PolicyConsumer } from "../../config/policy.js"
import type { PolicyKey } from "../../config/policy-key.js"
import { ownValue } from "../../own-value.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { Checks } from "./checks.js"
import { oncePerExplanation } from "./once-per-explanation.js"

/** Who could have signed a token, of all the keys that the config has. */
export interface Signers {
  /** The key of each consumer that the signature is by. */
  readonly found: ReadonlyMap<PolicyConsumer, PolicyKey>
  /** False when there are so many keys that some were not tried. */
  readonly triedAll: boolean
}

export const signersOf = oncePerExplanation(findSigners)

async function findSigners({ everyone }: Finding, jws: CompactJws): Promise<Signers> {
  const checks = new Checks()
  const found = new Map<PolicyConsumer, PolicyKey>()
  let triedAll = true
  for (const [consumer, key] of likeliestFirst(everyone, jws)) {
    if (found.has(consumer)) continue
    const verifies = await checks.verifies(jws, key)
    if (verifies === undefined) triedAll = false
    else if (verifies) found.set(consumer, key)
  }
  return { found, triedAll }
}

/** Keys of the kind that the token's `alg` takes: first those of its `kid`, then those of consumers whose claims it has. */
function likeliestFirst(everyone: readonly PolicyConsumer[], jws: CompactJws) {
  const pairs = everyone.flatMap((consumer) =>
    consumer.keys
      .filter(({ jwk }) => algorithmsOfKind(jwk).includes(jws.header.alg))
      .map((key) => [consumer, key] as const),
  )
  const rank = ([consumer, { jwk }]: (typeof pairs)[number]) => {
    if (jws.header.kid !== undefined && jwk.kid === jws.header.kid) return 0
    return fitsClaims(consumer, jws) ? 1 : 2
  }
  return [0, 1, 2].flatMap((wanted) => pairs.filter((pair) => rank(pair) === wanted))
}

/** True when the token's claims are those that this consumer is recognised by. */
export function fitsClaims(
  consumer: PolicyConsumer,
  { claims }: { readonly claims: Readonly<Record<string, unknown>> },
): boolean {
  return consumer.claims.every(([name, value]) => ownValue(claims, name) === value)
}
