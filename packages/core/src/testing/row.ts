import type { JwtAuthConfig } from "../config/document.js"
import type { Requirement } from "../decision.js"
import type { DenialCode } from "../denials.js"

/** The part of the contract that a row holds. */
export type Point =
  | "2" // a config field of its own
  | "3.1" // which rule matches
  | "3.2" // whether authentication is asked for
  | "3.3" // where the token is found
  | "3.4" // the form of the token
  | "3.5" // whose it may be
  | "3.6" // the key and the algorithm
  | "3.7" // the claims
  | "3.8" // who wins, and what downstream sees
  | "3.9" // how a request is refused
  | "4" // what code asks for, instead of the rules

/** A header as it goes over the wire: one character per byte, and one pair for each line. */
export type HeaderLine = readonly [name: string, value: string]

/** A request as a client sends it. */
export interface ConformanceRequest {
  /** Default `GET`. */
  readonly method?: string
  /** Default `api.example.com`. */
  readonly host?: string
  /** The request target, sent as it stands. Default `/`. */
  readonly path?: string
  /** Without `Host`. A header that is sent twice is two pairs. */
  readonly headers?: readonly HeaderLine[]
  /** The name that the app gives the route; over HTTP the adapter's verb for it. */
  readonly route?: string
}

/** One thing that every implementation has to do, with everything needed to see whether it does. */
export interface ConformanceRow {
  readonly point: Point
  /** A rule or an attack, in plain words. Unique. */
  readonly name: string
  readonly config: JwtAuthConfig
  readonly request: ConformanceRequest
  /** What the code in front of the handler asks for. */
  readonly requirement?: Requirement
  /** The clock, in seconds. */
  readonly now: number
  readonly expect: Expectation
  /** Why no HTTP client can send this; the row is then for `decide()` alone. */
  readonly coreOnly?: string
}

/** What must become of the request. */
export type Expectation = ExpectedAllow | ExpectedPass | ExpectedDeny

/** What the app behind sees, as far as it is not what the client sent. */
export interface ExpectedDownstream {
  /**
   * By lower-case name: the value, the values of several lines, or null for a header that must be gone. A header that
   * is not named must arrive as it was sent. The consumer header needs no entry: it follows from the outcome.
   */
  readonly downstream?: Readonly<Record<string, string | readonly string[] | null>>
  /** Path and query, where they change. */
  readonly path?: string
}

export interface ExpectedAllow extends ExpectedDownstream {
  readonly outcome: "allow"
  readonly consumer: string
  /** `Cache-Control` of the response when the app sets none. */
  readonly cacheControl: "private" | null
}

export interface ExpectedPass extends ExpectedDownstream {
  readonly outcome: "pass"
  /** What a `report_only` rule would have answered; null when it has nothing to report. */
  readonly wouldDeny: DenialCode | null
}

export interface ExpectedDeny {
  readonly outcome: "deny"
  readonly status: 401 | 403 | 503
  readonly code: DenialCode
  /** The whole `WWW-Authenticate`; null when there must be none. */
  readonly wwwAuthenticate: string | null
  readonly contentType?: string
  /** The whole body as text, or the members that it must have as a JSON object. */
  readonly body?: string | Readonly<Record<string, unknown>>
}
