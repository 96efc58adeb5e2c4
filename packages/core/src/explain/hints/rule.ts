import type { ParsedRule } from "../../config/parse.js"
import { authenticatesByDefault } from "../../rules/match-rule.js"
import { show } from "../show.js"
import { ambiguousRequestHint } from "./ambiguous-request.js"
import { closestRuleHint } from "./closest-rule.js"
import { isLenient } from "./helpful-rule.js"
import { firstMatch, isTooLong, type RuleFinding, routed } from "./rule-finding.js"
import { ruleInWords } from "./rule-in-words.js"
import { shadowedRuleHint } from "./shadowed-rule.js"

export type { RuleFinding } from "./rule-finding.js"

/** Why another rule than the one that was meant decided. */
export function ruleHint(finding: RuleFinding): string | undefined {
  const { rules = [] } = finding.recording.config ?? {}
  if (rules.length === 0) return undefined
  const isReadable = !isTooLong(routed(finding))
  if (!isPuzzling(finding)) return isReadable ? shadowedRuleHint(finding) : undefined
  if (finding.rule.decidedBy === "requirement") return isReadable ? requirementHint(finding) : undefined
  const ambiguous = isReadable ? ambiguousRequestHint(finding) : undefined
  if (ambiguous !== undefined) return ambiguous
  const closest = isReadable ? closestRuleHint(finding) : undefined
  const hints = [closest, defaultHint(finding)].filter((hint) => hint !== undefined)
  return hints.length === 0 ? undefined : hints.join(" ")
}

function isPuzzling({ decision, rule: { decidedBy } }: RuleFinding): boolean {
  if (decision.outcome === "deny") return true
  return decision.outcome === "pass" && (decidedBy === "global_auth" || decision.wouldDeny !== undefined)
}

/** DESIGN §2, `global_auth`: the gateway's rule for old documents. */
function defaultHint({ recording: { config, readings }, rule }: RuleFinding): string | undefined {
  if (config === undefined || config.global_auth !== undefined || rule.applied.length > 0) return undefined
  const asks = authenticatesByDefault(config)
  // Otherwise code has added scopes, which need a token.
  if (asks !== (rule.asks !== undefined)) return undefined
  // A token came, and that it is refused has another cause.
  if (asks && readings.size > 0) return undefined
  return !asks
    ? "No rule matches and global_auth is not set: since a rule has allow or consumers, everything else passes without a token. Set global_auth to true, or to false if that is meant."
    : "No rule matches and global_auth is not set: since all rules are public, everything else needs a token. Set global_auth: true to say so. With false, nobody would ask for one."
}

/** Code may well ask for more than the rules do: this speaks only where code refuses a caller that a rule names. */
function requirementHint(finding: RuleFinding): string | undefined {
  const { rules = [] } = finding.recording.config ?? {}
  const meant = firstMatch(rules, routed(finding))
  const caller = rules[meant] && callerNamedIn(rules[meant], finding)
  if (caller === undefined) return undefined
  return `The code itself says who may call here, so the rules are not asked, and ${ruleInWords(rules, meant)}, which allows ${show(caller)}, does not apply. Use auth.route(name) there, if the rule is meant to decide.`
}

/** Whose token it is, proven by its signature, when the rule asks for as much as the code and names just that consumer. */
function callerNamedIn(rule: ParsedRule, { recording, requirement }: RuleFinding): string | undefined {
  const { allow, scopes = [] } = rule
  const isFewerScopes = requirement?.scopes?.some((scope) => !scopes.includes(scope))
  if (typeof allow !== "object" || isLenient(rule) || isFewerScopes) return undefined
  const refused = [...recording.verdicts].find(
    ([{ name }, reason]) => reason === "consumer_not_allowed" && allow.includes(name),
  )
  return refused?.[0].name
}
