import {
  type Auth,
  type Authenticator,
  type AuthenticatorOptions,
  checkRequirement,
  createAuthenticator,
  type Decision,
  type Denial,
  type JwtAuthConfig,
  type JwtClaims,
  type Requirement,
} from "@jwt-auth/core"
import type { NextFunction, Request, RequestHandler, Response } from "express"
import { applyPassage, respond } from "./apply-decision.js"
import { readRequest } from "./read-request.js"

/** The core's options, and what this framework adds. */
export interface ExpressOptions extends AuthenticatorOptions {
  /**
   * Replaces the response to a refused request. Answer with `res`, or call `next(error)` to hand the denial to the
   * app's error handlers; `next()` without an error is an error itself, since a refused request must not go on.
   */
  readonly onDeny?: (denial: Denial, req: Request, res: Response, next: NextFunction) => unknown
}

/** The middleware, and the verbs for single routes. */
export interface ExpressJwtAuth<Name extends string = string> extends RequestHandler {
  /** Lets only these consumers through, whatever the rules say. @throws {ConfigError} for a name the config lacks */
  allow(...names: readonly [Name, ...Name[]]): RequestHandler
  /** Lets every consumer through. */
  any(): RequestHandler
  /** Lets every consumer, or these, and anonymous requests through; a bad token is refused. */
  optional(...names: readonly Name[]): RequestHandler
  /** Applies the rules under this route name. */
  route(name: string): RequestHandler
  /** The general form of the verbs above, for what they do not say: scopes. */
  require(requirement: Requirement): RequestHandler
  /** Who is calling; undefined for an anonymous request. */
  get<C = JwtClaims>(req: Request): Auth<C> | undefined
  /** The core behind the middleware, for `decide` in other places and for `reload`. */
  readonly authenticator: Authenticator
}

type NameIn<C extends JwtAuthConfig> = C["consumers"][number]["name"]

/**
 * JWT authentication for Express 4 and 5: `app.use(jwtAuth(config))`.
 *
 * @throws {ConfigError} with every problem of the config
 */
export function jwtAuth<const C extends JwtAuthConfig>(
  config: C,
  options: ExpressOptions = {},
): ExpressJwtAuth<NameIn<C>> {
  const authenticator = createAuthenticator(config, options)
  const identities = new WeakMap<object, Auth>()

  function middleware(requirement: Requirement = {}): RequestHandler {
    checkRequirement(requirement, authenticator.config)
    return function jwtAuth(req, res, next) {
      const settle = (decision: Decision) => {
        try {
          if (decision.outcome === "deny") return refuse(decision.denial, req, res, next)
          applyPassage(req, res, decision)
          if (decision.outcome === "allow") identities.set(req, decision.auth)
        } catch (error) {
          return next(error)
        }
        return next()
      }
      const decision = authenticator.decide(readRequest(req), requirement)
      if (decision instanceof Promise) decision.then(settle)
      else settle(decision)
    }
  }

  function refuse(denial: Denial, req: Request, res: Response, next: NextFunction): void {
    const { onDeny } = options
    if (onDeny === undefined) {
      respond(req, res, denial)
      return
    }
    const fail = (error?: unknown) => next(asError(error))
    const result = onDeny(denial, req, res, fail)
    // Express 4 does not look at promises.
    if (result instanceof Promise) result.catch(fail)
  }

  return Object.assign(middleware(), {
    allow: (...names: readonly string[]) => middleware({ allow: names }),
    any: () => middleware({ allow: "any" }),
    optional: (...names: readonly string[]) =>
      middleware({ allow: names.length === 0 ? "any" : names, optional: true }),
    route: (route: string) => middleware({ route }),
    require: (requirement: Requirement) => middleware(requirement),
    get: <C>(req: Request) => identities.get(req) as Auth<C> | undefined,
    authenticator,
  })
}

/** `"route"` and `"router"` would make Express go on with other handlers, and nothing at all with the next one. */
function asError(error: unknown): Error {
  return error instanceof Error
    ? error
    : new Error("onDeny called next() without an error; the request stays refused")
}
