import type { DenialCode } from "./denials.js"
import type { Attempt } from "./reasons.js"

/** What the core needs to know of a request. Adapters build it; in a unit test it is an object literal. */
export interface AuthRequest {
  /** The request method, in any case. */
  readonly method: string
  /** The host the client asked for, with or without a port; empty when there is none. */
  readonly host: string
  /** The request target as received: path and query, not decoded. */
  readonly path: string
  /** A name the application gives this request, matched by rules with `match.route`. */
  readonly route?: string
  /**
   * The request headers. In a plain record the names are lower-case; a header that was sent more than once
   * is an array of its values.
   */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
}

/**
 * What one place in the code asks of a request. `allow`, `optional` and `scopes` stand in for the rules and
 * `global_auth`; with `route` alone the rules decide, under that route name.
 */
export interface Requirement {
  /**
   * The consumers let through, or `"any"`. Default `"any"`. A name that the config does not have admits nobody.
   */
  readonly allow?: readonly string[] | "any"
  /** Lets a request without a token pass as anonymous. A bad token is still refused. Default `false`. */
  readonly optional?: boolean
  /** The route name under which rules are matched. */
  readonly route?: string
  /** Scopes that must all be in the token's `scope` or `scp`. With `route`, they come on top of the rule's. */
  readonly scopes?: readonly string[]
}

/** The payload of a verified token: the registered claims of RFC 7519 §4.1, and whatever else was signed. */
export interface JwtClaims {
  readonly iss?: string
  readonly sub?: string
  readonly aud?: string | readonly string[]
  readonly exp?: number
  readonly nbf?: number
  readonly iat?: number
  readonly jti?: string
  readonly [claim: string]: unknown
}

/** The protected header of a verified token (RFC 7515 §4). */
export interface JwsHeader {
  readonly alg: string
  readonly kid?: string
  readonly typ?: string
  readonly [parameter: string]: unknown
}

/** Who is calling: exists only after the signature, the claims and the consumer have all been checked. */
export interface Auth<C = JwtClaims> {
  /** Name of the consumer that the token belongs to. */
  readonly consumer: string
  /** The token's payload. */
  readonly claims: C
  /** The token's protected header. */
  readonly header: JwsHeader
  /** The token itself. A getter: logging, serialising or copying an `Auth` does not take it along. */
  readonly token: string
}

/** The public part of a deny, complete enough to answer the client. */
export interface Denial {
  readonly status: 401 | 403 | 503
  readonly code: DenialCode
  /** The text that the gateway would send as the body. */
  readonly message: string
  /** Response headers that belong to the answer, such as `WWW-Authenticate`. */
  readonly headers: Readonly<Record<string, string>>
}

/** One change to the request headers. Names are lower-case; values are byte strings (see `RequestEdits`). */
export interface HeaderEdit {
  readonly op: "set" | "append" | "remove"
  readonly name: string
  readonly value?: string
}

/**
 * Changes to the request that everything downstream must see, in order. A value holds one character per byte
 * (non-ASCII text as UTF-8), which is what `Headers`, Node and HTTP itself take.
 */
export interface RequestEdits {
  readonly headers: readonly HeaderEdit[]
  /** The path and query to show downstream; absent when they stay as they are. */
  readonly path?: string
}

/** The answer to one request. */
export type Decision =
  | {
      readonly outcome: "allow"
      readonly auth: Auth
      readonly edits: RequestEdits
      /**
       * Present when the response must not enter a shared cache, although the request shows no `Authorization`
       * that would keep it out (RFC 9111 §3.5): the token came from elsewhere, or was stripped.
       */
      readonly cacheControl?: "private"
    }
  | {
      readonly outcome: "pass"
      readonly edits: RequestEdits
      /** What a `report_only` rule would have answered. */
      readonly wouldDeny?: Denial
    }
  | {
      readonly outcome: "deny"
      readonly denial: Denial
      /** What was tried, for logs and metrics. Holds no token and no key. */
      readonly attempts: readonly Attempt[]
      /**
       * What an adapter applies although it refuses, since an app may go on in spite of that (an error handler, a second way to
       * log in): no identity of the client's own making must then be there. Not enumerable: it says nothing about the decision.
       */
      readonly cleanUp?: RequestEdits
    }
