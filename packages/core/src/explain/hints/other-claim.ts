import { ownValue } from "../../own-value.js"
import { show } from "../show.js"
import { claimName } from "./claim-name.js"
import { identities } from "./identities.js"
import type { NearMiss } from "./near-miss.js"
import { configEntry, type WrongClaim } from "./wrong-claim.js"

/** An issuer signs for many callers: that the token is one of its own does not say for whom. */
export const ifMeant = "if this is the caller that is meant"

/** The expected value stands under another name: the config asks for `key`, the token has it in `sub`. */
export function claimWithValue({ name, expected, claims, showClaim }: WrongClaim): NearMiss | undefined {
  const other = identities.find((one) => one !== name && ownValue(claims, one) === expected)
  if (other === undefined) return undefined
  const entry = configEntry(other, showClaim(expected))
  return {
    what: `The token's ${claimName(other)} has exactly the expected value.`,
    copy: `${ifMeant}, write ${entry} in the config`,
  }
}

/** The name of a claim was taken for its value: `claims: { key: "user_id" }`. */
export function nameAsValue({ name, expected, claims, showClaim }: WrongClaim): NearMiss | undefined {
  const value = ownValue(claims, expected)
  if (typeof value !== "string") return undefined
  return {
    what: `The config asks for a claim ${claimName(name)} with the value ${show(expected)}, and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it.`,
    copy: `${ifMeant}, write ${configEntry(expected, showClaim(value))}`,
  }
}
