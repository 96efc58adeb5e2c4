import { type AuthenticatorOptions, mostTokens, refuseLaterOptions } from "./authenticator-options.js"
import { authorize } from "./authorize/authorize.js"
import { loadConfig } from "./check-config.js"
import type { JwtAuthConfig } from "./config/document.js"
import type { ParsedConfig } from "./config/parse.js"
import { type ConsumerSet, compileConsumers, noParts } from "./config/policy.js"
import type { AuthRequest, Decision, Requirement } from "./decision.js"
import { deepestCode } from "./denials.js"
import { findTokens } from "./extract/find-token.js"
import { headerValue } from "./extract/places.js"
import { isPreflight } from "./extract/preflight.js"
import { stripToken } from "./extract/strip-token.js"
import { denialOf } from "./forward/challenge.js"
import { anonymousEdits, compileForwarding, type Forwarding, identityEdits } from "./forward/edits.js"
import { isPromise, type MaybePromise, whenReady } from "./maybe-promise.js"
import type { Attempt } from "./reasons.js"
import type { Guarded } from "./rules/access.js"
import { compileRules, type RuleTable } from "./rules/match-rule.js"
import { accessFor } from "./rules/requirement.js"
import { openTracePort, type Trace } from "./trace.js"
import { createTokenCache, type TokenCache } from "./verify/token-cache.js"
import { VerifiedAuth } from "./verify/verified-auth.js"
import { type Candidate, recognise } from "./verify/verify.js"

/** Decides requests under one config at a time. */
export interface Authenticator {
  /**
   * Decides one request: at once when nothing has to be awaited, otherwise as a promise. Never throws and never
   * rejects for anything a client can send. Changes nothing: the edits it returns are for the caller to apply.
   *
   * @param requirement what this place in the code asks for, standing in for the rules
   */
  decide(request: AuthRequest, requirement?: Requirement): Decision | Promise<Decision>
  /**
   * Takes another config into force, from one request to the next.
   *
   * @throws {ConfigError} and keeps the config in force, when the new one has a problem
   */
  reload(config: JwtAuthConfig): void
  /** The config in force, with its defaults filled in; frozen. */
  readonly config: JwtAuthConfig
}

/**
 * Makes the authenticator for a config document.
 *
 * @throws {ConfigError} with every problem of the config
 */
export function createAuthenticator(
  config: JwtAuthConfig,
  options: AuthenticatorOptions = {},
): Authenticator {
  refuseLaterOptions(options)
  const maxEntries = mostTokens(options)
  let policy = compile(loadConfig(config), maxEntries)
  const now = options.now ?? (() => Math.floor(Date.now() / 1000))
  const authenticator = {
    decide(request: AuthRequest, requirement?: Requirement) {
      const decision = decide(policy, request, requirement, now)
      const { onDecision } = options
      if (onDecision === undefined) return decision
      return whenReady(decision, (settled) => {
        report(onDecision, settled, request)
        return settled
      })
    },
    reload(next: JwtAuthConfig) {
      policy = compile(loadConfig(next), maxEntries)
    },
  }
  openTracePort(authenticator, (trace, request, requirement) =>
    decide(policy, request, requirement, now, trace),
  )
  // Not enumerable: a config holds secrets, and whatever prints an authenticator must not print them.
  return Object.defineProperty(authenticator, "config", { get: () => policy.config }) as Authenticator
}

/** A config made ready for requests. Replaced as a whole, so that one request sees one config. */
interface Policy {
  readonly config: ParsedConfig
  readonly rules: RuleTable
  readonly forwarding: Forwarding
  /** What it remembers holds under this config, and goes with it. */
  readonly cache: TokenCache | undefined
}

function compile(config: ParsedConfig, maxEntries: number): Policy {
  const parts = noParts()
  const rules = compileRules(config, compileConsumers(config.consumers, parts), parts)
  const everyConsumer = [
    ...config.consumers,
    ...(config.rules ?? []).flatMap(({ consumers }) => consumers ?? []),
  ]
  const forwards = everyConsumer.flatMap(({ claims_to_headers }) => claims_to_headers ?? [])
  const forwarding = compileForwarding(config.consumer_header, forwards)
  return { config, rules, forwarding, cache: maxEntries === 0 ? undefined : createTokenCache(maxEntries) }
}

function decide(
  policy: Policy,
  request: AuthRequest,
  requirement: Requirement | undefined,
  now: () => number,
  trace?: Trace,
): MaybePromise<Decision> {
  const access = accessFor(policy.rules, request, requirement, trace)
  const bypasses = policy.config.bypass_cors_preflight && isPreflight(request)
  trace?.asked(policy.config, access, bypasses)
  if (access.kind === "open" || bypasses) return pass(policy)
  const found = findTokens(request, access.consumers)
  if (found.length === 0) {
    return access.optional ? pass(policy) : deny(policy, access, [{ reason: "token_missing" }])
  }
  const { cache } = policy
  const attempts: Attempt[] = []
  const candidates = recognise(found, cache, attempts, trace)
  const granted = authorize({ candidates, access, now: now(), cache, attempts, trace })
  return isPromise(granted)
    ? granted.then((one) => conclude(policy, request, access, one, attempts))
    : conclude(policy, request, access, granted, attempts)
}

function conclude(
  policy: Policy,
  request: AuthRequest,
  access: Guarded,
  granted: Candidate | undefined,
  attempts: readonly Attempt[],
): Decision {
  return granted === undefined
    ? deny(policy, access, attempts)
    : allow(policy, request, granted, access.consumers)
}

function pass({ forwarding }: Policy): Decision {
  return { outcome: "pass", edits: anonymousEdits(forwarding) }
}

function deny({ config, forwarding }: Policy, access: Guarded, attempts: readonly Attempt[]): Decision {
  const denial = denialOf(deepestCode(attempts), config.realm, access.scopes)
  const cleanUp = anonymousEdits(forwarding)
  if (access.reportOnly) return { outcome: "pass", edits: cleanUp, wouldDeny: denial }
  return Object.defineProperty({ outcome: "deny", denial, attempts }, "cleanUp", { value: cleanUp })
}

function allow(
  { forwarding }: Policy,
  request: AuthRequest,
  granted: Candidate,
  consumers: ConsumerSet,
): Decision {
  const { consumer, jws, place } = granted
  const stripped = consumer.keepToken ? undefined : stripToken(request, jws.token, consumer, consumers)
  const connection = headerValue(request, "connection")
  const edits = identityEdits(forwarding, consumer, jws.claims, connection, stripped)
  const auth = new VerifiedAuth(consumer.name, jws)
  const inAuthorization = place.kind === "header" && place.name === "authorization"
  return inAuthorization && consumer.keepToken
    ? { outcome: "allow", auth, edits }
    : { outcome: "allow", auth, edits, cacheControl: "private" }
}

function report(
  onDecision: NonNullable<AuthenticatorOptions["onDecision"]>,
  decision: Decision,
  request: AuthRequest,
) {
  try {
    // The type says void, but an async function fits it: its rejection must not take the process down.
    const result: unknown = onDecision(decision, request)
    if (isPromise(result)) result.then(undefined, () => {})
  } catch {
    // Watching a decision must not change it.
  }
}
