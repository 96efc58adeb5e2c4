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
import type { NextFunction, Request, Response } from "express"
import { applyDecision, respond } from "./apply-decision.js"
import { readRequest } from "./read-request.js"

/** The core's options, and what this framework adds. */
export interface ExpressOptions extends AuthenticatorOptions {
  /**
   * Replaces the response to a refused request. Answer with `res`, or call `next(error)` to hand the denial to the
   * app's error handlers; `next()` without an error is an error itself, since a refused request must not go on.
   */
  readonly onDeny?: (denial: Denial, req: Request, res: Response, next: NextFunction) => unknown
}

/** A handler that leaves the types of a route's parameters, body and locals to the handlers after it. */
export type JwtAuthHandler = <P, ResBody, ReqBody, Query, Locals extends Record<string, unknown>>(
  req: Request<P, ResBody, ReqBody, Query, Locals>,
  res: Response<ResBody, Locals>,
  next: NextFunction,
) => void

/** The middleware, and the verbs for single routes. */
export interface ExpressJwtAuth<Name extends string = string>
  extends JwtAuthHandler,
    Verbs<Name, JwtAuthHandler>,
    Upgrades {
  /** Who is calling; undefined for an anonymous request. */
  get<C = JwtClaims>(req: IncomingMessage): Auth<C> | undefined
}

/**
 * JWT authentication for Express 4 and 5: `app.use(jwtAuth(config))`.
 *
 * @throws {ConfigError} with every problem of the config
 */
export function jwtAuth<const Name extends string>(
  config: JwtAuthConfig<Name>,
  options: ExpressOptions = {},
): ExpressJwtAuth<Name> {
  const authenticator = createAuthenticator(config, options)
  const { apply, get, upgrade } = nodeGate(authenticator)

  function middleware(requirement?: Requirement): JwtAuthHandler {
    // The types of parameters, body and locals are the business of the handlers after this one.
    return function jwtAuth(req, res, next) {
      handle(req as unknown as Request, res as unknown as Response, next, requirement)
    }
  }

  function handle(req: Request, res: Response, next: NextFunction, requirement?: Requirement): void {
    const fail = onceWithError(next)
    const settle = (decision: Decision) => {
      try {
        applyDecision(req, decision, () => apply(req, res, decision))
        if (decision.outcome === "deny") return refuse(decision.denial, req, res, fail)
      } catch (error) {
        fail(error)
        return
      }
      // Outside the try: what goes wrong in the handlers after us is not ours to report.
      next()
    }
    let decision: Decision | Promise<Decision>
    try {
      decision = authenticator.decide(readRequest(req), requirement)
    } catch (error) {
      fail(error)
      return
    }
    if ("outcome" in decision) settle(decision)
    else decision.then(settle).catch(fail)
  }

  function refuse(denial: Denial, req: Request, res: Response, fail: NextFunction): void {
    const { onDeny = () => respond(req, res, denial) } = options
    const result = onDeny(denial, req, res, fail)
    // Express 4 does not look at promises.
    Promise.resolve(result).catch(fail)
  }

  return Object.assign(middleware(), verbs<Name, JwtAuthHandler>(authenticator, middleware), { get, upgrade })
}

/**
 * `next` for what went wrong: it cannot let a request go on. No error means the next handler to Express, and `"route"` and
 * `"router"` mean another one.
 */
function onceWithError(next: NextFunction): NextFunction {
  let called = false
  return (error?: unknown) => {
    if (called) return
    called = true
    const goesOn = !error || error === "route" || error === "router"
    next(goesOn ? new Error("A refused request cannot go on: call next with an error, or answer it") : error)
  }
}
