import { ConfigError, type ConfigIssue, error } from "./config/config-error.js"
import type { JwtAuthConfig } from "./config/document.js"
import type { Requirement } from "./decision.js"
import { suggest } from "./rules/check-rules.js"

/**
 * Checks what code asks for against a config, for adapters to call once, when a route is set up: a typo in a name would
 * otherwise refuse everybody, and say nothing.
 *
 * @throws {ConfigError} when `allow` is empty or names a consumer that the config does not have
 */
export function checkRequirement({ allow }: Requirement, config: JwtAuthConfig): void {
  if (allow === undefined || allow === "any") return
  const names = config.consumers.map(({ name }) => name)
  const issues: ConfigIssue[] = allow.flatMap((name, i) =>
    names.includes(name)
      ? []
      : [error(`allow[${i}]`, `"${name}" is not the name of a consumer`, suggest(name, names))],
  )
  if (allow.length === 0)
    issues.push(error("allow", "must not be empty", 'Name the consumers let through, or say "any".'))
  if (issues.length > 0) throw new ConfigError(issues)
}
