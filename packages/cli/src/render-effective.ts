import type { RuleMatch } from "@jwt-auth/core"
import {
  type EffectiveConfig,
  type EffectiveConsumer,
  type EffectiveRule,
  type Otherwise,
  show,
} from "@jwt-auth/core/explain"
import { bold, dim, green, type Line, type Span, table } from "./lines.js"

/** More consumers than anybody reads; `--json` has them all. */
const mostShown = 50

/** The rules in the order in which they are compared, and what holds when none matches; then the consumers. */
export function renderEffective({ rules, otherwise, consumers }: EffectiveConfig): Line[] {
  const more = consumers.length - mostShown
  return [
    ...table([
      heading("rule", "name", "match", "who may call"),
      ...rules.map(ruleRow),
      [dim("otherwise"), "", dim("no rule matches"), ...otherwiseCells(otherwise)],
    ]),
    [],
    ...table([
      heading("consumer", "recognised by", "algorithms", "places", "skew"),
      ...consumers.slice(0, mostShown).map(consumerRow),
    ]),
    ...(more > 0 ? [[dim(`and ${more} more; --json lists them all`)]] : []),
  ]
}

function heading(...titles: readonly string[]): Span[] {
  return titles.map(bold)
}

function ruleRow(rule: EffectiveRule): (Span | string)[] {
  return [`rules[${rule.index}]`, rule.name ?? "", describeMatch(rule.match), describeWho(rule)]
}

/** Every field that is given must hold; of several values in one, any may. */
function describeMatch(match: RuleMatch): string {
  const fields = (["method", "domain", "path", "route"] as const).flatMap((field) => {
    const value = match[field]
    if (value === undefined) return []
    return [`${field} ${typeof value === "string" ? value : value.join("|")}`]
  })
  return fields.length === 0 ? "every request" : fields.join(", ")
}

function describeWho(rule: EffectiveRule): Span | string {
  if (rule.public === true) return green("public")
  const { allow = "any", consumers, optional, scopes, report_only } = rule
  const allowed = allow === "any" ? "any consumer" : allow.join(", ")
  return [
    consumers === undefined ? allowed : `its own consumers: ${consumers.join(", ")}`,
    ...(scopes === undefined ? [] : [`with scopes ${scopes.join(" ")}`]),
    ...(optional === true ? ["or no token"] : []),
    ...(report_only === true ? ["reported only: nobody is refused"] : []),
  ].join("; ")
}

function otherwiseCells({ needsToken, globalAuth }: Otherwise): (Span | string)[] {
  const because = `global_auth is not set, and ${needsToken ? "no" : "a"} rule has allow or consumers`
  const why = globalAuth === undefined ? because : `global_auth: ${globalAuth}`
  return [needsToken ? "any consumer" : green("public"), dim(`(${why})`)]
}

function consumerRow(consumer: EffectiveConsumer): string[] {
  const { name, rule, recognisedBy, algorithms, places, clockSkewSeconds } = consumer
  const claims = Object.entries(recognisedBy).map(([claim, value]) => `${claim} ${show(value)}`)
  return [
    rule === undefined ? name : `${name} (rules[${rule}])`,
    claims.join(", "),
    algorithms.join(" "),
    places.join(", "),
    `${clockSkewSeconds} s`,
  ]
}
