import { createHmac } from "node:crypto"

// What the gateway does, written down a second time and in another way: request by request, straight from its own data.
// It knows what the tests below generate, and no more.

export interface ModelConsumer {
  readonly username: string
  readonly plugins: { readonly "jwt-auth"?: { readonly key: string; readonly secret: string } }
}

export interface ModelRestriction {
  readonly whitelist?: readonly string[]
  readonly blacklist?: readonly string[]
  readonly allowed_by_methods?: readonly { readonly user: string; readonly methods: readonly string[] }[]
}

export interface ModelPlugins {
  readonly "jwt-auth"?: {
    readonly query?: string
    readonly key_claim_name?: string
    readonly anonymous_consumer?: string
    readonly _meta?: { readonly disable?: boolean }
  }
  readonly "consumer-restriction"?: ModelRestriction
  readonly "key-auth"?: object
}

export interface ModelRoute {
  readonly uris: readonly string[]
  readonly hosts?: readonly string[]
  readonly methods?: readonly string[]
  readonly priority?: number
  readonly status?: number
  /** The test says for each request whether they hold. */
  readonly vars?: readonly unknown[]
  readonly plugins: ModelPlugins
}

export interface ModelConfig {
  readonly consumers: readonly ModelConsumer[]
  readonly routes: readonly ModelRoute[]
  readonly global_rules?: readonly { readonly plugins: ModelPlugins }[]
}

export interface ModelRequest {
  readonly method: string
  readonly host: string
  readonly path: string
  /** Where the token stands: in the header, or in this parameter. */
  readonly parameter?: string
  readonly token?: string
  readonly varsHold: boolean
  /** Whether the router reads `:name` as a parameter. */
  readonly hasParameters: boolean
}

/** 200, 401, 403, or 404 when no route matches. */
export function gatewayStatus(config: ModelConfig, request: ModelRequest, now: number): number {
  const matching = config.routes.flatMap((route, i) => matchesOf(route, i, request))
  const [route] = matching.sort(moreParticular)
  if (route === undefined) return 404
  // One after the other; who the caller is, is kept.
  let caller: string | undefined
  for (const plugins of [...(config.global_rules ?? []).map((rule) => rule.plugins), route.plugins]) {
    // No request of the tests has an API key.
    if (plugins["key-auth"] !== undefined) return 401
    const jwt = plugins["jwt-auth"]
    if (jwt !== undefined && jwt._meta?.disable !== true) {
      caller = callerOf(jwt, config, request, now)
      if (caller === undefined) return 401
    }
    const restriction = plugins["consumer-restriction"]
    const status = restriction === undefined ? 200 : restrictionStatus(restriction, caller, request.method)
    if (status !== 200) return status
  }
  return 200
}

interface Match {
  readonly plugins: ModelPlugins
  /** Whole host 2, wildcard 1, none 0; then its length. */
  readonly host: readonly [number, number]
  readonly isExact: boolean
  readonly length: number
  readonly priority: number
  readonly i: number
}

function matchesOf(route: ModelRoute, i: number, request: ModelRequest): readonly Match[] {
  if (route.status === 0 || (route.methods !== undefined && !route.methods.includes(request.method)))
    return []
  if (route.vars !== undefined && !request.varsHold) return []
  const hosts = (route.hosts ?? [""]).filter((host) => hostMatches(host, request.host))
  return hosts.flatMap((host) =>
    route.uris.flatMap((uri) => {
      const matched = matchUri(uri, request)
      if (matched === undefined) return []
      const rank = host === "" ? 0 : host.startsWith("*") ? 1 : 2
      return [
        {
          ...matched,
          plugins: route.plugins,
          host: [rank, host.length] as const,
          priority: route.priority ?? 0,
          i,
        },
      ]
    }),
  )
}

function hostMatches(pattern: string, host: string): boolean {
  if (pattern === "") return true
  return pattern.startsWith("*") ? host.endsWith(pattern.slice(1)) : host === pattern
}

function matchUri(uri: string, request: ModelRequest): { isExact: boolean; length: number } | undefined {
  const cut = uri.search(request.hasParameters ? /[:*]/ : /\*/)
  if (cut === -1) return uri === request.path ? { isExact: true, length: uri.length } : undefined
  if (!request.path.startsWith(uri.slice(0, cut))) return undefined
  const pattern = uri.split("/").map((part) => {
    if (request.hasParameters && part.startsWith(":")) return "[^/]+"
    return part.startsWith("*") ? ".*" : part.replace("*", ".*")
  })
  return new RegExp(`^${pattern.join("/")}$`).test(request.path) ? { isExact: false, length: cut } : undefined
}

function moreParticular(a: Match, b: Match): number {
  return (
    b.host[0] - a.host[0] ||
    b.host[1] - a.host[1] ||
    Number(b.isExact) - Number(a.isExact) ||
    b.length - a.length ||
    b.priority - a.priority ||
    a.i - b.i
  )
}

function callerOf(
  jwt: NonNullable<ModelPlugins["jwt-auth"]>,
  { consumers }: ModelConfig,
  { token, parameter }: ModelRequest,
  now: number,
): string | undefined {
  const isFound = token !== undefined && (parameter === undefined || parameter === (jwt.query ?? "jwt"))
  const caller = isFound ? verified(token, jwt.key_claim_name ?? "key", consumers, now) : undefined
  return caller ?? consumers.find(({ username }) => username === jwt.anonymous_consumer)?.username
}

function verified(
  token: string,
  claim: string,
  consumers: readonly ModelConsumer[],
  now: number,
): string | undefined {
  const [header = "", payload = "", signature = ""] = token.split(".")
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>
  const consumer = consumers.find((one) => one.plugins["jwt-auth"]?.key === claims[claim])
  const secret = consumer?.plugins["jwt-auth"]?.secret
  if (secret === undefined || claims[claim] === undefined) return undefined
  const expected = createHmac("sha256", secret).update(`${header}.${payload}`).digest("base64url")
  const { exp, nbf } = claims
  if (signature !== expected || (exp !== undefined && !(Number(exp) > now))) return undefined
  return nbf === undefined || Number(nbf) < now ? consumer?.username : undefined
}

function restrictionStatus(
  { whitelist, blacklist, allowed_by_methods }: ModelRestriction,
  caller: string | undefined,
  method: string,
): number {
  if (caller === undefined) return 401
  if (blacklist?.includes(caller) === true) return 403
  if (whitelist !== undefined) return whitelist.includes(caller) ? 200 : 403
  const own = allowed_by_methods?.find(({ user }) => user === caller)
  return own === undefined || own.methods.includes(method) ? 200 : 403
}
