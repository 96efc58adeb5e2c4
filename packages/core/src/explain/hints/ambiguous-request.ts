import { readHost } from "../../rules/match-domain.js"
import { listed } from "../show.js"
import { pathTrouble } from "./path-trouble.js"
import { firstMatch, type RuleFinding, routed } from "./rule-finding.js"
import { ruleInWords } from "./rule-in-words.js"

/** What rules do not apply, or apply together, because nobody can say which path or host is meant (decision 002). */
export function ambiguousRequestHint(finding: RuleFinding): string | undefined {
  const { host, path } = finding.request
  const inPath = pathTrouble(path)
  if (inPath !== undefined) {
    const cause = `The path has ${inPath.has}, which routers and proxies read differently`
    const hint = publicRuleHint(finding, inPath.plain, cause) ?? togetherHint(finding, cause)
    return hint && `${hint} Send the path without that.`
  }
  return readHost(host, path).malformed
    ? togetherHint(finding, "The host is not a host name, or not that of the target")
    : undefined
}

/** The rule that the plain path would have met first, when that is a public one. */
function publicRuleHint(finding: RuleFinding, plain: string, cause: string): string | undefined {
  const rules = finding.recording.config?.rules ?? []
  const meant = firstMatch(rules, { ...routed(finding), path: plain })
  if (rules[meant]?.public !== true) return undefined
  return `${cause}, so the public rule ${ruleInWords(rules, meant)} does not apply.`
}

function togetherHint(finding: RuleFinding, cause: string): string | undefined {
  const { access, config } = finding.recording
  const { applied } = finding.rule
  if (applied.length < 2 || access.kind === "open") return undefined
  const nobody = access.allow !== "any" && access.allow.size === 0
  if (!nobody && !isOneTooMany(finding)) return undefined
  const names = applied.map(({ index }) => ruleInWords(config?.rules ?? [], index))
  const demand = nobody ? "nobody satisfies all of them" : "the caller has to satisfy all of them"
  return `${cause}, so ${listed(names, "and")} apply together, and ${demand}.`
}

/** True when one of the rules alone may have let the request through. */
function isOneTooMany({ recording, rule: { applied } }: RuleFinding): boolean {
  const { config, readings, verdicts } = recording
  if (readings.size === 0) return applied.some(({ index }) => config?.rules?.[index]?.optional)
  const reasons = [...verdicts.values()]
  return reasons.includes("consumer_not_allowed") || reasons.includes("scope_missing")
}
