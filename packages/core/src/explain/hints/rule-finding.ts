import type { ParsedRule } from "../../config/parse.js"
import type { AuthRequest, Decision, Requirement } from "../../decision.js"
import { compileRules, matchRule } from "../../rules/match-rule.js"
import { compilePattern, type RulePattern } from "../../rules/rule-pattern.js"
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

/**
 * Of each pattern the first field that does not hold for a plain request, by the code that decides. It stops at the first
 * that matches, so the request is read once, and once more for each that does.
 */
export function mismatchesOf(
  patterns: readonly RulePattern[],
  request: AuthRequest,
): readonly (keyof RulePattern | undefined)[] {
  const rules = patterns.map((pattern) => ({ pattern, access: { kind: "open" } as const }))
  const found: (keyof RulePattern | undefined)[] = []
  while (found.length < rules.length) {
    matchRule({ ...noRules, rules: rules.slice(found.length) }, request, {
      rule(_, mismatch) {
        found.push(mismatch)
      },
    })
  }
  return found
}

/** The index of the first rule that holds for a plain request, or -1. */
export function firstMatch(rules: readonly ParsedRule[], request: AuthRequest): number {
  let first = -1
  const compiled = rules.map(({ match }) => ({
    pattern: compilePattern(match),
    access: { kind: "open" } as const,
  }))
  matchRule({ ...noRules, rules: compiled }, request, {
    rule(index, mismatch) {
      if (mismatch === undefined && first === -1) first = index
    },
  })
  return first
}
