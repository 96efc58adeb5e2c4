import type { Rule } from "../../config/document.js"
import type { Cast } from "../cast.js"
import { accessDenied, allows, lacksScope, missing, passes } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/**
 * 3.1: a path that may mean several rules. A restricting rule is as broad as any router behind it, so the first rule of
 * one reading does not excuse what the rules say of another.
 */
export async function severalRulesRows({ web, partner }: Cast): Promise<ConformanceRow[]> {
  const rules = (...list: readonly Rule[]) => ({
    global_auth: false,
    consumers: [web.consumer(), partner.consumer()],
    rules: list,
  })
  const webOnly: Rule = { match: { path: "/web/*" }, allow: ["web"] }
  const partnerOnly: Rule = { match: { path: "/partner/*" }, allow: ["partner"] }
  const any: Rule = { match: { path: "/any/*" }, allow: "any" }
  const config = rules(partnerOnly, webOnly, any)
  const row = rowsOf("3.1", config)
  const token = { web: await web.token({ scope: "b" }), partner: await partner.token() }
  const a: Rule = { match: { path: "/a/*" }, allow: "any", scopes: ["a"] }
  const b: Rule = { match: { path: "/b/*" }, allow: "any", scopes: ["b"] }
  const optional: Rule = { match: { path: "/optional/*" }, allow: "any", optional: true }
  const reported: Rule = { match: { path: "/reported/*" }, allow: ["web"], report_only: true }
  const open: Rule = { match: { path: "/open/*" }, public: true }
  const long = "x".repeat(300)
  return [
    row(
      "a caller of one rule does not reach another's path by dot segments",
      { path: "/partner/../web", token: token.partner },
      accessDenied,
    ),
    row("… nor by encoded dot segments", { path: "/partner/%2e%2e/web", token: token.partner }, accessDenied),
    row("… nor by an encoded slash", { path: "/partner/..%2fweb", token: token.partner }, accessDenied),
    row("… nor by a backslash", { path: "/partner/..\\web", token: token.partner }, accessDenied),
    row("… nor by parameters", { path: "/partner/..;/web", token: token.partner }, accessDenied),
    row("… nor by encoding twice", { path: "/partner/%252e%252e/web", token: token.partner }, accessDenied),
    row("… nor the other way around", { path: "/web/../partner", token: token.web }, accessDenied),
    row(
      "a caller whom all of the rules admit gets through",
      { path: "/any/../web", token: token.web },
      allows("web"),
    ),
    row(
      "a caller whom one of the rules refuses does not",
      { path: "/any/../web", token: token.partner },
      accessDenied,
    ),
    row("without a token none of them is open", { path: "/partner/../web" }, missing),
    row(
      "a rule that every reading means is the only one",
      { path: "/web//x", token: token.web },
      allows("web"),
    ),
    row(
      "an optional rule does not open what another guards",
      { config: rules(optional, webOnly), path: "/optional/../web" },
      missing,
    ),
    row(
      "a report_only rule does not open what another guards",
      { config: rules(reported, webOnly), path: "/reported/../web" },
      missing,
    ),
    row(
      "a public rule does not open what another guards",
      { config: rules(open, webOnly), path: "/web/../open/x" },
      missing,
    ),
    row(
      "the scopes of all rules are asked for",
      { config: rules(a, b), path: "/a/../b", token: token.web },
      lacksScope("a b"),
    ),
    row(
      "a long ambiguous path may mean every path rule",
      { config: rules(webOnly), path: `/x//${long.repeat(7)}` },
      missing,
    ),
    row("a long plain path means what it says", { config: rules(webOnly), path: `/x/${long}` }, passes),
    row(
      "a long plain path is public where the rule says so",
      { config: { ...rules(open), global_auth: true }, path: `/open/${long}` },
      passes,
    ),
    row(
      "a long ambiguous path is never public",
      { config: { ...rules(open), global_auth: true }, path: `/open//${long}` },
      missing,
    ),
  ]
}
