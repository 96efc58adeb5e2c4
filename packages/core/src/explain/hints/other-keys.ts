import type { PolicyConsumer } from "../../config/policy.js"
import type { PolicyKey } from "../../config/policy-key.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { listed, printable, show } from "../show.js"
import { narrowedHint } from "./narrowed.js"
import { isSlip } from "./near-text.js"
import { fitsClaims, signersOf } from "./signers.js"

/** The key of the config that the signature is by, though it was not asked, or not for this. */
export async function otherKeyHint(finding: Finding, jws: CompactJws): Promise<string | undefined> {
  const { found } = await signersOf(finding, jws)
  const own = found.get(finding.consumer)
  if (own !== undefined) return narrowedHint(own, jws) ?? otherKidHint(own, finding, jws)
  const [other] = found.keys()
  return other && otherConsumerHint(finding.consumer, other, jws)
}

function otherKidHint({ jwk }: PolicyKey, { reason }: Finding, { header }: CompactJws): string {
  const [named, signed] = [show(header.kid), show(jwk.kid)]
  if (isAlike(header.kid ?? "", jwk.kid ?? "")) {
    return `The signature is by key ${signed} of this consumer, which the token calls ${named}. A kid is compared letter by letter: write it alike in both.`
  }
  return reason === "kid_unknown"
    ? `The signature is by key ${signed} of this consumer, which the token calls ${named}. The key was given another kid, or this jwks is from another environment: use the kid that the signer sets.`
    : `The signature is by key ${signed} of this consumer, and the token names ${named}. The signer sets the wrong kid, or the two are swapped in jwks.`
}

function isAlike(kid: string, other: string): boolean {
  return kid.trim().toLowerCase() === other.trim().toLowerCase() || isSlip(kid, other)
}

function otherConsumerHint(consumer: PolicyConsumer, other: PolicyConsumer, jws: CompactJws): string {
  const [name, otherName] = [show(consumer.name), show(other.name)]
  if (fitsClaims(other, jws)) {
    return `The signature is by a key of consumer ${otherName}, which is recognised by the same claims: this is a token of ${otherName}.`
  }
  const claims = listed(
    consumer.claims.map(([claim]) => printable(claim)),
    "and",
  )
  return `The signature is by a key of consumer ${otherName}, but ${claims} of the token ${consumer.claims.length > 1 ? "are those" : "is that"} of ${name}: ${otherName} may be posing as ${name}. If it is not, correct the claims where ${otherName} signs.`
}
