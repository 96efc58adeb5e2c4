import { type ConfigIssue, warning } from "../config/config-error.js"
import type { ParsedRule } from "../config/parse.js"
import { authenticatesByDefault } from "./match-rule.js"
import { compilePattern, several } from "./rule-pattern.js"
import { shadowedRules } from "./shadowed-rules.js"

/** What is allowed, and probably not meant. For rules that have passed every check. */
export function warnRules(rules: readonly ParsedRule[], global_auth: boolean | undefined): ConfigIssue[] {
  if (rules.length === 0) return []
  return [...checkDefault(rules, global_auth), ...shadowed(rules)]
}

function checkDefault(rules: readonly ParsedRule[], global_auth: boolean | undefined): ConfigIssue[] {
  const issues: ConfigIssue[] = []
  if (global_auth === undefined) {
    issues.push(
      warning(
        "global_auth",
        "is not set, so whether requests that no rule matches need a token depends on the rules",
        "Set global_auth: true to authenticate them, or false to let them pass.",
      ),
    )
  }
  const restricting = rules.filter((rule) => rule.public !== true)
  const named = restricting.find(
    ({ match }) => match.domain !== undefined && !several(match.domain).includes("*"),
  )
  const matchesAll = ({ match }: ParsedRule) =>
    Object.values(match).every((field) => field === undefined || field === "*")
  if (
    named !== undefined &&
    !authenticatesByDefault({ rules, global_auth }) &&
    !restricting.some(matchesAll)
  ) {
    issues.push(
      warning(
        `rules[${rules.indexOf(named)}].match.domain`,
        "is only as good as the Host header, and a request with another host needs no token",
        "Set global_auth: true, or end the rules with one whose match is {}.",
      ),
    )
  }
  return issues
}

function shadowed(rules: readonly ParsedRule[]): ConfigIssue[] {
  const fix = "Put it before that rule, or remove it. The first rule that matches decides."
  return shadowedRules(rules.map(({ match }) => compilePattern(match))).map(({ rule, by }) =>
    warning(`rules[${rule}]`, `never applies: rules[${by}] matches everything it matches`, fix),
  )
}
