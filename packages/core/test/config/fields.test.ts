import { describe, expect, it } from "vitest"
import { documentWith, errorsOf, withRules } from "./documents.js"

// The shape of every field, one table per object: what is refused, and with which words.

const headerFix = "Use letters, digits and hyphens only, such as X-User-Id (RFC 9110 §5.1)."
const cookieFix = "Use letters, digits, hyphens and underscores only (RFC 6265 §4.1.1)."
const listFix = "List at least one, or leave the field out."
const textFix = "Give it a value, or leave the field out."
const nameFix = "Use visible ASCII characters, and single spaces between words."
const realmFix = 'Use printable ASCII without " and \\ (RFC 9110 §5.6.4).'
const scopeFix = "Use visible ASCII without quotes and backslashes (RFC 6749 §3.3)."
const skewFix = "Give whole seconds: 60 is the default, 0 allows none."
const slashFix = "Write it as /path, or /path/* for all below."

type Row = [field: string, value: unknown, at: string, message: string, fix?: string]

const found = (path: string, message: string, fix: string | undefined) => [
  { path, message, ...(fix !== undefined && { fix }) },
]

describe("a field of the document", () => {
  it.each<Row>([
    ["global_auth", "true", "", "must be true or false, got a string"],
    ["global_auth", null, "", "must be true or false, got null"],
    ["realm", 'a"b', "", "cannot stand in WWW-Authenticate", realmFix],
    ["realm", "a\\b", "", "cannot stand in WWW-Authenticate", realmFix],
    ["realm", "a\r\nb", "", "cannot stand in WWW-Authenticate", realmFix],
    ["realm", "é", "", "cannot stand in WWW-Authenticate", realmFix],
    ["realm", 1, "", "must be a string, got a number"],
    ["consumer_header", "X User", "", "is not a header name", headerFix],
    ["consumer_header", "", "", "is not a header name", headerFix],
    ["consumer_header", "X-Üser", "", "is not a header name", headerFix],
    ["bypass_cors_preflight", 1, "", "must be true or false, got a number"],
    ["$schema", 1, "", "must be a string, got a number"],
    ["rules", {}, "", "must be a list, got an object"],
  ])("%s: %o is refused", (field, value, at, message, fix) => {
    expect(errorsOf({ ...documentWith(), [field]: value })).toEqual(found(`${field}${at}`, message, fix))
  })

  it("consumers: an empty list is refused, and may not be left out either", () => {
    const [only, ...rest] = errorsOf({ consumers: [] })
    expect(rest).toEqual([])
    expect(only).toMatchObject({ path: "consumers", message: "must not be empty" })
    expect(only?.fix).not.toContain("leave the field out")
  })
})

describe("a field of a consumer", () => {
  it.each<Row>([
    ["name", "a\nb", "", "cannot stand in a header", nameFix],
    ["name", "é", "", "cannot stand in a header", nameFix],
    ["name", " a", "", "cannot stand in a header", nameFix],
    ["name", "a  b", "", "cannot stand in a header", nameFix],
    ["name", "", "", "cannot stand in a header", nameFix],
    ["name", undefined, "", "is required", "Add it: a string."],
    ["claims", { sub: 1 }, ".sub", "must be a string, got a number"],
    ["claims", ["sub"], "", "must be an object, got a list"],
    ["types", [], "", "must not be empty", listFix],
    ["types", [""], "[0]", "must not be empty", textFix],
    ["types", "JWT", "", "must be a list, got a string"],
    ["audiences", [], "", "must not be empty", listFix],
    ["audiences", [null], "[0]", "must be a string, got null"],
    ["jwks", undefined, "", "is required", "Add it: a string or an object."],
    ["jwks", 5, "", "must be a string or an object, got a number"],
    ["jwks", [], "", "must be a string or an object, got a list"],
    ["jwks", {}, ".keys", "is required", "Add it: a list."],
    ["jwks", { keys: {} }, ".keys", "must be a list, got an object"],
    ["algorithms", [], "", "must not be empty", listFix],
    ["from_headers", [{}], "[0].name", "is required", "Add it: a string."],
    ["from_headers", [{ name: "A:" }], "[0].name", "is not a header name", headerFix],
    ["from_headers", [{ name: "A", value_prefix: 1 }], "[0].value_prefix", "must be a string, got a number"],
    ["from_headers", ["Authorization"], "[0]", "must be an object, got a string"],
    ["from_params", [""], "[0]", "must not be empty", textFix],
    ["from_cookies", ["a=b"], "[0]", "is not a cookie name", cookieFix],
    ["from_cookies", ["a;"], "[0]", "is not a cookie name", cookieFix],
    ["claims_to_headers", [{ header: "X-A" }], "[0].claim", "is required", "Add it: a string."],
    ["claims_to_headers", [{ claim: "a", header: "X A" }], "[0].header", "is not a header name", headerFix],
    [
      "claims_to_headers",
      [{ claim: "a", header: "X-A", override: "false" }],
      "[0].override",
      "must be true or false, got a string",
    ],
    ["clock_skew_seconds", -1, "", "must not be negative", skewFix],
    ["clock_skew_seconds", 1.5, "", "must be a whole number, got a fraction"],
    ["clock_skew_seconds", "60", "", "must be a number, got a string"],
    ["require_exp", 0, "", "must be true or false, got a number"],
    ["keep_token", "no", "", "must be true or false, got a string"],
    ["allow_weak_hmac", null, "", "must be true or false, got null"],
  ])("%s: %o is refused", (field, value, at, message, fix) => {
    expect(errorsOf(documentWith({ [field]: value }))).toEqual(
      found(`consumers[0].${field}${at}`, message, fix),
    )
  })

  it.each([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
  ])("clock_skew_seconds: %s is refused", (_, clock_skew_seconds) => {
    expect(errorsOf(documentWith({ clock_skew_seconds })).map(({ path }) => path)).toEqual([
      "consumers[0].clock_skew_seconds",
    ])
  })

  it.each([
    ["name", "a b-c/d:1"],
    ["claims", { sub: "", "https://x/y": "z" }],
    ["types", ["at+jwt"]],
    ["from_headers", [{ name: "X-Token" }, { name: "authorization", value_prefix: "" }]],
    ["from_params", ["access token", "ü"]],
    ["from_cookies", ["__Host-session"]],
    ["clock_skew_seconds", 0],
  ])("%s: %o is accepted", (field, value) => {
    expect(errorsOf(documentWith({ [field]: value }))).toEqual([])
  })
})

describe("a field of a rule", () => {
  it.each<Row>([
    ["name", "", "", "must not be empty", textFix],
    ["match", undefined, "", "is required", "Add it: an object."],
    ["match", "/x", "", "must be an object, got a string"],
    ["match", { path: "x" }, ".path", "must begin with a slash", slashFix],
    ["match", { path: ["/x", "y"] }, ".path[1]", "must begin with a slash", slashFix],
    ["match", { path: [] }, ".path", "must not be empty", listFix],
    ["match", { path: 1 }, ".path", "must be a string or a list, got a number"],
    ["match", { domain: "" }, ".domain", "must not be empty", textFix],
    ["match", { route: [1] }, ".route[0]", "must be a string, got a number"],
    ["optional", "yes", "", "must be true or false, got a string"],
    ["report_only", 1, "", "must be true or false, got a number"],
    ["scopes", [], "", "must not be empty", listFix],
    ["scopes", ["a b"], "[0]", "is not a scope", scopeFix],
    ["scopes", ['a"b'], "[0]", "is not a scope", scopeFix],
    ["scopes", "read", "", "must be a list, got a string"],
  ])("%s: %o is refused", (field, value, at, message, fix) => {
    const rule = { match: {}, allow: "any", [field]: value }
    expect(errorsOf(withRules(rule))).toEqual(found(`rules[0].${field}${at}`, message, fix))
  })

  it("match.method: the fix speaks of methods", () => {
    const [only] = errorsOf(withRules({ match: { method: "GET POST" }, allow: "any" }))
    expect(only?.message).not.toContain("header")
  })
})
