import { goodClaims } from "../../keyring.js"
import { type BrokenRequest, signedFor } from "../broken-request.js"

function granted(name: string, scope: string, payload: object, hint: string): BrokenRequest {
  return {
    name,
    situation: async () => ({
      ...(await signedFor({}, { payload: { ...goodClaims, ...payload } })),
      requirement: { scopes: [scope] },
    }),
    at: "scopes",
    reason: "scope_missing",
    hint,
  }
}

const elsewhere = (name: string, scope = "orders:read") =>
  `The token has "${scope}" in ${name}, and only scope and scp are read. If it is meant for this API, have the issuer write it into scope.`
const prefixed = (token: string, rule: string) =>
  `The token's "${token}" is "${rule}" but for what stands before it, and may be for another API. If both are meant to be the same, write it in the rule as the token has it.`

export const scopes: readonly BrokenRequest[] = [
  granted(
    "the scopes stand in permissions",
    "orders:read",
    { scope: "openid profile", permissions: ["orders:read"] },
    elsewhere("permissions"),
  ),
  granted(
    "the scopes stand in scopes",
    "orders:read",
    { scopes: "orders:read orders:write" },
    elsewhere("scopes"),
  ),
  granted(
    "the scopes are roles of a realm",
    "admin",
    { scope: "openid", realm_access: { roles: ["admin"] } },
    elsewhere("realm_access.roles", "admin"),
  ),
  granted(
    "the scopes are roles below a namespace",
    "admin",
    { "https://example.com/roles": ["admin"] },
    elsewhere('"https://example.com/roles"', "admin"),
  ),
  granted(
    "the scopes are separated by commas",
    "orders:read",
    { scope: "orders:read,orders:write" },
    "The scopes in scope are not separated by spaces. Have the issuer write them so (RFC 8693 §4.2).",
  ),
  granted(
    "one entry of scp has all scopes in it",
    "orders:read",
    { scp: ["orders:read orders:write"] },
    "An entry of the list scp has several scopes in it. Have the issuer write each as an entry of its own.",
  ),
  granted(
    "scope is a list",
    "orders:read",
    { scope: ["orders:read"] },
    "scope is a list, and has to be one string with spaces between the scopes (RFC 8693 §4.2). Have the issuer write it so, or name the list scp.",
  ),
  granted(
    "the scope differs in case",
    "orders:read",
    { scope: "Orders:Read" },
    'The token\'s "Orders:Read" differs from "orders:read" only in upper and lower case, and scopes are compared letter by letter. If both are meant to be the same, write it in the rule as the token has it.',
  ),
  granted(
    "the scope has the address of the API before it in the token",
    "orders:read",
    { scope: "openid api://shop/orders:read" },
    prefixed("api://shop/orders:read", "orders:read"),
  ),
  granted(
    "the scope has the address of the API before it in the config",
    "api://shop/orders:read",
    { scp: "orders:read" },
    prefixed("orders:read", "api://shop/orders:read"),
  ),
  granted(
    "the scope was made an authority",
    "orders:read",
    { scope: "SCOPE_orders:read" },
    prefixed("SCOPE_orders:read", "orders:read"),
  ),
  granted(
    "the scope is misspelled",
    "orders:read",
    { scope: "order:read" },
    'The token\'s "order:read" is "orders:read" but for one letter: wrong, missing, too much or swapped. If both are meant to be the same, write them alike.',
  ),
  granted(
    "the token has an asterisk for all scopes of a kind",
    "orders:read",
    { scope: "orders:*" },
    'The token has "orders:*", and * stands for nothing else in a scope: they are compared letter by letter. Have the issuer write "orders:read" out.',
  ),
  granted(
    "the client asked for no scope",
    "orders:read",
    {},
    'The token has no scope at all: the client may not have asked for one. Have it ask for the token with scope="orders:read".',
  ),
]
