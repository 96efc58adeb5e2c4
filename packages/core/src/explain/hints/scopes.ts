import { scopesOf } from "../../authorize/scopes.js"
import type { JwtClaims } from "../../decision.js"
import { ownValue } from "../../own-value.js"
import type { Finding } from "../finding.js"
import { listed, show } from "../show.js"
import { isSlip } from "./near-text.js"
import { claimsWithScopes, wordsOf } from "./other-scopes.js"

/** What is known when a scope is missing. */
interface ScopeFinding {
  readonly claims: JwtClaims
  /** What the token has, as `hasScopes` reads it. */
  readonly granted: readonly string[]
  /** What it lacks; at least one. */
  readonly missing: readonly [string, ...string[]]
  readonly showClaim: Finding["showClaim"]
}

/** Why a scope is not found, though the token may have it. */
export function scopesHint({ access, jws, showClaim }: Finding): string | undefined {
  if (jws === undefined) return undefined
  const { claims } = jws
  const granted = scopesOf(claims).filter((one): one is string => typeof one === "string" && one !== "")
  const has = new Set(granted)
  const [first, ...rest] = access.scopes.filter((scope) => !has.has(scope))
  if (first === undefined) return undefined
  const finding = { claims, granted, missing: [first, ...rest], showClaim } as const
  return (
    formHint(finding) ??
    spellingHint(finding) ??
    wildcardHint(finding) ??
    elsewhereHint(finding) ??
    noneHint(finding)
  )
}

/** The scopes are where they belong, but not written as they should be. */
function formHint({ claims, missing }: ScopeFinding): string | undefined {
  const name = (["scope", "scp"] as const).find((one) => {
    const words = new Set(wordsOf(ownValue(claims, one)))
    return missing.every((scope) => words.has(scope))
  })
  if (name === undefined) return undefined
  if (!Array.isArray(claims[name])) {
    return `The scopes in ${name} are not separated by spaces. Have the issuer write them so (RFC 8693 §4.2).`
  }
  return name === "scp"
    ? "An entry of the list scp has several scopes in it. Have the issuer write each as an entry of its own."
    : "scope is a list, and has to be one string with spaces between the scopes (RFC 8693 §4.2). Have the issuer write it so, or name the list scp."
}

/** One scope in another spelling. */
function spellingHint({ granted, missing: [scope], showClaim }: ScopeFinding): string | undefined {
  const lower = scope.toLowerCase()
  const otherCase = granted.find((one) => one.toLowerCase() === lower)
  if (otherCase !== undefined) {
    return `The token's ${showClaim(otherCase)} differs from ${show(scope)} only in upper and lower case, and scopes are compared letter by letter. If both are meant to be the same, write it in the rule as the token has it.`
  }
  const prefixed = granted.find((one) => isPrefixed(one, scope) || isPrefixed(scope, one))
  if (prefixed !== undefined) {
    return `The token's ${showClaim(prefixed)} is ${show(scope)} but for what stands before it, and may be for another API. If both are meant to be the same, write it in the rule as the token has it.`
  }
  const slip = granted.find((one) => isSlip(one, scope))
  return slip === undefined
    ? undefined
    : `The token's ${showClaim(slip)} is ${show(scope)} but for one letter: wrong, missing, too much or swapped. If both are meant to be the same, write them alike.`
}

/** `api://shop/orders:read` or `SCOPE_orders:read` for `orders:read`; `orders:read` for `read` is another scope. */
function isPrefixed(longer: string, scope: string): boolean {
  if (longer.length <= scope.length || !longer.endsWith(scope)) return false
  const prefix = longer.slice(0, -scope.length)
  return prefix === "SCOPE_" || (/^[a-z]{2,10}:\/\//i.test(prefix) && prefix.endsWith("/"))
}

function wildcardHint({ granted, missing: [scope], showClaim }: ScopeFinding): string | undefined {
  const wildcard = granted.find((one) => one.endsWith("*") && scope.startsWith(one.slice(0, -1)))
  if (wildcard === undefined) return undefined
  return `The token has ${showClaim(wildcard)}, and * stands for nothing else in a scope: they are compared letter by letter. Have the issuer write ${show(scope)} out.`
}

function elsewhereHint({ claims, missing }: ScopeFinding): string | undefined {
  const name = claimsWithScopes(claims, missing)
  if (name === undefined) return undefined
  return `The token has ${listed(missing.map(show), "and")} in ${name}, and only scope and scp are read. If it is meant for this API, have the issuer write it into scope.`
}

function noneHint({ claims, missing }: ScopeFinding): string | undefined {
  const isEmpty = (value: unknown) =>
    value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  if (!["scope", "scp"].every((name) => isEmpty(ownValue(claims, name)))) return undefined
  return `The token has no scope at all: the client may not have asked for one. Have it ask for the token with scope=${show(missing.join(" "))}.`
}
