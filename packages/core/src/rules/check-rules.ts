import { checkConsumers } from "../config/check-consumers.js"
import { type ConfigIssue, error, warning } from "../config/config-error.js"
import { didYouMean } from "../config/did-you-mean.js"
import type { ParsedDocument, SalvagedRule } from "../config/read-document.js"
import { encodeText, readPath } from "./canonical-path.js"
import { compileDomain } from "./match-domain.js"
import { authenticatesByDefault, compilePattern, several } from "./match-rule.js"
import { shadows } from "./shadows.js"

type Parts = ParsedDocument["parts"]

/** Checks the rules: each by itself, against the consumers it names, and against the rules before it. */
export function checkRules(parts: Parts, consumerHeader: string): ConfigIssue[] {
  const names = [...new Set(parts.consumers.flatMap(({ name }) => name ?? []))]
  return [
    ...parts.rules.flatMap((rule, i) => checkRule(rule, `rules[${i}]`, names, consumerHeader)),
    ...warnings(parts),
  ]
}

function checkRule(
  rule: SalvagedRule,
  path: string,
  names: readonly string[],
  consumerHeader: string,
): ConfigIssue[] {
  return [
    ...checkVerb(rule, path),
    ...checkAllow(rule, path, names),
    ...checkMatch(rule, path),
    ...(rule.consumers === undefined ? [] : checkLocalConsumers(rule.consumers, path, names, consumerHeader)),
  ]
}

/** Exactly one of allow, public, consumers; and nothing that the chosen one makes meaningless. */
function checkVerb(rule: SalvagedRule, path: string): ConfigIssue[] {
  const verbs = (["allow", "public", "consumers"] as const).filter((verb) => rule[verb] !== undefined)
  if (verbs.length !== 1) {
    const message =
      verbs.length === 0 ? "has none of allow, public and consumers" : `has both ${verbs.join(" and ")}`
    return [
      error(path, message, "Give exactly one: allow (names or any), public: true, or consumers of its own."),
    ]
  }
  if (rule.public !== true) return []
  const idle = (["optional", "report_only"] as const).filter((field) => rule[field] === true)
  return [...idle, ...(rule.scopes === undefined ? [] : ["scopes"])].map((field) =>
    error(
      `${path}.${field}`,
      "means nothing in a public rule",
      "Leave it out, or use allow instead of public.",
    ),
  )
}

function checkAllow({ allow }: SalvagedRule, path: string, names: readonly string[]): ConfigIssue[] {
  if (allow === undefined || allow === "any") return []
  return allow.flatMap((name, i) => {
    if (names.includes(name)) return []
    return [error(`${path}.allow[${i}]`, `"${name}" is not the name of a consumer`, suggest(name, names))]
  })
}

/** What to do about a consumer name that the config does not have. */
export function suggest(name: string, names: readonly string[]): string {
  const meant = didYouMean(name, names)
  return meant === undefined ? `The consumers are: ${names.join(", ")}.` : `Did you mean "${meant}"?`
}

function checkMatch({ match }: SalvagedRule, path: string): ConfigIssue[] {
  if (match === undefined) return []
  const domains = several(match.domain ?? []).flatMap((text) =>
    compileDomain(text) === undefined
      ? [error(`${path}.match.domain`, `${JSON.stringify(text)} is not a domain`, domainFix)]
      : [],
  )
  const paths = several(match.path ?? []).flatMap((text) => {
    const at = `${path}.match.path`
    const plain = encodeText(text.replace(/\/\*$/, "/"), /[^!-~]/gu)
    if (/[*?#]/.test(plain)) return [error(at, `${JSON.stringify(text)} is not a path pattern`, pathFix)]
    if (!readPath(plain).ambiguous) return []
    return [
      error(
        at,
        `${JSON.stringify(text)} can be read as more than one path`,
        `${pathFix} No "..", "//", ";" or %2f.`,
      ),
    ]
  })
  return [...domains, ...paths]
}

const domainFix =
  "Write api.example.com, *.example.com, api.* or *: no scheme, no port, international names as xn--."
const pathFix = "Write /exact, or /below/* for everything below; the star stands only at the end."

function checkLocalConsumers(
  consumers: NonNullable<SalvagedRule["consumers"]>,
  path: string,
  names: readonly string[],
  consumerHeader: string,
): ConfigIssue[] {
  const sameName = consumers.flatMap(({ name }, i) =>
    name !== undefined && names.includes(name)
      ? [
          warning(
            `${path}.consumers[${i}].name`,
            `"${name}" is a global consumer too, and downstream code cannot tell them apart`,
            "Use another name, unless both are the same caller.",
          ),
        ]
      : [],
  )
  return [...checkConsumers(consumers, `${path}.consumers`, consumerHeader), ...sameName]
}

function warnings(parts: Parts): ConfigIssue[] {
  const { rules, global_auth } = parts
  if (rules.length === 0) return []
  const issues = shadowed(rules)
  if (global_auth === undefined) {
    issues.push(
      warning(
        "global_auth",
        "is not set, so whether requests that no rule matches need a token depends on the rules",
        "Set global_auth: true to authenticate them, or false to let them pass.",
      ),
    )
  }
  const restricts = (rule: SalvagedRule) => rule.public !== true
  const matchesAll = ({ match }: SalvagedRule) =>
    match !== undefined && Object.values(match).every((v) => v === undefined)
  const named = rules.findIndex((rule) => restricts(rule) && rule.match?.domain !== undefined)
  if (
    !authenticatesByDefault(parts) &&
    named !== -1 &&
    !rules.some((rule) => restricts(rule) && matchesAll(rule))
  ) {
    issues.push(
      warning(
        `rules[${named}].match.domain`,
        "is only as good as the Host header, and a request with another host needs no token",
        "Set global_auth: true, or end the rules with one whose match is {}.",
      ),
    )
  }
  return issues
}

function shadowed(rules: readonly SalvagedRule[]): ConfigIssue[] {
  const patterns = rules.map(({ match }) => (match === undefined ? undefined : compilePattern(match)))
  return patterns.flatMap((pattern, i) => {
    if (pattern === undefined) return []
    const earlier = patterns.findIndex((other, j) => j < i && other !== undefined && shadows(other, pattern))
    if (earlier === -1) return []
    const fix = "Put it before that rule, or remove it. The first rule that matches decides."
    return [warning(`rules[${i}]`, `never applies: rules[${earlier}] matches everything it matches`, fix)]
  })
}
