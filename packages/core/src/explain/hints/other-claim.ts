import { show } from "../show.js"
import { claimName } from "./claim-name.js"
import { ownValue } from "./claim-value.js"
import type { NearMiss } from "./near-miss.js"
import { configEntry, type WrongClaim } from "./wrong-claim.js"

/** The expected value stands under another name: the config asks for `key`, the token has it in `sub`. */
export function claimWithValue({ name, expected, claims, showClaim }: WrongClaim): NearMiss | undefined {
  const other = Object.keys(claims).find((one) => one !== name && claims[one] === expected)
  if (other === undefined) return undefined
  const entry = configEntry(other, showClaim(expected))
  return {
    what: `The token's ${claimName(other)} has exactly the expected value. If that is the claim you mean, write ${entry} in the config.`,
  }
}

/** The name of a claim was taken for its value: `claims: { key: "user_id" }`. */
export function nameAsValue({ name, expected, claims, showClaim }: WrongClaim): NearMiss | undefined {
  const value = ownValue(claims, expected)
  if (typeof value !== "string") return undefined
  return {
    what: `The config asks for a claim ${claimName(name)} with the value ${show(expected)}, and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it.`,
    copy: `write ${configEntry(expected, showClaim(value))}`,
  }
}
