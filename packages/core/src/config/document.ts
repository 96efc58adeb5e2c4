/** The algorithms of the gateway's document (RFC 7518 §3.1, RFC 8037 §3.1). `none` is not among them. */
export type Algorithm =
  | "HS256"
  | "HS384"
  | "HS512"
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "EdDSA"

/** A JSON Web Key (RFC 7517 §4): a public key, or a symmetric one. Members we do not know are ignored. */
export interface Jwk {
  /** Required; optional in the type because the exporters of key libraries type it so. */
  readonly kty?: string | undefined
  readonly kid?: string | undefined
  readonly alg?: string | undefined
  readonly use?: string | undefined
  readonly key_ops?: readonly string[] | undefined
  readonly crv?: string | undefined
  readonly k?: string | undefined
  readonly n?: string | undefined
  readonly e?: string | undefined
  readonly x?: string | undefined
  readonly y?: string | undefined
  readonly [member: string]: unknown
}

/** A JSON Web Key Set (RFC 7517 §5). */
export interface Jwks {
  readonly keys: readonly Jwk[]
  readonly [member: string]: unknown
}

/** A header in which a token may stand. */
export interface HeaderPlace {
  /** Header name, in any case. */
  readonly name: string
  /** What stands before the token, compared without regard to ASCII case. Default: nothing. */
  readonly value_prefix?: string | undefined
}

/** A claim that is forwarded as a request header. */
export interface ClaimToHeader {
  /** Name of a payload member whose value is a string or an unsigned integer. */
  readonly claim: string
  /** Name of the header that downstream code reads. */
  readonly header: string
  /**
   * `true` (the default): the header belongs to the gate. A client's own copy is removed from every request.
   * `false`: the value is appended after whatever the client sent.
   */
  readonly override?: boolean | undefined
}

/** A named caller: how its tokens are recognised, verified, found and forwarded. */
export interface Consumer<Name extends string = string> {
  /** Unique name, forwarded in `consumer_header`: visible ASCII, and spaces between words. */
  readonly name: Name
  /** The payload's `iss` must equal it. Short for `claims.iss`. */
  readonly issuer?: string | undefined
  /** Payload members that must equal these strings. `issuer` or `claims` must be present. */
  readonly claims?: Readonly<Record<string, string>> | undefined
  /**
   * When given, the token's `typ` must be one of them (case and a leading `application/` do not count): keeps an
   * ID token from serving as an access token (RFC 8725 §3.11).
   */
  readonly types?: readonly string[] | undefined
  /** When given, the token's `aud` must contain one of them (RFC 7519 §4.1.3). */
  readonly audiences?: readonly string[] | undefined
  /** The keys, as an RFC 7517 key set or its JSON text: public keys, or symmetric ones. */
  readonly jwks: Jwks | string
  /** Narrows the algorithms that the keys allow. Default: whatever each key allows. */
  readonly algorithms?: readonly Algorithm[] | undefined
  /**
   * Headers to look for a token in, in this order. When none of the three `from_*` fields is given, the default is
   * `Authorization` with `Bearer `, then the query parameter `access_token`. Giving any one replaces all defaults.
   */
  readonly from_headers?: readonly HeaderPlace[] | undefined
  /** Query parameters to look for a token in, after the headers. */
  readonly from_params?: readonly string[] | undefined
  /** Cookies to look for a token in, after the query parameters. */
  readonly from_cookies?: readonly string[] | undefined
  /** Claims forwarded as request headers once the request is allowed. */
  readonly claims_to_headers?: readonly ClaimToHeader[] | undefined
  /** Seconds by which the clocks may differ when `exp`, `nbf` and `iat` are checked. Default 60. */
  readonly clock_skew_seconds?: number | undefined
  /** `false` accepts tokens without `exp`. Default `true`. */
  readonly require_exp?: boolean | undefined
  /** `false` removes the token from what downstream code sees. Default `true`. */
  readonly keep_token?: boolean | undefined
  /** Accepts HMAC secrets shorter than the hash, which RFC 7518 §3.2 forbids. Default `false`. */
  readonly allow_weak_hmac?: boolean | undefined
}

/** Which requests a rule is about. Every given field must hold; of several values in one field, any may. */
export interface RuleMatch {
  /** `api.example.com`, `*.example.com` (not the bare domain), `api.*`, or `*`. */
  readonly domain?: string | readonly string[] | undefined
  /** `/exact`, or `/below/*` for `/below` and everything under it. */
  readonly path?: string | readonly string[] | undefined
  /** HTTP methods. `GET` covers `HEAD`. */
  readonly method?: string | readonly string[] | undefined
  /** Names that the application gives its routes. */
  readonly route?: string | readonly string[] | undefined
}

/** Who may call what. The first rule that matches decides; exactly one of `allow`, `public`, `consumers`. */
export interface Rule<Name extends string = string> {
  /** A name for people: it appears in reports, nothing depends on it. */
  readonly name?: string | undefined
  /** Which requests the rule is about. `{}` matches every request. */
  readonly match: RuleMatch
  /** Names of the consumers let through, or `"any"`. */
  readonly allow?: readonly Name[] | "any" | undefined
  /** No authentication. Never applies to a path that a router or proxy could read in two ways. */
  readonly public?: true | undefined
  /** Consumers for this rule alone, instead of the global ones. */
  readonly consumers?: readonly Consumer[] | undefined
  /** With `allow` or `consumers`: no token passes as anonymous; a bad token is refused. Default `false`. */
  readonly optional?: boolean | undefined
  /** Scopes that must all be in the token's `scope` (space-separated) or `scp` (array or string). */
  readonly scopes?: readonly string[] | undefined
  /** Decides and reports, but lets the request pass. For rolling a rule out. Default `false`. */
  readonly report_only?: boolean | undefined
}

/**
 * The config document: serialisable data, with the field names of the gateway's own. `Name` are the consumers' names,
 * inferred where a document is written in place, so that a rule for an unknown consumer does not compile.
 */
export interface JwtAuthConfig<Name extends string = string> {
  /** For editors: where the JSON Schema of this document is. Nothing is read from there. */
  readonly $schema?: string | undefined
  /**
   * Whether requests that no rule matches need a token. `true`: yes, any consumer. `false`: no. Unset: yes while no
   * rule has `allow` or `consumers`, otherwise no, which is the gateway's rule for old documents.
   */
  readonly global_auth?: boolean | undefined
  /** The realm of `WWW-Authenticate`: printable ASCII without `"` and `\`. Default `jwt-auth`. */
  readonly realm?: string | undefined
  /** The header that carries the consumer's name downstream. Default `X-Mse-Consumer`. */
  readonly consumer_header?: string | undefined
  /**
   * Lets a CORS preflight (`OPTIONS` with `Origin` and `Access-Control-Request-Method`) pass without a token. Default
   * `false`: put a CORS middleware first instead.
   */
  readonly bypass_cors_preflight?: boolean | undefined
  /** The callers of the API. The order matters: the first that verifies and is allowed wins. */
  readonly consumers: readonly Consumer<Name>[]
  /** Who may call what; the first match decides. Default: none. */
  readonly rules?: readonly Rule<NoInfer<Name>>[] | undefined
}
