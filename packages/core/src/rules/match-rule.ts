import type { ParsedConfig, ParsedRule } from "../config/parse.js"
import { type ConsumerSet, compileConsumers } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"
import { readPath } from "./canonical-path.js"
import { compileDomain, type DomainPattern, matchDomain, readHost } from "./match-domain.js"
import { compilePath, matchPath, type PathPattern } from "./match-path.js"

/** What a request has to bring. */
export type Access = { readonly kind: "open" } | Guarded

export interface Guarded {
  readonly kind: "guarded"
  /** Whose tokens are looked for. */
  readonly consumers: ConsumerSet
  readonly allow: ReadonlySet<string> | "any"
  readonly optional: boolean
  readonly scopes: readonly string[]
  readonly reportOnly: boolean
}

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

/** The access that the first matching rule gives. */
export function matchRule({ rules, otherwise }: RuleTable, request: AuthRequest): Access {
  if (rules.length === 0) return otherwise
  const path = readPath(request.path)
  const host = readHost(request.host)
  const method = request.method.toUpperCase()
  const { route } = request
  const rule = rules.find(({ pattern: { domains, paths, methods, routes }, access }) => {
    const isPublic = access.kind === "open"
    return (
      (methods === undefined || methods.has(method)) &&
      (routes === undefined || (route !== undefined && routes.has(route))) &&
      (domains === undefined || matchDomain(domains, host, isPublic)) &&
      (paths === undefined || matchPath(paths, path, isPublic))
    )
  })
  return rule?.access ?? otherwise
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
