import type { ParsedRule } from "../config/parse.js"
import type { RequestPath } from "./canonical-path.js"
import { compileDomain, type DomainPattern, type HostReading, matchDomain } from "./match-domain.js"
import { compilePath, isSurelyIn, matchPath, type PathPattern } from "./match-path.js"

/** Which requests a rule is about. Absent fields hold for every request. */
export interface RulePattern {
  readonly domains?: readonly DomainPattern[]
  readonly paths?: readonly PathPattern[]
  readonly methods?: ReadonlySet<string>
  readonly routes?: ReadonlySet<string>
}

/** A request as the rules see it. */
export interface RequestView {
  readonly path: RequestPath
  readonly host: HostReading
  /** In upper case. */
  readonly method: string
  /** Empty when it has no name; no rule has an empty one. */
  readonly route: string
}

/** The first field that does not hold; undefined when the rule may be meant. */
export function mismatchOf(
  { domains, paths, methods, routes }: RulePattern,
  view: RequestView,
  isPublic: boolean,
): keyof RulePattern | undefined {
  if (methods !== undefined && !methods.has(view.method)) return "methods"
  if (routes !== undefined && !routes.has(view.route)) return "routes"
  if (domains !== undefined && !matchDomain(domains, view.host, isPublic)) return "domains"
  if (paths !== undefined && !matchPath(paths, view.path, isPublic)) return "paths"
  return undefined
}

/** Of a rule that may be meant: whether it is, however the request is read. */
export function isCertain({ domains, paths }: RulePattern, { path, host }: RequestView): boolean {
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
