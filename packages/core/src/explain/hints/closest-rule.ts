import type { ParsedRule } from "../../config/parse.js"
import { compilePattern, type RulePattern, several } from "../../rules/rule-pattern.js"
import { shadows } from "../../rules/shadows.js"
import { wouldHelp } from "./helpful-rule.js"
import { nearField, sentIn } from "./near-field.js"
import { mismatchesOf, type RuleFinding, routed } from "./rule-finding.js"
import { ruleInWords } from "./rule-in-words.js"

/** Of a long list the beginning will do. */
export const mostRules = 1000

/** The rule that was probably meant: it is closer to the request than what decided, but for one field or its position. */
export function closestRuleHint(finding: RuleFinding): string | undefined {
  const rules = finding.recording.config?.rules ?? []
  const [decided, ...others] = finding.rule.applied
  if (others.length > 0) return undefined
  const deciding = decided && rules[decided.index]
  const sent = sentIn(routed(finding))
  let best = { closeness: deciding === undefined ? -1 : closeness(deciding.match), hint: "" }
  for (const [i, mismatch] of onlyMismatches(finding)) {
    const rule = rules[i]
    if (rule === undefined || rule === deciding) continue
    const close = closeness(rule.match, mismatch !== "paths")
    if (close <= best.closeness || !wouldHelp(rule, finding)) continue
    const name = ruleInWords(rules, i)
    const hint =
      mismatch === undefined
        ? deciding && orderHint(name, rule, ruleInWords(rules, decided.index), deciding)
        : nearHint(name, nearField(mismatch, rule.match, sent))
    // Where a rule decides and leaves a method to another one, that is not a slip.
    if (hint === undefined || (mismatch === "methods" && deciding !== undefined)) continue
    best = { closeness: close, hint }
  }
  return best.hint || undefined
}

/** The rules that hold but for one field, which is told, or wholly. */
function onlyMismatches(finding: RuleFinding): readonly (readonly [number, keyof RulePattern | undefined])[] {
  const request = routed(finding)
  const rules = (finding.recording.config?.rules ?? []).slice(0, mostRules)
  const patterns = rules.map(({ match }) => compilePattern(match))
  const mismatches = mismatchesOf(patterns, request)
  // The path is compared last: where it is what does not hold, all else does.
  const unsure = [...patterns.keys()].filter((i) => !["paths", undefined].includes(mismatches[i]))
  const others = mismatchesOf(
    unsure.map((i) => without(patterns[i] ?? {}, mismatches[i])),
    request,
  )
  const far = new Set(unsure.filter((_, n) => others[n] !== undefined))
  return mismatches.flatMap((mismatch, i) => (far.has(i) ? [] : [[i, mismatch] as const]))
}

function without(pattern: RulePattern, field: keyof RulePattern | undefined): RulePattern {
  return Object.fromEntries(Object.entries(pattern).filter(([name]) => name !== field))
}

function nearHint(name: string, difference: string | undefined): string | undefined {
  return difference && `${name} ${difference}.`
}

/** Only a rule that never applies is in the wrong place for sure: others may be there for what the first leaves to them. */
function orderHint(name: string, rule: ParsedRule, firstName: string, first: ParsedRule): string | undefined {
  return shadows(compilePattern(first.match), compilePattern(rule.match))
    ? `${firstName} comes first and decides, and ${name} matches too and is closer. Put ${name} before it, if that is meant.`
    : undefined
}

/** How much a match says of a request: the depth of its path first, then its domain, then the rest. */
export function closeness({ path, domain, method, route }: ParsedRule["match"], pathHolds = true): number {
  const depth = Math.max(0, ...several(path ?? []).map((pattern) => depthOf(pattern, pathHolds)))
  const isNamed = domain !== undefined && !several(domain).includes("*")
  return depth * 8 + (isNamed ? 4 : 0) + (route === undefined ? 0 : 2) + (method === undefined ? 0 : 1)
}

/** `/x` says more than `/x/*`, where it holds. */
function depthOf(pattern: string, holds: boolean): number {
  const segments = pattern.split("/").filter((segment) => segment !== "" && segment !== "*").length
  return 2 * segments + (holds && !pattern.endsWith("/*") ? 1 : 0)
}
