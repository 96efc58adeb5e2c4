import type { JwtAuthConfig } from "../../config/document.js"
import { type Cast, forged } from "../cast.js"
import { accessDenied, allows, fails, lacksScope, missing, passes } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 4: what code asks for stands in for the rules and `global_auth`; a route name is looked up in the rules. */
export async function requirementRows({ web, partner, local, stranger }: Cast): Promise<ConformanceRow[]> {
  const consumers = [web.consumer(), partner.consumer()]
  const config: JwtAuthConfig = {
    global_auth: false,
    consumers,
    rules: [
      { match: { path: "/public" }, public: true },
      { match: { path: "/partner" }, allow: ["partner"] },
      { match: { path: "/scoped" }, allow: "any", scopes: ["a"] },
      { match: { path: "/optional" }, allow: "any", optional: true },
      { match: { path: "/reported" }, allow: "any", report_only: true },
      { match: { route: "web-route" }, allow: ["web"] },
      { match: { route: "scoped-route" }, allow: ["web"], scopes: ["a"] },
      { match: { route: "public-route" }, public: true },
      { match: { route: "local-route" }, consumers: [local.consumer()] },
      { match: { route: "bound-route", path: "/here" }, allow: ["web"] },
    ],
  }
  const strict = { ...config, global_auth: true }
  const row = rowsOf("4", config)
  const token = {
    web: await web.token(),
    partner: await partner.token(),
    local: await local.token(),
    bad: await forged(web, stranger),
  }
  const a = await web.token({ scope: "a" })
  const ab = await web.token({ scope: "a b" })

  const webOnly = { requirement: { allow: ["web"] } }
  const any = { requirement: { allow: "any" as const } }
  const verbs = [
    row("allow: no token", webOnly, missing),
    row("allow: the consumer", { ...webOnly, token: token.web }, allows("web")),
    row("allow: another consumer", { ...webOnly, token: token.partner }, accessDenied),
    row("allow: a bad token", { ...webOnly, token: token.bad }, fails),
    row(
      "allow: two consumers",
      { requirement: { allow: ["partner", "web"] }, token: token.web },
      allows("web"),
    ),
    row(
      "allow: a consumer that the config does not have admits nobody",
      {
        requirement: { allow: ["nobody"] },
        token: token.web,
        coreOnly: "an adapter refuses the name when the route is set up",
      },
      accessDenied,
    ),
    row("any: no token", any, missing),
    row("any: a consumer", { ...any, token: token.partner }, allows("partner")),
    row("any: a bad token", { ...any, token: token.bad }, fails),
    row("any: a rule's own consumer is none of them", { ...any, token: token.local }, fails),
  ]
  const stands = [
    row("allow stands in for a public rule", { ...webOnly, path: "/public" }, missing),
    row(
      "allow stands in for an allow rule",
      { ...webOnly, path: "/partner", token: token.web },
      allows("web"),
    ),
    row(
      "allow stands in for a rule with scopes",
      { ...webOnly, path: "/scoped", token: token.web },
      allows("web"),
    ),
    row("allow stands in for an optional rule", { ...webOnly, path: "/optional" }, missing),
    row("allow stands in for a report_only rule", { ...webOnly, path: "/reported" }, missing),
    row("allow stands in for global_auth", { ...webOnly, path: "/other" }, missing),
    row("an empty requirement leaves it to the rules: open", { requirement: {}, path: "/public" }, passes),
    row(
      "an empty requirement leaves it to the rules: guarded",
      { requirement: {}, path: "/partner" },
      missing,
    ),
    row(
      "an empty requirement leaves it to global_auth",
      { config: strict, requirement: {}, path: "/other" },
      missing,
    ),
  ]
  const optional = { requirement: { optional: true } }
  const optionalWeb = { requirement: { allow: ["web"], optional: true } }
  const anonymous = [
    row("optional: no token is anonymous", { ...optional, config: strict }, passes),
    row("optional: a consumer", { ...optional, token: token.web }, allows("web")),
    row("optional: a bad token is refused all the same", { ...optional, token: token.bad }, fails),
    row("optional: an empty token is none", { ...optional, path: "/?access_token=" }, passes),
    row("optional: stands in for an allow rule", { ...optional, path: "/partner" }, passes),
    row("optional for a consumer: no token", optionalWeb, passes),
    row("optional for a consumer: that one", { ...optionalWeb, token: token.web }, allows("web")),
    row("optional for a consumer: another one", { ...optionalWeb, token: token.partner }, accessDenied),
    row("optional false is any", { requirement: { optional: false } }, missing),
  ]
  const scoped = { requirement: { scopes: ["a", "b"] } }
  const scopes = [
    row("scopes alone ask for any consumer", scoped, missing),
    row("scopes alone stand in for an allow rule", { ...scoped, path: "/partner", token: ab }, allows("web")),
    row("scopes alone stand in for an optional rule", { ...scoped, path: "/optional" }, missing),
    row("scopes: all there", { ...scoped, token: ab }, allows("web")),
    row("scopes: one lacking", { ...scoped, token: a }, lacksScope("a b")),
    row(
      "scopes and allow: another consumer",
      { requirement: { allow: ["partner"], scopes: ["a"] }, token: ab },
      accessDenied,
    ),
    row(
      "scopes and allow: all there",
      { requirement: { allow: ["web"], scopes: ["a"] }, token: a },
      allows("web"),
    ),
    row("scopes and optional: no token", { requirement: { optional: true, scopes: ["a"] } }, passes),
    row(
      "scopes and optional: one lacking",
      { requirement: { optional: true, scopes: ["b"] }, token: a },
      lacksScope("b"),
    ),
  ]
  const route = (name: string) => ({ requirement: { route: name } })
  const routes = [
    row("route: the rule of that name, no token", route("web-route"), missing),
    row(
      "route: the rule of that name, its consumer",
      { ...route("web-route"), token: token.web },
      allows("web"),
    ),
    row(
      "route: the rule of that name, another consumer",
      { ...route("web-route"), token: token.partner },
      accessDenied,
    ),
    row("route: a public rule of that name", { config: strict, ...route("public-route") }, passes),
    row(
      "route: the consumers of that rule",
      { ...route("local-route"), token: token.local },
      allows("local"),
    ),
    row("route: a name that no rule has leaves it to global_auth false", route("no-route"), passes),
    row(
      "route: a name that no rule has leaves it to global_auth true",
      { config: strict, ...route("no-route") },
      missing,
    ),
    row(
      "route: the first rule wins, also when it is not by route",
      { ...route("web-route"), path: "/public" },
      passes,
    ),
    row("route: the other fields of the rule hold", { ...route("bound-route"), path: "/here" }, missing),
    row(
      "route: the other fields of the rule do not hold",
      { ...route("bound-route"), path: "/there" },
      passes,
    ),
    row(
      "route and allow: allow stands in for the rule",
      { requirement: { route: "public-route", allow: ["web"] } },
      missing,
    ),
    row(
      "route and scopes: on top of the rule's, all there",
      { requirement: { route: "scoped-route", scopes: ["b"] }, token: ab },
      allows("web"),
    ),
    row(
      "route and scopes: on top of the rule's, one lacking",
      { requirement: { route: "scoped-route", scopes: ["b"] }, token: a },
      lacksScope("a b"),
    ),
    row(
      "route and scopes: on a public rule they ask for a consumer",
      { requirement: { route: "public-route", scopes: ["a"] } },
      missing,
    ),
  ]
  return [...verbs, ...stands, ...anonymous, ...scopes, ...routes]
}
