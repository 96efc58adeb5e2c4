import * as z from "zod/mini"
import { algorithms } from "./key-algorithms.js"
import type { ShapeIssue } from "./shape-issues.js"

// The shape of the document: names, types, formats and defaults. What needs to be seen together (keys, names used
// elsewhere, rules) is checked in check-consumers.ts and rules/check-rules.ts.
// An `error` text is "what is wrong", a line break, "the fix".

const text = z.string().check(z.minLength(1, "must not be empty\nGive it a value, or leave the field out."))

const method = z
  .string()
  .check(
    z.regex(
      /^(?![Aa][Ll][Ll]$|[Aa][Nn][Yy]$)[A-Za-z]+(?:-[A-Za-z]+)*$/,
      "is not a method\nWrite GET, POST or another HTTP method.",
    ),
  )

const headerName = z
  .string()
  .check(
    z.regex(
      /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/,
      "is not a header name\nUse letters, digits and hyphens only, such as X-User-Id (RFC 9110 §5.1).",
    ),
  )

const cookieName = z
  .string()
  .check(
    z.regex(
      /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/,
      "is not a cookie name\nUse letters, digits, hyphens and underscores only (RFC 6265 §4.1.1).",
    ),
  )

const someOf = <T extends z.core.SomeType>(item: T) =>
  z.array(item).check(z.minLength(1, "must not be empty\nList at least one, or leave the field out."))

const algorithm = z.enum(algorithms)

const key = z.looseObject({
  kty: z.optional(z.string()),
  kid: z.optional(z.string()),
  alg: z.optional(z.string()),
  use: z.optional(z.string()),
  key_ops: z.optional(z.array(z.string())),
  crv: z.optional(z.string()),
  k: z.optional(z.string()),
  n: z.optional(z.string()),
  e: z.optional(z.string()),
  x: z.optional(z.string()),
  y: z.optional(z.string()),
})

export const keySet = z.looseObject({ keys: z.array(key) })

const headerPlace = z.strictObject({ name: headerName, value_prefix: z._default(z.string(), "") })

const claimToHeader = z.strictObject({
  claim: text,
  header: headerName,
  override: z._default(z.boolean(), true),
})

const consumer = {
  name: z
    .string()
    .check(
      z.regex(
        /^[!-~]+(?: [!-~]+)*$/,
        "cannot stand in a header\nUse visible ASCII characters, and single spaces between words.",
      ),
    ),
  issuer: z.optional(text),
  claims: z.optional(z.record(z.string(), z.string())),
  types: z.optional(someOf(text)),
  audiences: z.optional(someOf(text)),
  jwks: z.union([z.string(), keySet]),
  algorithms: z.optional(someOf(algorithm)),
  from_headers: z.optional(z.array(headerPlace)),
  from_params: z.optional(z.array(text)),
  from_cookies: z.optional(z.array(cookieName)),
  claims_to_headers: z.optional(z.array(claimToHeader)),
  clock_skew_seconds: z._default(
    z.int().check(z.gte(0, "must not be negative\nGive whole seconds: 60 is the default, 0 allows none.")),
    60,
  ),
  require_exp: z._default(z.boolean(), true),
  keep_token: z._default(z.boolean(), true),
  allow_weak_hmac: z._default(z.boolean(), false),
}

const oneOrMore = <T extends z.core.SomeType>(item: T) => z.union([item, someOf(item)])

const match = z.strictObject({
  domain: z.optional(oneOrMore(text)),
  path: z.optional(
    oneOrMore(
      z
        .string()
        .check(z.regex(/^\//, "must begin with a slash\nWrite it as /path, or /path/* for all below.")),
    ),
  ),
  method: z.optional(oneOrMore(method)),
  route: z.optional(oneOrMore(text)),
})

const rule = {
  name: z.optional(text),
  match,
  allow: z.optional(z.union([z.literal("any"), someOf(z.string())])),
  public: z.optional(z.literal(true)),
  consumers: z.optional(someOf(z.strictObject(consumer))),
  optional: z._default(z.boolean(), false),
  scopes: z.optional(
    someOf(
      z
        .string()
        .check(
          z.regex(
            /^[!#-[\]-~]+$/,
            "is not a scope\nUse visible ASCII without quotes and backslashes (RFC 6749 §3.3).",
          ),
        ),
    ),
  ),
  report_only: z._default(z.boolean(), false),
}

const document = {
  $schema: z.optional(z.string()),
  global_auth: z.optional(z.boolean()),
  realm: z._default(
    z
      .string()
      .check(
        z.regex(
          /^[ !#-[\]-~]*$/,
          'cannot stand in WWW-Authenticate\nUse printable ASCII without " and \\ (RFC 9110 §5.6.4).',
        ),
      ),
    "jwt-auth",
  ),
  consumer_header: z._default(headerName, "X-Mse-Consumer"),
  bypass_cors_preflight: z._default(z.boolean(), false),
  consumers: z
    .array(z.strictObject(consumer))
    .check(z.minLength(1, "must not be empty\nList the callers of the API.")),
  rules: z.optional(z.array(z.strictObject(rule))),
}

/** The schema of the document; the build writes the published JSON Schema from it. */
export const documentSchema = z.strictObject(document)

/** A document whose every field has the right shape, with the defaults filled in. */
export type ParsedConfig = z.output<typeof documentSchema>
export type ParsedConsumer = ParsedConfig["consumers"][number]
export type ParsedRule = NonNullable<ParsedConfig["rules"]>[number]

/** The one call into the schema library: the value in the right shape, or what is wrong with it. */
export function parse<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
): { readonly data: z.output<S> } | { readonly data?: never; readonly problems: readonly ShapeIssue[] } {
  const result = z.safeParse(schema, value)
  return result.success ? { data: result.data } : { problems: result.error.issues }
}

/** The fields that may stand in the object under this name; the empty name is the document itself. */
export function fieldsIn(name: string): readonly string[] {
  const shapes: Readonly<Record<string, object>> = {
    "": document,
    consumers: consumer,
    rules: rule,
    match: match.shape,
    from_headers: headerPlace.shape,
    claims_to_headers: claimToHeader.shape,
  }
  return Object.keys(shapes[name] ?? {})
}
