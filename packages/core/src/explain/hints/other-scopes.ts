import type { JwtClaims } from "../../decision.js"
import { ownValue } from "../../own-value.js"
import { claimName } from "./claim-name.js"

/** Where issuers write what a caller may do, when it is not in `scope`. */
const names = ["scopes", "permissions", "permission", "roles", "role", "authorities", "groups"]

/** The claim that has all of these scopes, such as `permissions`, `realm_access.roles` or `https://example.com/roles`. */
export function claimsWithScopes(claims: JwtClaims, scopes: readonly string[]): string | undefined {
  const hasAll = (value: unknown) => {
    const words = new Set(wordsOf(value))
    return scopes.every((scope) => words.has(scope))
  }
  const top = Object.keys(claims).find((name) => isName(name) && hasAll(claims[name]))
  if (top !== undefined) return claimName(top)
  const realm = rolesIn(ownValue(claims, "realm_access"))
  return hasAll(realm) ? "realm_access.roles" : undefined
}

/** Also below a namespace, as issuers put before a name that allow no plain ones. */
function isName(name: string): boolean {
  return names.includes(name.includes("://") ? name.slice(name.lastIndexOf("/") + 1) : name)
}

function rolesIn(value: unknown): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "roles")
    ? (value as { readonly roles?: unknown }).roles
    : undefined
}

/** The scopes that are meant by a string in any form, or by a list of strings. */
export function wordsOf(value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value]
  return texts.flatMap((text) => (typeof text === "string" ? text.split(/[\s,;|+]/) : []))
}
