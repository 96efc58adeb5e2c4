import type { ParsedConsumer, ParsedRule } from "../../config/parse.js"
import { compileConsumers } from "../../config/policy.js"
import type { Reason } from "../../reasons.js"
import { candidatesIn } from "../../verify/candidates.js"
import type { Recording } from "../recording.js"
import type { RuleFinding } from "./rule-finding.js"

/** True when the outcome would be another one, had this rule decided: only then it may be the rule that was meant. */
export function wouldHelp(rule: ParsedRule, { recording, rule: { asks, applied } }: RuleFinding): boolean {
  if (asks === undefined) return rule.public !== true
  const { readings, verdicts } = recording
  // Against a rule that restricts, and for a token that is refused, nothing is said that would let anybody in.
  if (isLenient(rule)) return applied.length === 0 && readings.size === 0 && !rule.report_only
  if (readings.size === 0) return false
  return rule.consumers === undefined
    ? [...verdicts].some(([{ name }, reason]) => letsThrough(rule, name, reason))
    : verdicts.size === 0 && recognises(rule.consumers, recording)
}

/** True for a rule that lets requests pass without a good token. */
export function isLenient({ public: isPublic, optional, report_only }: ParsedRule): boolean {
  return isPublic === true || optional || report_only
}

/** A consumer that is known, and may not call here, may call under this rule. */
function letsThrough({ allow, scopes }: ParsedRule, name: string, reason: Reason | undefined): boolean {
  if (allow !== "any" && !allow?.includes(name)) return false
  return reason === "consumer_not_allowed" || (reason === "scope_missing" && scopes === undefined)
}

/** A token that is nobody's here is that of a consumer of the rule's own. */
function recognises(consumers: readonly ParsedConsumer[], { readings }: Recording): boolean {
  const { groups } = compileConsumers(consumers)
  return [...readings.values()].some(
    ({ jws }) =>
      typeof jws === "object" && groups.some((group) => typeof candidatesIn(group, jws.claims) === "object"),
  )
}
