import type { AuthRequest, Requirement } from "../decision.js"
import type { Access } from "./access.js"
import { matchRule, type RuleTable, type RuleTrace } from "./match-rule.js"

/** What this request needs: said in code by the requirement, or else by the rules. */
export function accessFor(
  table: RuleTable,
  request: AuthRequest,
  requirement: Requirement | undefined,
  trace?: RuleTrace,
): Access {
  if (requirement === undefined) return matchRule(table, request, trace)
  const { allow, optional, scopes, route } = requirement
  if (standsInForRules(requirement)) {
    return {
      ...table.anyConsumer,
      allow: allow === undefined || allow === "any" ? "any" : new Set(allow),
      optional: optional ?? false,
      scopes: scopes ?? [],
    }
  }
  const access = matchRule(table, route === undefined ? request : { ...request, route }, trace)
  if (scopes === undefined || scopes.length === 0) return access
  const guarded = access.kind === "guarded" ? access : table.anyConsumer
  return { ...guarded, scopes: [...guarded.scopes, ...scopes] }
}

/** True when code says who may call, and the rules are not asked. */
export function standsInForRules({ allow, optional, scopes, route }: Requirement): boolean {
  return allow !== undefined || optional !== undefined || (scopes !== undefined && route === undefined)
}
