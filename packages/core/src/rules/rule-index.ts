import { entry } from "../config/entry.js"
import type { DomainPattern } from "./match-domain.js"
import type { PathPattern } from "./match-path.js"
import type { RulePattern } from "./rule-pattern.js"

/**
 * Rules filed under what they ask of a request, so that the first that matches is found by look-ups, whose number does not
 * grow with the rules (see `firstRule`). A rule is filed under every combination of its domains, paths, methods and routes.
 */
export interface RuleIndex {
  /** What no rule asks for need not be read. */
  readonly asksFor: { readonly host: boolean; readonly path: boolean; readonly method: boolean }
  readonly anyDomain: ByPath
  readonly exact: Map<string, ByPath>
  /** By labels, the last one first. */
  readonly suffixes: WordTree<ByPath>
  /** By labels, the first one first. */
  readonly prefixes: WordTree<ByPath>
}

/** What is filed under sequences of words: the segments of a path, or the labels of a domain. */
export interface WordTree<T> {
  /** For exactly these words. */
  here?: T
  /** For everything that begins with these words. */
  below?: T
  next?: Map<string, WordTree<T>>
}

export interface Named<T> {
  /** For every name, and for none. */
  any?: T
  named?: Map<string, T>
}

export type ByPath = WordTree<ByMethod>
export type ByMethod = Named<ByRoute>
/** In the order of the rules. */
export type ByRoute = Named<FiledRule[]>

export interface FiledRule {
  readonly position: number
  /** What the rule is not filed under, and is left to compare. */
  readonly rest?: RulePattern
}

// A rule of 500 domains and 500 paths must not take a quarter of a million entries: then the lesser field is compared.
const mostCombinations = 100

export function indexRules(patterns: readonly RulePattern[]): RuleIndex {
  const index: RuleIndex = {
    asksFor: {
      host: patterns.some(({ domains }) => asksForHost(domains)),
      path: patterns.some(({ paths }) => paths !== undefined),
      method: patterns.some(({ methods }) => methods !== undefined),
    },
    anyDomain: {},
    exact: new Map(),
    suffixes: {},
    prefixes: {},
  }
  for (const [position, pattern] of patterns.entries()) fileRule(index, position, pattern)
  return index
}

/** A domain `*` asks for nothing. No domain at all matches nothing. */
function asksForHost(domains: RulePattern["domains"]): domains is readonly DomainPattern[] {
  return domains !== undefined && !domains.some(({ kind }) => kind === "any")
}

function fileRule(index: RuleIndex, position: number, pattern: RulePattern): void {
  const { filed, rest } = divide(pattern)
  const rule: FiledRule = rest === undefined ? { position } : { position, rest }
  for (const domain of asksForHost(filed.domains) ? filed.domains : [undefined]) {
    for (const path of filed.paths ?? [undefined]) {
      for (const method of filed.methods ?? [undefined]) {
        for (const route of filed.routes ?? [undefined]) {
          const byMethod = underPath(underDomain(index, domain), path)
          const byRoute = underName(byMethod, method, (): ByRoute => ({}))
          append(
            underName(byRoute, route, (): FiledRule[] => []),
            rule,
          )
        }
      }
    }
  }
}

/** What a rule is filed under, the fields with the most values first, since they cost the most to compare; and the rest. */
function divide(pattern: RulePattern): { filed: RulePattern; rest?: RulePattern } {
  const fields = Object.entries(pattern).sort(([, a], [, b]) => sizeOf(b) - sizeOf(a))
  let combinations = 1
  const isFiled = ([, values]: [string, Values]): boolean => {
    const more = combinations * sizeOf(values)
    // One value more of a field costs nothing; nor does the first field, which would be compared value by value otherwise.
    const fits = combinations === 1 || more === combinations || more <= mostCombinations
    if (fits) combinations = more
    return fits
  }
  const filed = fields.filter(isFiled)
  const rest = fields.filter((field) => !filed.includes(field))
  return {
    filed: Object.fromEntries(filed),
    ...(rest.length > 0 && { rest: Object.fromEntries(rest) }),
  }
}

type Values = readonly unknown[] | ReadonlySet<unknown>

function sizeOf(values: Values): number {
  return "size" in values ? values.size : values.length
}

function underDomain(index: RuleIndex, domain: DomainPattern | undefined): ByPath {
  switch (domain?.kind) {
    case "exact":
      return entry(index.exact, domain.text, () => ({}))
    case "suffix":
      return below(underWords(index.suffixes, domain.text.slice(1).split(".").reverse()))
    case "prefix":
      return below(underWords(index.prefixes, domain.text.slice(0, -1).split(".")))
    default:
      return index.anyDomain
  }
}

function underPath(byPath: ByPath, path: PathPattern | undefined): ByMethod {
  if (path === undefined) return below(byPath)
  const tree = underWords(byPath, path.base.length > 1 ? path.base.slice(1).split("/") : [])
  if (path.below) return below(tree)
  tree.here ??= {}
  return tree.here
}

function underWords<T>(tree: WordTree<T>, words: readonly string[]): WordTree<T> {
  return words.reduce((branch, word) => {
    branch.next ??= new Map()
    return entry(branch.next, word, () => ({}))
  }, tree)
}

function below<T extends object>(tree: WordTree<T>): T {
  tree.below ??= {} as T
  return tree.below
}

function underName<T>(by: Named<T>, name: string | undefined, create: () => T): T {
  if (name === undefined) {
    by.any ??= create()
    return by.any
  }
  by.named ??= new Map()
  return entry(by.named, name, create)
}

/** Behind a rule that is wholly filed here, no other is ever the first. */
function append(rules: FiledRule[], rule: FiledRule): void {
  const last = rules.at(-1)
  if (last === undefined || (last.rest !== undefined && last !== rule)) rules.push(rule)
}
