import type { Authenticator } from "./authenticator.js"
import { checkRequirement } from "./check-requirement.js"
import type { Requirement } from "./decision.js"

/** The middlewares that an adapter offers for single routes, the same in every framework. */
export interface Verbs<Name extends string, Middleware> {
  /** Lets only these consumers through, whatever the rules say. @throws {ConfigError} for a name the config lacks */
  allow(...names: [Name, ...Name[]]): Middleware
  /** Lets every consumer through. */
  any(): Middleware
  /** Lets every consumer, or these, and anonymous requests through; a bad token is refused. */
  optional(...names: Name[]): Middleware
  /** Applies the rules under this route name. */
  route(name: string): Middleware
  /** The general form of the verbs above, for what they do not say: scopes. @throws {ConfigError} */
  require(requirement: Requirement): Middleware
  /** The core behind the middlewares, for `decide` in other places and for `reload`. */
  readonly authenticator: Authenticator
}

/**
 * For adapters: makes the verbs out of the one thing that differs between frameworks. A requirement is checked against the
 * config when the route is set up.
 */
export function verbs<Name extends string, Middleware>(
  authenticator: Authenticator,
  middleware: (requirement: Requirement) => Middleware,
): Verbs<Name, Middleware> {
  const checked = (requirement: Requirement) => {
    checkRequirement(requirement, authenticator.config)
    return middleware(requirement)
  }
  return {
    allow: (...names) => checked({ allow: names }),
    any: () => checked({ allow: "any" }),
    optional: (...names) => checked({ allow: names.length === 0 ? "any" : names, optional: true }),
    route: (route) => checked({ route }),
    require: checked,
    authenticator,
  }
}
