import {
  type AskedFor,
  type RuleExplanation,
  type RuleName,
  type SkippedRule,
  show,
} from "@jwt-auth/core/explain"
import { bold, dim, type Line, table } from "./lines.js"
import type { HintRenderer } from "./render-hint.js"

/** More rules than these, and the ones nearest to the rule that decided are shown. */
const mostShown = 5

/** What said whether a token is needed, and why the rules before it did not. */
export function renderRule(rule: RuleExplanation, hints: HintRenderer): Line[] {
  const { skipped, asks, hint } = rule
  const hidden = skipped.length - mostShown
  return [
    [bold("rule   "), `${whatDecided(rule)}: ${describeAsked(asks)}`],
    ...table(skipped.slice(-mostShown).map(skippedRow), "       "),
    ...(hidden > 0 ? [[dim(`       and ${hidden} more before these`)]] : []),
    ...hints.hint(hint),
  ]
}

function whatDecided({ decidedBy, applied }: RuleExplanation): string {
  switch (decidedBy) {
    case "rule":
      return applied.map(nameOf).join(" and ")
    case "requirement":
      return "the code's own requirement"
    case "global_auth":
      return "no rule matches, so global_auth decides"
    case "preflight":
      return "a CORS preflight, by bypass_cors_preflight"
  }
}

function describeAsked(asks: AskedFor | undefined): string {
  if (asks === undefined) return "no token is needed"
  const { allow, optional, scopes, reportOnly } = asks
  const who = allow === "any" ? "any consumer" : allow.length === 0 ? "nobody" : allow.join(", ")
  return [
    who,
    ...(scopes.length > 0 ? [`with scopes ${scopes.join(" ")}`] : []),
    ...(optional ? ["or no token"] : []),
    ...(reportOnly ? ["reported only"] : []),
  ].join("; ")
}

function skippedRow(rule: SkippedRule): Line {
  return [nameOf(rule), `${rule.field} ${rule.actual} is not ${rule.expected}`]
}

function nameOf({ index, name }: RuleName): string {
  return name === undefined ? `rules[${index}]` : `rules[${index}] ${show(name)}`
}
