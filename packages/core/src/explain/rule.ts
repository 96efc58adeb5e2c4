import type { ParsedConfig, ParsedRule } from "../config/parse.js"
import type { AuthRequest, Requirement } from "../decision.js"
import { standsInForRules } from "../rules/requirement.js"
import { several } from "../rules/rule-pattern.js"
import type { AskedFor, RuleExplanation, RuleName, SkippedRule } from "./explanation.js"
import type { Recording } from "./recording.js"
import { listed, show } from "./show.js"
import { showPath } from "./show-path.js"

/** What said whether a token is needed, and why the rules before it did not. */
export function explainRule(
  recording: Recording,
  request: AuthRequest,
  requirement: Requirement | undefined,
): Omit<RuleExplanation, "hint"> {
  const rules = recording.config?.rules ?? []
  const route = requirement?.route ?? request.route
  const applied = recording.compared.filter(({ mismatch }) => mismatch === undefined)
  const asks = askedFor(recording)
  const actual: Shown = {
    domain: show(request.host),
    path: showPath(request.path),
    method: show(request.method),
    route: route === undefined ? "none" : show(route),
  }
  return {
    decidedBy: decidedBy(recording, requirement, applied.length > 0),
    applied: applied.map(({ index }) => ruleName(rules, index)),
    skipped: recording.compared.flatMap(({ index, mismatch }) => {
      const rule = rules[index]
      if (mismatch === undefined || rule === undefined) return []
      return [skipped(ruleName(rules, index), rule, fieldOf[mismatch], actual)]
    }),
    ...(asks && { asks }),
  }
}

function decidedBy(
  { bypasses }: Recording,
  requirement: Requirement | undefined,
  ruleApplied: boolean,
): RuleExplanation["decidedBy"] {
  if (bypasses) return "preflight"
  if (requirement !== undefined && standsInForRules(requirement)) return "requirement"
  return ruleApplied ? "rule" : "global_auth"
}

function askedFor({ access, bypasses }: Recording): AskedFor | undefined {
  if (access.kind === "open" || bypasses) return undefined
  const { allow, optional, scopes, reportOnly } = access
  return { allow: allow === "any" ? allow : [...allow], optional, scopes, reportOnly }
}

function ruleName(rules: NonNullable<ParsedConfig["rules"]>, index: number): RuleName {
  const name = rules[index]?.name
  return name === undefined ? { index } : { index, name }
}

const fieldOf = { domains: "domain", paths: "path", methods: "method", routes: "route" } as const

/** What of the request each field of a match is compared with. */
type Shown = Readonly<Record<SkippedRule["field"], string>>

function skipped(
  rule: RuleName,
  { match }: ParsedRule,
  field: SkippedRule["field"],
  actual: Shown,
): SkippedRule {
  const expected = listed(several(match[field] ?? []).map(show))
  return { ...rule, field, expected, actual: actual[field] }
}
