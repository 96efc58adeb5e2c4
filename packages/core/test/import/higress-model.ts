// The decision table of the gateway's shipped plugin, written from its documentation and knowing nothing of this library:
// for well-formed configs, who may call.

export interface ModelRule {
  readonly _match_route_?: readonly string[]
  readonly _match_route_prefix_?: readonly string[]
  readonly _match_domain_?: readonly string[]
  readonly _match_service_?: readonly string[]
  readonly allow?: readonly string[]
  readonly consumers?: readonly { readonly name: string }[]
  readonly _disable_?: boolean
}

export interface ModelConfig {
  readonly global_auth?: boolean
  readonly consumers: readonly { readonly name: string }[]
  readonly _rules_?: readonly ModelRule[]
}

export interface ModelRequest {
  readonly host: string
  readonly route: string
  readonly service: string
}

/** `open`: nobody is asked for a token. Otherwise the consumers whose tokens are good. */
export type Callers = "open" | readonly string[]

export function callersAt(config: ModelConfig, request: ModelRequest): Callers {
  const everybody = config.consumers.map(({ name }) => name)
  const rules = config._rules_ ?? []
  const rule = rules.find((candidate) => matches(candidate, request))
  if (rule === undefined) return authenticatesTheRest(config, rules.length) ? everybody : "open"
  if (rule._disable_ === true) return "open"
  // Consumers of the rule's own: the allow list is not looked at, and global_auth: false switches the check off.
  if (rule.consumers !== undefined) {
    return config.global_auth === false ? "open" : rule.consumers.map(({ name }) => name)
  }
  return rule.allow ?? []
}

function authenticatesTheRest({ global_auth }: ModelConfig, rules: number): boolean {
  return global_auth ?? rules === 0
}

/** One kind of key decides: route (together with service), else the prefix, else the service, else the domain. */
function matches(rule: ModelRule, { host, route, service }: ModelRequest): boolean {
  const routes = rule._match_route_ ?? []
  const prefixes = rule._match_route_prefix_ ?? []
  const services = rule._match_service_ ?? []
  if (routes.length > 0) {
    return routes.includes(route) && (services.length === 0 || services.includes(service))
  }
  if (prefixes.length > 0) return prefixes.some((prefix) => route.startsWith(prefix))
  if (services.length > 0) return services.includes(service)
  return (rule._match_domain_ ?? []).some((pattern) => hostMatches(pattern, withoutPort(host)))
}

function hostMatches(pattern: string, host: string): boolean {
  if (pattern.startsWith("*")) return host.endsWith(pattern.slice(1))
  if (pattern.endsWith("*")) return host.startsWith(pattern.slice(0, -1))
  return host === pattern
}

function withoutPort(host: string): string {
  const colon = host.lastIndexOf(":")
  return colon === -1 ? host : host.slice(0, colon)
}
