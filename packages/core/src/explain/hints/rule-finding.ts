import type { ParsedRule } from "../../config/parse.js"
import type { AuthRequest, Decision, Requirement } from "../../decision.js"
import { compilePattern, compileRules, matchRule, type RulePattern } from "../../rules/match-rule.js"
import type { RuleExplanation } from "../explanation.js"
import type { Recording } from "../recording.js"

/** Everything that a hint about rules may look at. */
export interface RuleFinding {
  readonly recording: Recording
  readonly request: AuthRequest
  readonly requirement: Requirement | undefined
  readonly rule: Omit<RuleExplanation, "hint">
  readonly decision: Decision
}

/** The request as the rules see it: under the name of its route. */
export function routed({ request, requirement }: Pick<RuleFinding, "request" | "requirement">): AuthRequest {
  return requirement?.route === undefined ? request : { ...request, route: requirement.route }
}

/** More than people write, and a stranger's to choose: every rule is compared with these. */
export function isTooLong({ path, host, method, route = "" }: AuthRequest): boolean {
  return [path, host, method, route].some((text) => text.length > 2048)
}

const noRules = compileRules({ rules: [], global_auth: false }, { groups: [], places: [] })

/** The first field of this match that does not hold for a plain request. */
export function mismatchOf(match: ParsedRule["match"], request: AuthRequest): keyof RulePattern | undefined {
  let found: keyof RulePattern | undefined
  const rule = { pattern: compilePattern(match), access: { kind: "open" } as const }
  matchRule({ ...noRules, rules: [rule] }, request, {
    rule(_, mismatch) {
      found = mismatch
    },
  })
  return found
}
