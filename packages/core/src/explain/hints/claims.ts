import { candidatesIn } from "../../verify/candidates.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { claimName, kindOf } from "./claim-name.js"
import { ownValue } from "./claim-value.js"
import { missingClaimMiss } from "./missing-claim.js"
import { issuerMiss } from "./near-issuer.js"
import { missInWords, type NearMiss } from "./near-miss.js"
import { isSlip, onlyDifference } from "./near-text.js"
import { oncePerExplanation } from "./once-per-explanation.js"
import { claimWithValue, nameAsValue } from "./other-claim.js"
import type { WrongClaim } from "./wrong-claim.js"

/** Why a token is not recognised as this consumer's, though it may be. */
export async function claimsHint(finding: Finding): Promise<string | undefined> {
  const { jws } = finding
  if (jws === undefined || isKnown(finding, jws)) return undefined
  const wrong = firstWrongClaim(finding, jws)
  const miss = wrong && nearMiss(wrong)
  return miss && missInWords(miss, finding, jws)
}

/** The one that `expected` and `actual` are about. */
function firstWrongClaim({ consumer, showClaim }: Finding, { claims }: CompactJws): WrongClaim | undefined {
  const wrong = consumer.claims.find(([name, value]) => ownValue(claims, name) !== value)
  if (wrong === undefined) return undefined
  const [name, expected] = wrong
  return { name, expected, actual: ownValue(claims, name), claims, taken: consumer.claims, showClaim }
}

/** The token is another consumer's: it is not near to this one, whatever it looks like. */
const isKnown = oncePerExplanation(({ access }, jws: CompactJws) =>
  access.consumers.groups.some((group) => typeof candidatesIn(group, jws.claims) !== "string"),
)

function nearMiss(wrong: WrongClaim): NearMiss | undefined {
  const { actual } = wrong
  if (actual === undefined) return missingClaimMiss(wrong)
  return typeof actual === "string" ? differentMiss(wrong, actual) : { what: wrongKind(wrong) }
}

function differentMiss(wrong: WrongClaim, actual: string): NearMiss | undefined {
  const { name, expected } = wrong
  const field = name === "iss" ? "issuer" : claimName(name)
  const both = `The token's ${claimName(name)} and the config's ${field}`
  const copy = `write ${field} in the config as the token has it`
  const difference = onlyDifference(actual, expected)
  if (difference !== undefined) {
    return { what: `${both} differ only in ${difference}, and they are compared letter by letter.`, copy }
  }
  return (
    (name === "iss" ? issuerMiss(actual, expected, copy) : undefined) ??
    claimWithValue(wrong) ??
    nameAsValue(wrong) ??
    (isSlip(actual, expected)
      ? { what: `${both} are the same but for one letter: wrong, missing, too much or swapped.`, copy }
      : undefined)
  )
}

/** The config compares strings. */
function wrongKind({ name, expected, actual, showClaim }: WrongClaim): string {
  const wrong = `The token's ${claimName(name)} is ${kindOf(actual)}, and the config compares strings.`
  if (Array.isArray(actual)) {
    if (!actual.includes(expected)) return wrong
    return `${wrong} The list has ${showClaim(expected)} in it: have the issuer write that alone, as a string.`
  }
  return typeof actual !== "object" && String(actual) === expected
    ? `${wrong} Have the issuer write it in quotes: ${showClaim(expected)}.`
    : wrong
}
