import { type ConsumerContext, checkConsumers } from "../config/check-consumers.js"
import { type ConfigIssue, error, warning } from "../config/config-error.js"
import type { ParsedConfig, ParsedRule } from "../config/parse.js"
import type { Parts } from "../config/read-document.js"
import { unknownConsumer } from "../config/unknown-name.js"
import { encodeText, readPath } from "./canonical-path.js"
import { compileDomain } from "./match-domain.js"
import { warnRules } from "./warn-rules.js"

type RuleParts = Parts<ParsedRule>

interface RuleContext extends ConsumerContext {
  /** The names of the global consumers that have a right one. */
  readonly names: readonly string[]
}

/** Checks the rules: each by itself, against the consumers it names, and against the rules before it. */
export function checkRules(document: Parts<ParsedConfig>, context: ConsumerContext): ConfigIssue[] {
  const names = [...new Set((document.consumers ?? []).flatMap((consumer) => consumer?.name ?? []))]
  const rules = document.rules ?? []
  const ruleContext = { ...context, names }
  return [
    ...rules.flatMap((rule = {}, i) => checkRule(rule, `rules[${i}]`, ruleContext)),
    // Of rules that are going to change, nothing can be said about all of them.
    ...(context.isWrong("rules") ? [] : warnRules(rules as readonly ParsedRule[], document.global_auth)),
  ]
}

function checkRule(rule: RuleParts, path: string, context: RuleContext): ConfigIssue[] {
  return [
    ...checkVerb(rule, path, context),
    ...checkAllow(rule, path, context),
    ...checkMatch(rule, path, context),
    ...checkLocalConsumers(rule, path, context),
  ]
}

/** Exactly one of allow, public, consumers; and nothing that the chosen one makes meaningless. */
function checkVerb(rule: RuleParts, path: string, { isWrong }: RuleContext): ConfigIssue[] {
  const isGiven = (verb: "allow" | "public" | "consumers") =>
    rule[verb] !== undefined || isWrong(`${path}.${verb}`)
  const verbs = (["allow", "public", "consumers"] as const).filter(isGiven)
  if (isWrong(path) && rule.match === undefined && verbs.length === 3) return []
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

function checkAllow({ allow }: RuleParts, path: string, { names, givenNames }: RuleContext): ConfigIssue[] {
  if (allow === undefined || allow === "any" || givenNames.size === 0) return []
  return allow.flatMap((name, i) => {
    if (name === undefined || givenNames.has(name)) return []
    return [unknownConsumer(name, `${path}.allow[${i}]`, names)]
  })
}

function checkMatch({ match }: RuleParts, path: string, { isWrong }: RuleContext): ConfigIssue[] {
  if (match === undefined) return []
  const problems = (field: "domain" | "path", problemOf: (text: string) => readonly string[]) =>
    given(match[field]).flatMap((text) => {
      const [message, fix] = problemOf(text)
      return message === undefined
        ? []
        : [error(`${path}.match.${field}`, `${JSON.stringify(text)} ${message}`, fix)]
    })
  const missing = undefinedFields(match, path).filter((issue) => !isWrong(issue.path))
  return [...missing, ...problems("domain", domainProblem), ...problems("path", pathProblem)]
}

/** What is wrong with a pattern, and the fix; empty when nothing is. */
function domainProblem(text: string): readonly string[] {
  return compileDomain(text) === undefined
    ? [
        "is not a domain",
        "Write api.example.com, *.example.com, api.* or *: no scheme, no port, international names as xn--.",
      ]
    : []
}

function pathProblem(text: string): readonly string[] {
  const plain = encodeText(text.replace(/\/\*$/, "/"), /[^!-~]/gu)
  if (/^\s|\s$|\p{Cf}/u.test(text))
    return ["has characters that nobody sees", "Remove the white space around it."]
  if (plain.includes("/:")) return ["has a router's parameter in it", "Write /users/* for /users/:id."]
  const fix = "Write /exact, or /below/* for everything below; the star stands only at the end."
  if (/[*?#]/.test(plain)) return ["is not a path pattern", fix]
  return readPath(plain).ambiguous
    ? ["can be read as more than one path", `${fix} No "..", "//", ";" or %2f.`]
    : []
}

/** `path: process.env.ADMIN` without that variable would be a rule for every path. */
function undefinedFields(match: NonNullable<RuleParts["match"]>, path: string): ConfigIssue[] {
  return Object.entries(match).flatMap(([field, value]) =>
    value === undefined
      ? [error(`${path}.match.${field}`, "is undefined", "Leave it out, or give it a value.")]
      : [],
  )
}

function checkLocalConsumers({ consumers }: RuleParts, path: string, context: RuleContext): ConfigIssue[] {
  if (consumers === undefined) return []
  const sameName = consumers.flatMap((consumer, i) =>
    consumer?.name !== undefined && context.names.includes(consumer.name)
      ? [
          warning(
            `${path}.consumers[${i}].name`,
            `${JSON.stringify(consumer.name)} is a global consumer too, and downstream code cannot tell them apart`,
            "Use another name, unless both are the same caller.",
          ),
        ]
      : [],
  )
  return [...checkConsumers(consumers, `${path}.consumers`, context), ...sameName]
}

function given(values: string | readonly (string | undefined)[] = []): readonly string[] {
  return typeof values === "string" ? [values] : values.filter((value) => value !== undefined)
}
