import type { Consumer, Rule, RuleMatch } from "../../config/document.js"
import type { Findings } from "../findings.js"
import { listOf, mayOverlap } from "./read-match.js"
import type { GatewayRule, Guard } from "./read-rules.js"
import { quoted } from "./source-values.js"

// Some rules of the gateway are about requests that cannot be told here for sure: a service behind it, an ending of a host
// without a dot. What can be said stays in its place. For the rest the import fails closed: no public rule after it may
// speak of the same requests, and a last rule asks those that no other rule matches for the same callers.

interface GuardedRule extends GatewayRule {
  readonly guard: Guard
}
type DoubtfulRule = GuardedRule & { readonly reach: { readonly doubtful: RuleMatch } }

/** What the rest of the source says. */
export interface Surroundings {
  readonly consumers: readonly Consumer[]
  /** The path of `global_auth`, when it asks for a token where no rule matches. */
  readonly otherwise: string | undefined
}

/** The rules for the config, in order. */
export function arrangeRules(
  rules: readonly GatewayRule[],
  surroundings: Surroundings,
  found: Findings,
): readonly Rule[] {
  const doubtful: DoubtfulRule[] = []
  const stated = rules.flatMap((rule, i): Rule[] => {
    if (rule.guard === undefined) return statePublic(rule, doubtful, found)
    if (isDoubtful(rule)) {
      noteDoubt(rule, rivalsOf(rule, [...doubtful, ...rules.slice(i + 1)], surroundings), found)
      doubtful.push(rule)
    }
    return rule.reach.certain === undefined ? [] : [{ match: rule.reach.certain, ...rule.guard }]
  })
  return [...stated, ...lastRules(doubtful, surroundings.consumers)]
}

function isDoubtful(rule: GatewayRule): rule is DoubtfulRule {
  return rule.guard !== undefined && rule.reach.doubtful !== undefined
}

/** A public rule is never broader than there, and gives way where an earlier rule may be meant. */
function statePublic(
  { path, reach }: GatewayRule,
  earlier: readonly DoubtfulRule[],
  found: Findings,
): Rule[] {
  const { certain, unsaid } = reach
  for (const { path, there } of unsaid) {
    const here =
      certain === undefined ? "left out: they need what other rules say" : `only for ${hosts(certain)}`
    found.differs(path, `no token is asked for, ${there}`, here)
  }
  if (certain === undefined) return []
  const before = earlier.find((rule) => mayOverlap(rule.reach.doubtful, certain))
  if (before === undefined) return [{ match: certain, public: true }]
  const here = `left out: ${before.path} comes first, and may be about the same requests`
  found.differs(path, "no token is asked for", here)
  return []
}

function noteDoubt({ reach, guard }: DoubtfulRule, rivals: readonly string[], found: Findings): void {
  const { certain, doubtful, unsaid } = reach
  const callers = quoted(namesOf(guard))
  const last = `a last rule asks ${requests(doubtful)} for ${callers}`
  const opens =
    rivals.length === 0
      ? ""
      : `. Where ${someOf(rivals)} may be meant as well, the callers of either are let in`
  for (const { path, there, why } of unsaid) {
    const here =
      why === "invisible"
        ? `an app does not see this: the rule is left out, and ${last}`
        : `for ${certain === undefined ? "none" : hosts(certain)}; ${last} too`
    const kind = why === "invisible" || rivals.length > 0 ? "lost" : "differs"
    found[kind](path, `${callers} may call, ${there}`, here + opens)
  }
}

function someOf(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(", ")
  return paths.length > 3 ? `${shown} or ${paths.length - 3} more` : shown
}

/** What else may be said of the rule's requests, and may let others in. */
function rivalsOf(
  rule: DoubtfulRule,
  others: readonly GatewayRule[],
  { otherwise }: Surroundings,
): readonly string[] {
  const rivals = others.filter((other) => lets(other, rule)).map(({ path }) => path)
  return otherwise === undefined || "allow" in rule.guard ? rivals : [...rivals, otherwise]
}

/** True when the other rule may let callers in among the requests that cannot be told from this rule's. */
function lets(other: GatewayRule, { reach, guard }: DoubtfulRule): boolean {
  if (other.guard === undefined) return false
  const callers = new Set(callersOf(guard))
  const { certain, doubtful } = other.reach
  return (
    [certain, doubtful].some((match) => match !== undefined && mayOverlap(match, reach.doubtful)) &&
    callersOf(other.guard).some((caller) => !callers.has(caller))
  )
}

/** Names of global consumers, or the rule's own consumers each by itself. */
function callersOf(guard: Guard): readonly (string | Consumer)[] {
  return "allow" in guard ? guard.allow : guard.consumers
}

function namesOf(guard: Guard): readonly string[] {
  return callersOf(guard).map((caller) => (typeof caller === "string" ? caller : caller.name))
}

/** One rule for each set of requests, however many rules of the gateway may have been about them. */
function lastRules(rules: readonly DoubtfulRule[], consumers: readonly Consumer[]): readonly Rule[] {
  const guards = new Map<string, { readonly match: RuleMatch; readonly guards: Guard[] }>()
  for (const { reach, guard } of rules) {
    const key = JSON.stringify(reach.doubtful)
    const same = guards.get(key)
    if (same === undefined) guards.set(key, { match: reach.doubtful, guards: [guard] })
    else same.guards.push(guard)
  }
  const isForAll = (match: RuleMatch) => Object.keys(match).length === 0
  const narrowFirst = [...guards.values()].toSorted(
    (a, b) => Number(isForAll(a.match)) - Number(isForAll(b.match)),
  )
  return narrowFirst.map(({ match, guards }) => ({
    name: "what a rule of the gateway may be about",
    match,
    ...anyOf(guards, consumers),
  }))
}

/** Whoever one of the guards lets in; of consumers with the same name, the first. */
function anyOf(guards: readonly Guard[], consumers: readonly Consumer[]): Guard {
  const callers = guards.flatMap(callersOf)
  if (callers.every((caller) => typeof caller === "string")) return { allow: [...new Set(callers)] }
  const byName = new Map<string, Consumer>()
  for (const caller of callers) {
    const consumer = typeof caller === "string" ? consumers.find(({ name }) => name === caller) : caller
    if (consumer !== undefined && !byName.has(consumer.name)) byName.set(consumer.name, consumer)
  }
  return { consumers: [...byName.values()] }
}

function requests({ domain, route }: RuleMatch): string {
  if (domain !== undefined) return `all other hosts under ${listOf(domain).join(", ")}`
  if (route !== undefined) return `the routes ${quoted(listOf(route))}`
  return "every request that no other rule matches"
}

function hosts({ domain }: RuleMatch): string {
  return quoted(listOf(domain))
}
