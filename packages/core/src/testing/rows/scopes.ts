import { type Cast, forged } from "../cast.js"
import { accessDenied, allows, fails, lacksScope, missing, passes, passesDespite } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.9: a caller that is allowed, and lacks a scope. */
export async function scopeRows({ web, partner, stranger }: Cast): Promise<ConformanceRow[]> {
  const needs = ["read", "orders:write"]
  const rule = (more: object) => ({
    global_auth: true,
    consumers: [web.consumer(), partner.consumer()],
    rules: [{ match: {}, allow: ["web"], scopes: needs, ...more }],
  })
  const row = rowsOf("3.9", rule({}))
  const lacks = lacksScope("read orders:write")
  const cases: readonly (readonly [string, Record<string, unknown>, boolean])[] = [
    ["all in scope", { scope: "read orders:write" }, true],
    ["all in scope, in another order and among others", { scope: "openid orders:write x read" }, true],
    ["all in scp as an array", { scp: ["orders:write", "read"] }, true],
    ["all in scp as a string", { scp: "read orders:write" }, true],
    ["none, and neither claim", {}, false],
    ["an empty scope", { scope: "" }, false],
    ["one of two", { scope: "read" }, false],
    ["one of two in scp", { scp: ["orders:write"] }, false],
    ["a longer scope", { scope: "reading orders:write" }, false],
    ["a shorter scope", { scope: "read orders" }, false],
    ["in capitals", { scope: "READ orders:write" }, false],
    ["joined by commas", { scope: "read,orders:write" }, false],
    [
      "scope as an array, which is not its form (RFC 9068 §2.2.3)",
      { scope: ["read", "orders:write"] },
      false,
    ],
    ["two scopes in one member of scp", { scp: ["read orders:write"] }, false],
    ["scp as an object", { scp: { read: true, "orders:write": true } }, false],
    ["another claim", { scopes: needs, permissions: needs }, false],
  ]
  const optional = rule({ optional: true })
  const reported = rule({ report_only: true })
  const poor = await web.token({ scope: "read" })
  return [
    ...(await Promise.all(
      cases.map(async ([name, claims, good]) =>
        row(`scopes: ${name}`, { token: await web.token(claims) }, good ? allows("web") : lacks),
      ),
    )),
    row("scopes: no token", {}, missing),
    row("scopes: a bad token", { token: await forged(web, stranger) }, fails),
    row(
      "scopes: the wrong consumer with the right scopes",
      { token: await partner.token({ scope: "read orders:write" }) },
      accessDenied,
    ),
    row("scopes: an optional rule, without a token", { config: optional }, passes),
    row("scopes: an optional rule, with a token that lacks one", { config: optional, token: poor }, lacks),
    row("scopes: a report_only rule", { config: reported, token: poor }, passesDespite("insufficient_scope")),
  ]
}
