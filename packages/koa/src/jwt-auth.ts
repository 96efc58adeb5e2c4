import type { IncomingMessage } from "node:http"
import {
  type Auth,
  type AuthenticatorOptions,
  createAuthenticator,
  type Decision,
  type Denial,
  type JwtAuthConfig,
  type JwtClaims,
  type Requirement,
  type Verbs,
  verbs,
} from "@jwt-auth/core"
import { nodeGate, type Upgrades } from "@jwt-auth/core/node"
import type { Context, Middleware } from "koa"
import { applyDecision, keepErrorOutOfCaches, respond } from "./apply-decision.js"
import { readRequest } from "./read-request.js"

/** The core's options, and what this framework adds. */
export interface KoaOptions extends AuthenticatorOptions {
  /**
   * Replaces the response to a refused request. Answer on `ctx`, or throw to hand the denial to the app's error
   * handling. The request does not go on either way.
   */
  readonly onDeny?: (denial: Denial, ctx: Context) => unknown
}

/** What `ctx.state` holds downstream. */
export interface JwtAuthState {
  /** Who is calling: set when a consumer was allowed, absent for an anonymous request. */
  auth?: Auth
}

/** A middleware behind which `ctx.state.auth` has a type. */
export type JwtAuthMiddleware = Middleware<JwtAuthState>

/** The middleware, and the verbs for single routes. */
export interface KoaJwtAuth<Name extends string = string>
  extends JwtAuthMiddleware,
    Verbs<Name, JwtAuthMiddleware>,
    Upgrades {
  /** Who is calling, by the context or by Node's request; undefined for an anonymous request. */
  get<C = JwtClaims>(ctx: { readonly req: IncomingMessage } | IncomingMessage): Auth<C> | undefined
}

/**
 * JWT authentication for Koa 2 and 3: `app.use(jwtAuth(config))`.
 *
 * @throws {ConfigError} with every problem of the config
 */
export function jwtAuth<const Name extends string>(
  config: JwtAuthConfig<Name>,
  options: KoaOptions = {},
): KoaJwtAuth<Name> {
  const { onDeny = (denial: Denial, ctx: Context) => respond(ctx, denial) } = options
  const authenticator = createAuthenticator(config, options)
  const { apply, get, upgrade } = nodeGate(authenticator)

  function middleware(requirement?: Requirement): JwtAuthMiddleware {
    return async function jwtAuth(ctx, next) {
      let decision: Decision
      try {
        const decided = authenticator.decide(readRequest(ctx), requirement)
        // Not awaited when it is there: that would put each request to the end of the queue.
        decision = "outcome" in decided ? decided : await decided
        applyDecision(ctx, decision, () => apply(ctx.req, ctx.res, decision))
        if (decision.outcome === "deny") {
          await onDeny(decision.denial, ctx)
          return
        }
      } catch (error) {
        // Koa does not answer at all when nothing (`undefined`, `null`) is thrown.
        throw error ?? new Error("onDeny has thrown nothing: throw an error, or answer")
      }
      try {
        await next()
      } catch (error) {
        if (decision.outcome === "allow") keepErrorOutOfCaches(error, decision.cacheControl)
        throw error
      }
    }
  }

  return Object.assign(middleware(), verbs<Name, JwtAuthMiddleware>(authenticator, middleware), {
    get: <C>(ctx: { readonly req: IncomingMessage } | IncomingMessage) =>
      get<C>("req" in ctx ? ctx.req : ctx),
    upgrade,
  })
}
