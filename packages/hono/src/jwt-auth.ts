import {
  type Auth,
  type AuthenticatorOptions,
  createAuthenticator,
  type Denial,
  type JwtAuthConfig,
  type JwtClaims,
  type Requirement,
  type Verbs,
  verbs,
} from "@jwt-auth/core"
import type { Context, MiddlewareHandler } from "hono"
import { applyDecision, refusal } from "./apply-decision.js"
import { readRequest } from "./read-request.js"

/** The core's options, and what this framework adds. */
export interface HonoOptions extends AuthenticatorOptions {
  /**
   * Replaces the response to a refused request. Return one, or throw to hand the denial to the app's `onError`. The
   * request does not go on either way.
   */
  readonly onDeny?: (denial: Denial, c: Context) => Response | Promise<Response>
}

/** What the context holds downstream; handlers chained to the middleware have it in their types. */
export type JwtAuthEnv = {
  Variables: {
    /** Who is calling: set when a consumer was allowed, undefined for an anonymous request. */
    auth: Auth | undefined
  }
}

/** A middleware behind which `c.get("auth")` has a type. */
export type JwtAuthMiddleware = MiddlewareHandler<JwtAuthEnv>

/** The middleware, and the verbs for single routes. */
export interface HonoJwtAuth<Name extends string = string>
  extends JwtAuthMiddleware,
    Verbs<Name, JwtAuthMiddleware> {
  /** Who is calling; undefined for an anonymous request. */
  get<C = JwtClaims>(c: Context): Auth<C> | undefined
}

/**
 * JWT authentication for Hono 4 on every runtime: `app.use(jwtAuth(config))`.
 *
 * @throws {ConfigError} with every problem of the config
 */
export function jwtAuth<const Name extends string>(
  config: JwtAuthConfig<Name>,
  options: HonoOptions = {},
): HonoJwtAuth<Name> {
  const { onDeny } = options
  const authenticator = createAuthenticator(config, options)
  // Not a WeakMap: each of its entries costs the garbage collector more than the rest of this middleware.
  const identity = Symbol("auth")

  function middleware(requirement?: Requirement): JwtAuthMiddleware {
    return async function jwtAuth(c, next) {
      const decided = authenticator.decide(readRequest(c), requirement)
      // Not awaited when it is there: that would put each request to the end of the queue.
      const decision = "outcome" in decided ? decided : await decided
      applyDecision(c, decision, authenticator)
      if (decision.outcome === "deny") {
        if (onDeny === undefined) throw refusal(c, decision.denial)
        return responseFrom(await onDeny(decision.denial, c))
      }
      if (decision.outcome === "allow")
        Object.defineProperty(c, identity, { value: decision.auth, configurable: true })
      await next()
    }
  }

  return Object.assign(middleware(), verbs<Name, JwtAuthMiddleware>(authenticator, middleware), {
    get: <C>(c: Context) => (c as { [identity]?: Auth<C> })[identity],
  })
}

/** To Hono, nothing returned is no answer yet, and to its `some`, `true` is a yes: a refused request must not go on. */
function responseFrom(answer: Response): Response {
  // Not by its class: a runtime may have more than one.
  if (typeof answer === "object" && answer !== null && "headers" in answer) return answer
  throw new TypeError("onDeny must return a Response, or throw")
}
