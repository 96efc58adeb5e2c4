import { ConfigError, type ConfigIssue, error } from "./config/config-error.js"
import type { JwtAuthConfig } from "./config/document.js"
import { unknownConsumer, unknownField } from "./config/unknown-name.js"
import type { Requirement } from "./decision.js"

const fields = ["allow", "optional", "route", "scopes"] as const satisfies readonly (keyof Requirement)[]

/**
 * Checks what code asks for against a config, for adapters to call once, when a route is set up. What is not understood
 * here would fall back to the rules, and a misspelt restriction would let everybody in.
 *
 * @throws {ConfigError} for an unknown field, a field that is there but undefined, an empty list, a scope that no
 *   challenge can name, or a consumer that the config does not have
 */
export function checkRequirement(requirement: Requirement, config: JwtAuthConfig): void {
  const issues = [
    ...checkFields(requirement),
    ...checkNames(requirement, config),
    ...checkScopes(requirement),
  ]
  if (issues.length > 0) throw new ConfigError(issues)
}

function checkFields(requirement: Requirement): ConfigIssue[] {
  return Object.entries(requirement).flatMap(([name, value]) => {
    if (!fields.some((field) => field === name)) return [unknownField(name, name, fields)]
    return value === undefined ? [error(name, "is undefined", "Leave it out, or give it a value.")] : []
  })
}

function checkNames({ allow }: Requirement, config: JwtAuthConfig): ConfigIssue[] {
  if (allow === undefined || allow === "any") return []
  const fix = 'Name the consumers let through, or say "any".'
  if (!Array.isArray(allow)) return [error("allow", "must be a list", fix)]
  if (allow.length === 0) return [error("allow", "must not be empty", fix)]
  const names = config.consumers.map(({ name }) => name)
  return allow.flatMap((name: unknown, i) => {
    const path = `allow[${i}]`
    if (typeof name !== "string") return [error(path, "must be a name", 'Such as allow("web", "partner").')]
    return names.includes(name) ? [] : [unknownConsumer(name, path, names)]
  })
}

/** RFC 6749 §3.3. */
function checkScopes({ scopes }: Requirement): ConfigIssue[] {
  if (scopes === undefined) return []
  const valid =
    Array.isArray(scopes) && scopes.length > 0 && scopes.every((scope) => /^[!#-[\]-~]+$/.test(scope))
  return valid
    ? []
    : [error("scopes", "must be a list of scopes", 'Such as ["orders:read"]: no spaces or quotes.')]
}
