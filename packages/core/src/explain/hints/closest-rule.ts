import { didYouMean } from "../../config/did-you-mean.js"
import type { ParsedRule } from "../../config/parse.js"
import type { AuthRequest } from "../../decision.js"
import { readPath } from "../../rules/canonical-path.js"
import { readHost } from "../../rules/match-domain.js"
import { type RulePattern, several } from "../../rules/match-rule.js"
import { listed, show } from "../show.js"
import { wouldHelp } from "./helpful-rule.js"
import { nearDomain } from "./near-domain.js"
import { nearPath } from "./near-path.js"
import { mismatchOf, type RuleFinding, routed } from "./rule-finding.js"
import { ruleInWords } from "./rule-in-words.js"

type Match = ParsedRule["match"]

/** Of a long list the beginning will do. */
export const mostRules = 1000

/** The rule that was probably meant: it is closer to the request than what decided, but for one field or its position. */
export function closestRuleHint(finding: RuleFinding): string | undefined {
  const rules = finding.recording.config?.rules ?? []
  const request = routed(finding)
  const decided = finding.rule.applied[0]?.index
  let best = { closeness: decided === undefined ? -1 : closeness(rules[decided]?.match ?? {}), hint: "" }
  for (const [i, rule] of rules.slice(0, mostRules).entries()) {
    const mismatch = i === decided ? undefined : mismatchOf(rule.match, request)
    const close = closeness(rule.match, mismatch !== "paths")
    // Where a rule decides and leaves a method to another one, that is not a slip.
    if (i === decided || close <= best.closeness || (mismatch === "methods" && decided !== undefined))
      continue
    const name = ruleInWords(rules, i)
    const hint =
      mismatch === undefined
        ? `${ruleInWords(rules, decided ?? 0)} comes first and decides, and ${name} matches too and is closer. Put ${name} before it.`
        : nearMiss(name, rule.match, mismatch, request)
    if (hint !== undefined && wouldHelp(rule, finding)) best = { closeness: close, hint }
  }
  return best.hint || undefined
}

const fieldOf = { domains: "domain", paths: "path", methods: "method", routes: "route" } as const

/** What this field differs in, when all the others hold. */
function nearMiss(
  name: string,
  match: Match,
  mismatch: keyof RulePattern,
  request: AuthRequest,
): string | undefined {
  const field = fieldOf[mismatch]
  const { [field]: wanted, ...others } = match
  if (wanted === undefined || mismatchOf(others, request) !== undefined) return undefined
  const what = nearField(field, several(wanted), request)
  return what && `${name} ${what}.`
}

function nearField(field: keyof Match, wanted: readonly string[], request: AuthRequest): string | undefined {
  switch (field) {
    case "path": {
      const path = readPath(request.path)
      return path.ambiguous ? undefined : firstOf(wanted, (pattern) => nearPath(pattern, path.canonical))
    }
    case "domain": {
      const { name } = readHost(request.host)
      return firstOf(wanted, (pattern) => nearDomain(pattern, name))
    }
    case "method":
      return `matches but for the method: it is for ${listed(wanted.map((method) => method.toUpperCase()))}, and this request is ${show(request.method.toUpperCase())}`
    case "route": {
      const meant = request.route === undefined ? undefined : didYouMean(request.route, wanted)
      return meant === undefined
        ? undefined
        : `is for the route ${show(meant)}, and the code calls this one ${show(request.route)}. Write it alike in both`
    }
  }
}

function firstOf<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** How much a match says of a request: the depth of its path first, then its domain, then the rest. */
export function closeness({ path, domain, method, route }: Match, pathHolds = true): number {
  const depth = Math.max(0, ...several(path ?? []).map((pattern) => depthOf(pattern, pathHolds)))
  const isNamed = domain !== undefined && !several(domain).includes("*")
  return depth * 8 + (isNamed ? 4 : 0) + (route === undefined ? 0 : 2) + (method === undefined ? 0 : 1)
}

/** `/x` says more than `/x/*`, where it holds. */
function depthOf(pattern: string, holds: boolean): number {
  const segments = pattern.split("/").filter((segment) => segment !== "" && segment !== "*").length
  return 2 * segments + (holds && !pattern.endsWith("/*") ? 1 : 0)
}
