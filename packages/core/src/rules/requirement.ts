import type { AuthRequest, Requirement } from "../decision.js"
import type { Access } from "./access.js"
import { matchRule, type RuleTable } from "./match-rule.js"

/** What this request needs: said in code by the requirement, or else by the rules. */
export function accessFor(
  table: RuleTable,
  request: AuthRequest,
  requirement: Requirement | undefined,
): Access {
  if (requirement === undefined) return matchRule(table, request)
  const { allow, optional, scopes, route } = requirement
  const byRules =
    allow === undefined && optional === undefined && (scopes === undefined || route !== undefined)
  if (!byRules) {
    return {
      ...table.anyConsumer,
      allow: allow === undefined || allow === "any" ? "any" : new Set(allow),
      optional: optional ?? false,
      scopes: scopes ?? [],
    }
  }
  const access = matchRule(table, route === undefined ? request : { ...request, route })
  if (scopes === undefined || scopes.length === 0) return access
  const guarded = access.kind === "guarded" ? access : table.anyConsumer
  return { ...guarded, scopes: [...guarded.scopes, ...scopes] }
}
