import type { JwtClaims } from "../../decision.js"
import type { Show } from "../show.js"
import { claimName } from "./claim-name.js"

/** A claim by which a consumer is recognised, and that a token has not, or not so. */
export interface WrongClaim {
  readonly name: string
  readonly expected: string
  /** `undefined` when the token has none. */
  readonly actual: unknown
  readonly claims: JwtClaims
  /** The names of the token's claims by what they are but for case, `_` and `-`. */
  readonly foldedNames: ReadonlyMap<string, string>
  /** Every claim by which the consumer is recognised. */
  readonly taken: readonly (readonly [name: string, value: string])[]
  readonly showClaim: Show
}

/** The entry of the config that recognises a consumer by this claim. `shown` is its value, already printable. */
export function configEntry(name: string, shown: string): string {
  return name === "iss" ? `issuer: ${shown}` : `claims: { ${claimName(name)}: ${shown} }`
}
