import { normalType } from "../../config/policy.js"
import { ownValue } from "../../own-value.js"

/** What a token seems to be for, when it is not to call an API. */
export interface TokenKind {
  /** Such as `an ID token`. */
  readonly name: string
  /** What tells so, such as `at_hash`. Never a value. */
  readonly sign: string
}

export const idToken = "an ID token"

/** What a token says, verified or not. */
interface Peeked {
  readonly header: { readonly typ?: unknown }
  readonly claims: Readonly<Record<string, unknown>>
}

/** The purpose of a token, where the token tells it. `auth_time`, `acr` and `amr` tell nothing: access tokens may have them (RFC 9068 §2.2.1). */
export function otherKindOf({ header, claims }: Peeked): TokenKind | undefined {
  const type = typeof header.typ === "string" ? normalType(header.typ) : ""
  if (type === "at+jwt") return undefined
  const named = types.get(type)
  if (named !== undefined) return { name: named, sign: "typ" }
  for (const member of purposeClaims) {
    const purpose = ownValue(claims, member)
    const name = typeof purpose === "string" ? purposes.get(purpose.toLowerCase()) : undefined
    if (name !== undefined) return { name, sign: member }
  }
  const hash = idTokenHashes.find((name) => Object.hasOwn(claims, name))
  if (hash !== undefined) return { name: idToken, sign: hash }
  return looksLikeLogin(claims) ? { name: idToken, sign: "nonce and no scope" } : undefined
}

/** Media types of tokens that are no access tokens. */
const types = new Map([
  ["logout+jwt", "a logout token"],
  ["dpop+jwt", "a DPoP proof"],
  ["secevent+jwt", "a security event"],
  ["oauth-authz-req+jwt", "an authorization request"],
  ["token-introspection+jwt", "an answer of token introspection"],
  ["client-authentication+jwt", "a client's proof of who it is"],
  ["refresh+jwt", "a refresh token"],
  ["rt+jwt", "a refresh token"],
])

/** Claims in which issuers say it on their own account: Keycloak, Cognito, and libraries for Python. */
const purposeClaims = ["typ", "token_use", "token_type", "type"]

const purposes = new Map([
  ["id", idToken],
  ["refresh", "a refresh token"],
  ["offline", "a refresh token"],
  ["logout", "a logout token"],
])

/** Hashes of what was issued beside the ID token (OpenID Connect Core §3.3.2.11). */
const idTokenHashes = ["at_hash", "c_hash", "s_hash"]

/** Some issuers copy `nonce` into access tokens, but those have a scope. */
function looksLikeLogin(claims: Peeked["claims"]): boolean {
  return Object.hasOwn(claims, "nonce") && !["scope", "scp"].some((name) => Object.hasOwn(claims, name))
}
