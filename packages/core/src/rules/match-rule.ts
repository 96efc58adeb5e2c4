import type { ParsedConfig, ParsedRule } from "../config/parse.js"
import { type CommonParts, type ConsumerSet, compileConsumers } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"
import { type Access, type Guarded, strictest } from "./access.js"
import { readPath } from "./canonical-path.js"
import { firstRule, isPlain } from "./first-rule.js"
import { readHost } from "./match-domain.js"
import { indexRules, type RuleIndex } from "./rule-index.js"
import { compilePattern, isCertain, mismatchOf, type RequestView, type RulePattern } from "./rule-pattern.js"

interface CompiledRule {
  readonly pattern: RulePattern
  readonly access: Access
}

/** Hears how the rules are compared with a request. Optional everywhere: nothing depends on who listens. */
export interface RuleTrace {
  /** A rule was compared, and applies, or the first field that does not hold. */
  rule(index: number, mismatch: keyof RulePattern | undefined): void
}

/** The rules made ready for requests. */
export interface RuleTable {
  readonly rules: readonly CompiledRule[]
  /** Of these rules. Whoever listens to how they are compared does without it. */
  readonly index: RuleIndex
  /** What a request needs that no rule matches. */
  readonly otherwise: Access
  /** Any of the global consumers: where requirements in code start from. */
  readonly anyConsumer: Guarded
}

export function compileRules(
  config: Pick<ParsedConfig, "rules" | "global_auth">,
  consumers: ConsumerSet,
  parts?: CommonParts,
): RuleTable {
  const anyConsumer: Guarded = {
    kind: "guarded",
    consumers,
    allow: "any",
    optional: false,
    scopes: [],
    reportOnly: false,
  }
  const rules = (config.rules ?? []).map((rule) => ({
    pattern: compilePattern(rule.match),
    access: compileAccess(rule, anyConsumer, parts),
  }))
  return {
    rules,
    index: indexRules(rules.map(({ pattern }) => pattern)),
    otherwise: authenticatesByDefault(config) ? anyConsumer : { kind: "open" },
    anyConsumer,
  }
}

interface RuleVerbs {
  readonly global_auth?: boolean | undefined
  readonly rules?: readonly { readonly public?: true | undefined }[] | undefined
}

/** Unset `global_auth` is the gateway's compatibility rule: authenticate everything until a rule restricts something. */
export function authenticatesByDefault({ rules = [], global_auth }: RuleVerbs): boolean {
  return global_auth ?? !rules.some((rule) => rule.public !== true)
}

/**
 * The access that the first matching rule gives. When a path or host can be read in several ways, the first rule of one
 * reading must not excuse what the rules say of another: then all rules that may be meant apply together.
 *
 * @param route the name under which the request is matched
 */
export function matchRule(
  table: RuleTable,
  request: AuthRequest,
  trace?: RuleTrace,
  route = request.route,
): Access {
  const { rules, index, otherwise } = table
  if (rules.length === 0) return otherwise
  if (trace !== undefined) return walk(table, viewOf(request, route, everything), trace)
  const view = viewOf(request, route, index.asksFor)
  return isPlain(view) ? (rules[firstRule(index, view)]?.access ?? otherwise) : walk(table, view)
}

/** Compares the rules one by one: for listeners, and for requests of which more rules than the first may have a say. */
function walk({ rules, otherwise }: RuleTable, view: RequestView, trace?: RuleTrace): Access {
  const applying: Access[] = []
  for (let i = 0; i < rules.length; i++) {
    const { pattern, access } = rules[i] as CompiledRule
    const mismatch = mismatchOf(pattern, view, access.kind === "open")
    trace?.rule(i, mismatch)
    if (mismatch !== undefined) continue
    applying.push(access)
    if (isCertain(pattern, view)) return strictest(applying)
  }
  return strictest([...applying, otherwise])
}

const everything: RuleIndex["asksFor"] = { host: true, path: true, method: true }
const anyPath = readPath("/")
const anyHost = readHost("")

/** Reads of a request what rules ask for. What stands in for the rest is never compared with anything. */
function viewOf(
  request: AuthRequest,
  route: string | undefined,
  { host, path, method }: RuleIndex["asksFor"],
): RequestView {
  return {
    path: path ? readPath(request.path) : anyPath,
    host: host ? readHost(request.host, request.path) : anyHost,
    method: method ? request.method.toUpperCase() : "",
    route: route ?? "",
  }
}

function compileAccess(rule: ParsedRule, anyConsumer: Guarded, parts?: CommonParts): Access {
  if (rule.public === true) return { kind: "open" }
  return {
    kind: "guarded",
    consumers: rule.consumers === undefined ? anyConsumer.consumers : compileConsumers(rule.consumers, parts),
    allow: rule.allow === undefined || rule.allow === "any" ? "any" : new Set(rule.allow),
    optional: rule.optional,
    scopes: rule.scopes ?? [],
    reportOnly: rule.report_only,
  }
}
