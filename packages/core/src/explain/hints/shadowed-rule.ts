import type { ParsedRule } from "../../config/parse.js"
import { compilePattern } from "../../rules/rule-pattern.js"
import { shadows } from "../../rules/shadows.js"
import { closeness, mostRules } from "./closest-rule.js"
import { firstMatch, type RuleFinding, routed } from "./rule-finding.js"
import { ruleInWords } from "./rule-in-words.js"

/** A public rule lets everybody through that a later one was written to stop: nothing fails, and nobody notices. */
export function shadowedRuleHint(finding: RuleFinding): string | undefined {
  const rules = finding.recording.config?.rules ?? []
  const [decided, ...others] = finding.rule.applied
  const passing = decided && rules[decided.index]
  if (decided === undefined || passing?.public !== true || others.length > 0) return undefined
  const start = decided.index + 1
  const stricter = rules.slice(start, start + mostRules).filter((rule) => isStricter(rule, passing))
  const meant = stricter[firstMatch(stricter, routed(finding))]
  if (meant === undefined) return undefined
  const [first, later] = [ruleInWords(rules, decided.index), ruleInWords(rules, rules.indexOf(meant))]
  return `${first} comes first and is public, so nobody asks for a token here, and ${later} matches too and would ask for one. Put ${later} before it, if that is meant.`
}

/** True for a rule that says at least as much about a request: `GET` may be public where other methods are not. */
function isStricter({ public: isPublic, optional, match }: ParsedRule, passing: ParsedRule): boolean {
  if (isPublic === true || optional) return false
  if (shadows(compilePattern(passing.match), compilePattern(match))) return true
  const fields = ["path", "domain", "method", "route"] as const
  return (
    fields.every((field) => passing.match[field] === undefined || match[field] !== undefined) &&
    closeness(match) > closeness(passing.match)
  )
}
