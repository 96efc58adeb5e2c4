import { ownValue } from "../../own-value.js"
import { listed, show } from "../show.js"
import { claimName, foldName } from "./claim-name.js"
import { identities } from "./identities.js"
import type { NearMiss } from "./near-miss.js"
import { claimWithValue, ifMeant, nameAsValue } from "./other-claim.js"
import { configEntry, type WrongClaim } from "./wrong-claim.js"

/** Where a claim that the token has not at the top may be instead. */
export function missingClaimMiss(wrong: WrongClaim): NearMiss | undefined {
  return (
    similarNameMiss(wrong) ??
    insideMiss(wrong) ??
    claimWithValue(wrong) ??
    nameAsValue(wrong) ??
    identityMiss(wrong)
  )
}

/** `userId` for `user_id`, and `https://example.com/user_id` as issuers put before it that allow no plain names. */
function similarNameMiss({ name, expected, claims, foldedNames }: WrongClaim): NearMiss | undefined {
  const other =
    foldedNames.get(foldName(name)) ??
    Object.keys(claims).find((one) => one.includes("://") && one.endsWith(`/${name}`))
  if (other === undefined) return undefined
  return {
    what: `The token has no ${claimName(name)}, but ${claimName(other)}, and names are compared letter by letter.`,
    copy: `if both are meant to be the same, write ${configEntry(other, show(expected))} in the config`,
  }
}

function insideMiss({ name, claims }: WrongClaim): NearMiss | undefined {
  const outer = Object.keys(claims).find((one) => {
    const value = claims[one]
    return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
  })
  if (outer === undefined) return undefined
  return {
    what: `The token has ${claimName(name)} inside ${claimName(outer)}, and only claims at the top of the payload are compared. If the issuer sets it, and not the caller, have it put there.`,
  }
}

function identityMiss({ name, claims, taken, showClaim }: WrongClaim): NearMiss | undefined {
  const usable = identities.filter((one) => typeof ownValue(claims, one) === "string")
  const names = usable.filter((one) => !taken.some(([already]) => already === one))
  const [first] = names
  if (first === undefined) return undefined
  const entry = configEntry(first, showClaim(claims[first]))
  return {
    what: `The token has no ${claimName(name)}. It has ${listed(names, "and", names.length)}.`,
    copy: `${ifMeant}, have the issuer add ${claimName(name)}, or recognise it by what is there, as in ${entry}`,
  }
}
