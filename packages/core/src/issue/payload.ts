import { type ConfigIssue, error } from "../config/config-error.js"
import { joinPath } from "../config/shape-issues.js"

/** The claims that an issuer sets on every token (RFC 7519 §4.1); `aud` is one too when it has an `audience`. */
export type ReservedClaim = "iss" | "iat" | "nbf" | "exp" | "jti"

/** Deeper than any claim has a use for. Ends an object that contains itself. */
const deepest = 32

/**
 * A copy to check and to sign: each member is read once, and nothing is left that JSON would ask instead (`toJSON`, getters).
 * What is no plain value stays, for the check to refuse.
 */
export function copyClaims(value: unknown, depth = 0): unknown {
  if (depth > deepest + 1) return value
  if (Array.isArray(value)) return Array.from(value, (item) => copyClaims(item, depth + 1))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, copyClaims(member, depth + 1)]),
  )
}

/** What keeps the caller's claims out of a token: names that are the issuer's, and what JSON would silently change. */
export function checkClaims(claims: unknown, reserved: readonly string[]): ConfigIssue[] {
  if (!isPlainObject(claims)) {
    return [error("claims", "must be a plain object", 'Name the claims in it: { sub: "alice" }.')]
  }
  return Object.entries(claims).flatMap(([name, value]) => {
    const path = joinPath("claims", name)
    // Also when undefined: whoever names it means to set it.
    if (reserved.includes(name)) return [error(path, "is set by the issuer", "Leave it out.")]
    return [...checkMember(name, value, path, 1), ...checkRegistered(name, value, path)]
  })
}

function checkMember(name: string, value: unknown, path: string, depth: number): ConfigIssue[] {
  // Whoever copies the claims member by member would give the copy this prototype.
  if (name === "__proto__") return [error(path, "is not a usable name", "Rename it.")]
  return checkJson(value, path, depth)
}

/** JSON.stringify drops what is undefined, turns NaN into null, and asks a `toJSON` what to say instead. */
function checkJson(value: unknown, path: string, depth: number): ConfigIssue[] {
  if (value === undefined) return [error(path, "is undefined", "Leave it out, or give it a value.")]
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))
    return []
  if (depth > deepest) return [error(path, "lies too deep, or contains itself", "Give a flat value.")]
  if (Array.isArray(value))
    return Array.from(value).flatMap((item, i) => checkJson(item, joinPath(path, i), depth + 1))
  if (isPlainObject(value)) {
    return Object.entries(value).flatMap(([name, member]) =>
      checkMember(name, member, joinPath(path, name), depth + 1),
    )
  }
  const fix = "Use text, finite numbers, true, false, null, and lists and plain objects of these."
  return [error(path, "is not JSON", fix)]
}

/** By its prototype's prototype: an object of another realm is plain too. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** RFC 7519 §4.1.2 and §4.1.3: who the token is about, and for whom it is, are texts. */
function checkRegistered(name: string, value: unknown, path: string): ConfigIssue[] {
  if (value === undefined) return []
  if (name === "aud") return checkAudience(value, path)
  if (name !== "sub" || isText(value)) return []
  return [error(path, "must be a text that is not empty", "Give the id as a string.")]
}

export function checkAudience(value: unknown, path: string): ConfigIssue[] {
  const valid = Array.isArray(value) ? value.length > 0 && value.every(isText) : isText(value)
  return valid ? [] : [error(path, "must be a text that is not empty, or a list of them")]
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== ""
}
