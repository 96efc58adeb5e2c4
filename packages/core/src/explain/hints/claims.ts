import { candidatesIn } from "../../verify/candidates.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { claimName, kindOf } from "./claim-name.js"
import { missingClaimHint } from "./missing-claim.js"
import { issuerHint } from "./near-issuer.js"
import { isSlip, onlyDifference } from "./near-text.js"
import { oncePerToken } from "./once-per-token.js"
import { claimWithValue, nameAsValue } from "./other-claim.js"
import type { WrongClaim } from "./wrong-claim.js"

/** Why a token is not recognised as this consumer's, though it may be. */
export function claimsHint(finding: Finding): string | undefined {
  const { jws } = finding
  if (jws === undefined || isKnown(finding, jws)) return undefined
  const wrong = firstWrongClaim(finding, jws)
  if (wrong === undefined) return undefined
  const { actual } = wrong
  if (actual === undefined) return missingClaimHint(wrong)
  return typeof actual === "string" ? differentHint(wrong, actual) : kindHint(wrong)
}

/** The one that `expected` and `actual` are about. */
function firstWrongClaim({ consumer, showClaim }: Finding, { claims }: CompactJws): WrongClaim | undefined {
  const ownValue = (name: string) => (Object.hasOwn(claims, name) ? claims[name] : undefined)
  const wrong = consumer.claims.find(([name, value]) => ownValue(name) !== value)
  if (wrong === undefined) return undefined
  const [name, expected] = wrong
  return { name, expected, actual: ownValue(name), claims, taken: consumer.claims, showClaim }
}

/** The token is another consumer's: it is not near to this one, whatever it looks like. */
const isKnown = oncePerToken(({ access }, jws) =>
  access.consumers.groups.some((group) => typeof candidatesIn(group, jws.claims) !== "string"),
)

function differentHint(wrong: WrongClaim, actual: string): string | undefined {
  const { name, expected } = wrong
  const both = `The token's ${claimName(name)} and the config's ${name === "iss" ? "issuer" : claimName(name)}`
  const difference = onlyDifference(actual, expected)
  if (difference !== undefined) {
    return `${both} differ only in ${difference}, and they are compared letter by letter. Write it in the config as the token has it.`
  }
  return (
    (name === "iss" ? issuerHint(actual, expected) : undefined) ??
    claimWithValue(wrong) ??
    nameAsValue(wrong) ??
    (isSlip(actual, expected)
      ? `${both} are the same but for one letter: wrong, missing, too much or swapped. Write it in the config as the token has it.`
      : undefined)
  )
}

/** The config compares strings. */
function kindHint({ name, expected, actual, showClaim }: WrongClaim): string {
  const wrong = `The token's ${claimName(name)} is ${kindOf(actual)}, and the config compares strings.`
  if (Array.isArray(actual)) {
    if (!actual.includes(expected)) return wrong
    return `${wrong} The list has ${showClaim(expected)} in it: have the issuer write that alone, as a string.`
  }
  return typeof actual !== "object" && String(actual) === expected
    ? `${wrong} Have the issuer write it in quotes: ${showClaim(expected)}.`
    : wrong
}
