import { ownValue } from "../../own-value.js"
import { candidatesIn } from "../../verify/candidates.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { claimName, foldName, kindOf } from "./claim-name.js"
import { missingClaimMiss } from "./missing-claim.js"
import { issuerMiss } from "./near-issuer.js"
import { missInWords, type NearMiss } from "./near-miss.js"
import { onlyDifference } from "./near-text.js"
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
function firstWrongClaim(finding: Finding, jws: CompactJws): WrongClaim | undefined {
  const { consumer, showClaim } = finding
  const { claims } = jws
  const wrong = consumer.claims.find(([name, value]) => ownValue(claims, name) !== value)
  if (wrong === undefined) return undefined
  const [name, expected] = wrong
  const [actual, foldedNames] = [ownValue(claims, name), foldedNamesOf(finding, jws)]
  return { name, expected, actual, claims, foldedNames, taken: consumer.claims, showClaim }
}

/** Of names that are the same folded, the first. */
const foldedNamesOf = oncePerExplanation(
  (_, { claims }: CompactJws) =>
    new Map(
      Object.keys(claims)
        .reverse()
        .map((name) => [foldName(name), name]),
    ),
)

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
  if (name === "iss") return issuerMiss(actual, expected) ?? claimWithValue(wrong) ?? nameAsValue(wrong)
  const difference = onlyDifference(actual, expected)
  if (difference === undefined) return claimWithValue(wrong) ?? nameAsValue(wrong)
  const both = `The token's ${claimName(name)} and the config's ${claimName(name)}`
  return {
    what: `${both} differ only in ${difference}. They are compared letter by letter, and may name two callers.`,
  }
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
