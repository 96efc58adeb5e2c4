import type { ParsedConfig, ParsedRule } from "../config/parse.js"
import { type ConsumerSet, compileConsumers } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"
import { type Access, type Guarded, strictest } from "./access.js"
import { type RequestPath, readPath } from "./canonical-path.js"
import { compileDomain, type DomainPattern, type HostReading, matchDomain, readHost } from "./match-domain.js"
import { compilePath, isSurelyIn, matchPath, type PathPattern } from "./match-path.js"

/** Which requests a rule is about. Absent fields hold for every request. */
export interface RulePattern {
  readonly domains?: readonly DomainPattern[]
  readonly paths?: readonly PathPattern[]
  readonly methods?: ReadonlySet<string>
  readonly routes?: ReadonlySet<string>
}

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
  /** What a request needs that no rule matches. */
  readonly otherwise: Access
  /** Any of the global consumers: where requirements in code start from. */
  readonly anyConsumer: Guarded
}

export function compileRules(
  config: Pick<ParsedConfig, "rules" | "global_auth">,
  consumers: ConsumerSet,
): RuleTable {
  const rules = config.rules ?? []
  const anyConsumer: Guarded = {
    kind: "guarded",
    consumers,
    allow: "any",
    optional: false,
    scopes: [],
    reportOnly: false,
  }
  return {
    rules: rules.map((rule) => ({
      pattern: compilePattern(rule.match),
      access: compileAccess(rule, anyConsumer),
    })),
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
 */
export function matchRule({ rules, otherwise }: RuleTable, request: AuthRequest, trace?: RuleTrace): Access {
  if (rules.length === 0) return otherwise
  const view: View = {
    path: readPath(request.path),
    host: readHost(request.host, request.path),
    method: request.method.toUpperCase(),
    route: request.route ?? "",
  }
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

interface View {
  readonly path: RequestPath
  readonly host: HostReading
  readonly method: string
  /** Empty when it has no name; no rule has an empty one. */
  readonly route: string
}

/** The first field that does not hold; undefined when the rule may be meant. */
function mismatchOf(
  { domains, paths, methods, routes }: RulePattern,
  view: View,
  isPublic: boolean,
): keyof RulePattern | undefined {
  if (methods !== undefined && !methods.has(view.method)) return "methods"
  if (routes !== undefined && !routes.has(view.route)) return "routes"
  if (domains !== undefined && !matchDomain(domains, view.host, isPublic)) return "domains"
  if (paths !== undefined && !matchPath(paths, view.path, isPublic)) return "paths"
  return undefined
}

function isCertain({ domains, paths }: RulePattern, { path, host }: View): boolean {
  return (
    (domains === undefined || !host.malformed || domains.some(({ kind }) => kind === "any")) &&
    (paths === undefined || isSurelyIn(paths, path))
  )
}

/** Patterns must have passed `checkRules`: a domain that is none matches nothing here. */
export function compilePattern({ domain, path, method, route }: ParsedRule["match"]): RulePattern {
  return {
    ...(domain !== undefined && { domains: several(domain).flatMap((text) => compileDomain(text) ?? []) }),
    ...(path !== undefined && { paths: several(path).map(compilePath) }),
    ...(method !== undefined && { methods: new Set(several(method).flatMap(withHead)) }),
    ...(route !== undefined && { routes: new Set(several(route)) }),
  }
}

export function several(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value
}

/** A router answers HEAD by its GET handler. */
function withHead(method: string): readonly string[] {
  const name = method.toUpperCase()
  return name === "GET" ? ["GET", "HEAD"] : [name]
}

function compileAccess(rule: ParsedRule, anyConsumer: Guarded): Access {
  if (rule.public === true) return { kind: "open" }
  return {
    kind: "guarded",
    consumers: rule.consumers === undefined ? anyConsumer.consumers : compileConsumers(rule.consumers),
    allow: rule.allow === undefined || rule.allow === "any" ? "any" : new Set(rule.allow),
    optional: rule.optional,
    scopes: rule.scopes ?? [],
    reportOnly: rule.report_only,
  }
}
