import type { Rule, RuleMatch } from "../../config/document.js"
import type { Cast } from "../cast.js"
import { accessDenied, allows, missing, passes } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.1: the order of rules, and their fields but for domain and path, which have files of their own. */
export async function ruleRows({ web, partner }: Cast): Promise<ConformanceRow[]> {
  const consumers = [web.consumer(), partner.consumer()]
  const rules = (...list: readonly Rule[]) => ({ global_auth: false, consumers, rules: list })
  const guarded = (match: RuleMatch) => rules({ match, allow: ["web"] })
  const open = (match: RuleMatch) => ({
    global_auth: true,
    consumers,
    rules: [{ match, public: true as const }],
  })
  const row = rowsOf("3.1", rules())
  const token = { web: await web.token(), partner: await partner.token() }

  const tree: Rule = { match: { path: "/a/*" }, public: true }
  const leaf: Rule = { match: { path: "/a/b" }, allow: ["web"] }
  const order = [
    row(
      "the first matching rule decides: public before allow",
      { config: rules(tree, leaf), path: "/a/b" },
      passes,
    ),
    row(
      "the first matching rule decides: allow before public",
      { config: rules(leaf, tree), path: "/a/b" },
      missing,
    ),
    row(
      "a rule that does not match leaves it to the next",
      { config: rules(leaf, tree), path: "/a/c" },
      passes,
    ),
    row(
      "two allow rules for one path: the first one's consumers",
      { config: rules(leaf, { ...leaf, allow: ["partner"] }), path: "/a/b", token: token.partner },
      accessDenied,
    ),
    row("an empty match is every request", { config: guarded({}), path: "/any", method: "PUT" }, missing),
  ]

  const all = { domain: "shop.example.com", path: "/cart", method: "POST", route: "cart" }
  const request = { host: "shop.example.com", path: "/cart", method: "POST", route: "cart" }
  const fields = [
    row("a rule with four fields holds when all four match", { config: guarded(all), ...request }, missing),
    row("… and not on another domain", { config: guarded(all), ...request, host: "api.example.com" }, passes),
    row("… and not on another path", { config: guarded(all), ...request, path: "/carts" }, passes),
    row("… and not for another method", { config: guarded(all), ...request, method: "PUT" }, passes),
    row("… and not on another route", { config: guarded(all), ...request, route: "cart-2" }, passes),
    row(
      "a public rule with four fields holds when all four match",
      { config: open(all), ...request },
      passes,
    ),
    row(
      "a public rule does not hold on three fields of four",
      { config: open(all), ...request, method: "PUT" },
      missing,
    ),
    row(
      "of several values in a field, any may match: the last path",
      { config: guarded({ path: ["/a", "/b"] }), path: "/b" },
      missing,
    ),
    row(
      "of several values in a field, any may match: the last domain",
      { config: guarded({ domain: ["a.test", "b.test"] }), host: "b.test" },
      missing,
    ),
    row(
      "of several values in a field, one must match",
      { config: guarded({ method: ["PUT", "POST"] }) },
      passes,
    ),
  ]

  const methods = [
    row(
      "a GET rule covers HEAD, which routers answer with GET",
      { config: guarded({ method: "GET" }), method: "HEAD" },
      missing,
    ),
    row("a public GET rule covers HEAD", { config: open({ method: "GET" }), method: "HEAD" }, passes),
    row("a HEAD rule does not cover GET", { config: guarded({ method: "HEAD" }) }, passes),
    row("a public HEAD rule does not open GET", { config: open({ method: "HEAD" }) }, missing),
    row("a GET rule does not cover POST", { config: guarded({ method: "GET" }), method: "POST" }, passes),
    row(
      "a public GET rule does not open DELETE",
      { config: open({ method: "GET" }), method: "DELETE" },
      missing,
    ),
    row(
      "a method in the config may be in lower case",
      { config: guarded({ method: "post" }), method: "POST" },
      missing,
    ),
    row(
      "a request method in lower case does not avoid a rule",
      {
        config: guarded({ method: "POST" }),
        method: "post",
        coreOnly: "Node refuses unknown methods, other servers may not",
      },
      missing,
    ),
    row(
      "a method with an extension verb",
      { config: guarded({ method: "PROPFIND" }), method: "PROPFIND" },
      missing,
    ),
  ]

  const routes = [
    row(
      "a route rule holds for the route of that name",
      { config: guarded({ route: "a" }), route: "a" },
      missing,
    ),
    row(
      "a route rule lets its consumer in",
      { config: guarded({ route: "a" }), route: "a", token: token.web },
      allows("web"),
    ),
    row(
      "a route rule refuses another consumer",
      { config: guarded({ route: "a" }), route: "a", token: token.partner },
      accessDenied,
    ),
    row(
      "a route rule does not hold for another route",
      { config: guarded({ route: "a" }), route: "b" },
      passes,
    ),
    row(
      "a route rule does not hold for a request without a route",
      { config: guarded({ route: "a" }) },
      passes,
    ),
    row("a public route rule opens that route", { config: open({ route: "a" }), route: "a" }, passes),
    row("a public route rule opens no other route", { config: open({ route: "a" }), route: "b" }, missing),
    row("a public route rule opens nothing without a route", { config: open({ route: "a" }) }, missing),
    row(
      "of several routes, any may be the one",
      { config: guarded({ route: ["a", "b"] }), route: "b" },
      missing,
    ),
  ]
  return [...order, ...fields, ...methods, ...routes]
}
