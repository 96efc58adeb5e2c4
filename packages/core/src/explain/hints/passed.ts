import type { StepName } from "../explanation.js"
import type { Circumstances } from "../finding.js"
import { unitHint } from "./time-unit.js"
import { timesOf } from "./token-times.js"

/** What is wrong with a token although it passes this step. */
export const hintForPassed: Readonly<
  Partial<Record<StepName, (circumstances: Circumstances) => string | undefined>>
> = {
  time: lastingHint,
}

/** A token that outlives everybody who knows of it. */
function lastingHint({ jws, now }: Circumstances): string | undefined {
  if (jws === undefined || now === undefined) return undefined
  if (!Object.hasOwn(jws.claims, "exp")) {
    return "The token has no exp, and require_exp is false: it is good for as long as its key stands in the config."
  }
  const unit = unitHint("exp", timesOf(jws.claims, now))
  return unit && `${unit} Read as seconds, exp lets the token live for thousands of years.`
}
