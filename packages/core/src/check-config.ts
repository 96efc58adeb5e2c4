import { checkConsumers, checkHeaderName } from "./config/check-consumers.js"
import { ConfigError, type ConfigIssue } from "./config/config-error.js"
import type { JwtAuthConfig } from "./config/document.js"
import type { ParsedConfig } from "./config/parse.js"
import { deepestMember, readDocument } from "./config/read-document.js"
import { checkRules } from "./rules/check-rules.js"

/**
 * Checks a config document and reports everything at once, warnings included. Never throws. `config` is there when no
 * issue is an error: the document with its defaults filled in, frozen.
 */
export function checkConfig(input: unknown): { config?: JwtAuthConfig; issues: readonly ConfigIssue[] } {
  return readConfig(input)
}

/**
 * Checks a config document and returns it with its defaults filled in, frozen.
 *
 * @throws {ConfigError} with every problem, when there is one.
 */
export function parseConfig(input: unknown): JwtAuthConfig {
  return loadConfig(input)
}

export function loadConfig(input: unknown): ParsedConfig {
  const { config, issues } = readConfig(input)
  if (config === undefined) throw new ConfigError(issues)
  return config
}

function readConfig(input: unknown): { config?: ParsedConfig; issues: readonly ConfigIssue[] } {
  const { config, issues: shapeIssues, document, isWrong, givenNames } = readDocument(input)
  const consumerHeader = document.consumer_header ?? ""
  const context = { consumerHeader, isWrong, givenNames }
  const issues = inDocumentOrder([
    ...shapeIssues,
    ...checkHeaderName(consumerHeader, "consumer_header"),
    ...checkConsumers(document.consumers ?? [], "consumers", context),
    ...checkRules(document, context),
  ])
  if (config === undefined || issues.some(({ severity }) => severity === "error")) return { issues }
  return { config: frozenCopy(config), issues }
}

/** What is wrong with one consumer stands together, and consumers[2] before consumers[10]. */
function inDocumentOrder(issues: readonly ConfigIssue[]): readonly ConfigIssue[] {
  // Making a collator takes milliseconds, and most documents have nothing to sort.
  if (issues.length < 2) return issues
  const order = new Intl.Collator("en", { numeric: true })
  return issues.toSorted((a, b) => order.compare(a.path, b.path))
}

/** A copy that nobody can change, not through the document that it was read from either. */
function frozenCopy<T>(value: T, depth = 0): T {
  if (typeof value !== "object" || value === null) return value
  const copy = (member: unknown) => (depth < deepestMember ? frozenCopy(member, depth + 1) : undefined)
  if (Array.isArray(value)) return Object.freeze(value.map(copy)) as T
  const members: Record<string, unknown> = {}
  for (const name of Object.keys(value)) members[name] = copy((value as Record<string, unknown>)[name])
  return Object.freeze(members) as T
}
