import type { BrokenRequest } from "../broken-request.js"
import { ruleAmbiguous } from "./rule-ambiguous.js"
import { anonymous, asWeb, unset } from "./rule-situations.js"

const unsetPass =
  "No rule matches and global_auth is not set: since a rule has allow or consumers, everything else passes without a token. Set global_auth to true, or to false if that is meant."

export const rule: readonly BrokenRequest[] = [
  {
    name: "global_auth is not set, and no rule matches: everything else passes",
    situation: () => unset([{ match: { path: "/admin/*" }, allow: "any" }], { path: "/orders" }),
    at: "rule",
    hint: unsetPass,
  },
  {
    name: "global_auth is not set, and all rules are public: everything else needs a token",
    situation: () => unset([{ match: { path: "/docs/*" }, public: true }], { path: "/orders" }),
    at: "rule",
    hint: "No rule matches and global_auth is not set: since all rules are public, everything else needs a token. Set global_auth: true to say so. With false, nobody would ask for one.",
  },
  {
    name: "a restricting rule has a slip in its path, and nothing restricts the request",
    situation: () =>
      unset([{ name: "orders", match: { path: "/ordres/*" }, allow: "any" }], { path: "/orders/1" }),
    at: "rule",
    hint: `rules[0] "orders" is for "/ordres/*", and this path differs from that in a letter or two. Correct the one or the other, if both are meant to be the same. ${unsetPass}`,
  },
  {
    name: "a public rule is for a path alone, and the request is below it",
    situation: () => anonymous([{ match: { path: "/health" }, public: true }], { path: "/health/live" }),
    at: "rule",
    hint: 'rules[0] is for "/health" alone, and this path is below it. Write "/health/*" to cover both, if that is meant.',
  },
  {
    name: "a rule leaves out what a router is mounted at",
    situation: () => anonymous([{ match: { path: "/docs/*" }, public: true }], { path: "/api/docs/intro" }),
    at: "rule",
    hint: 'rules[0] is for "/docs/*", and this path has "/api" in front of that. Rules see the path as the client sent it. If a router is mounted at "/api", write "/api/docs/*".',
  },
  {
    name: "*.example.com does not cover example.com",
    situation: () =>
      anonymous([{ match: { domain: "*.example.com" }, public: true }], { host: "example.com:8080" }),
    at: "rule",
    hint: 'rules[0] is for "*.example.com", which does not cover "example.com" itself. List both, if that is meant.',
  },
  {
    name: "a rule is for a domain, and the host is below it",
    situation: () =>
      anonymous([{ match: { domain: "api.example.com", path: "/docs" }, public: true }], {
        host: "www.api.example.com",
        path: "/docs",
      }),
    at: "rule",
    hint: 'rules[0] is for "api.example.com" alone, and this host is below it. Add "*.api.example.com", if that is meant.',
  },
  {
    name: "a rule is for a subdomain, and the request went to the domain",
    situation: () =>
      anonymous([{ match: { domain: "docs.example.com" }, public: true }], { host: "example.com" }),
    at: "rule",
    hint: 'rules[0] is for "docs.example.com", and this request went to "example.com". Send the request there, or list both, if that is meant.',
  },
  {
    name: "a rule has a slip in its domain",
    situation: () =>
      anonymous([{ match: { domain: "*.exmaple.com" }, public: true }], { host: "api.example.com" }),
    at: "rule",
    hint: 'rules[0] is for "*.exmaple.com", and the host "api.example.com" differs from that in a letter or two. Correct the one or the other, if both are meant to be the same.',
  },
  {
    name: "a rule is for another method",
    situation: () =>
      anonymous([{ match: { path: "/orders", method: ["GET", "put"] }, public: true }], {
        path: "/orders",
        method: "POST",
      }),
    at: "rule",
    hint: 'rules[0] matches but for the method: it is for GET or PUT, and this request is "POST".',
  },
  {
    name: "a rule writes a route otherwise than the code",
    situation: () =>
      anonymous([{ match: { route: "list-orders" }, public: true }], {}, { route: "listOrders" }),
    at: "rule",
    hint: 'rules[0] is for the route "list-orders", and the code calls this one "listOrders". Write it alike in both, if both are meant to be the same.',
  },
  {
    name: "a public rule for everything comes before one that restricts",
    situation: () =>
      asWeb(
        [
          { match: { path: "/*" }, public: true },
          { name: "orders", match: { path: "/orders/*" }, allow: ["web"] },
        ],
        { path: "/orders/1" },
      ),
    at: "rule",
    hint: 'rules[0] comes first and is public, so nobody asks for a token here, and rules[1] "orders" matches too and would ask for one. Put rules[1] "orders" before it, if that is meant.',
  },
  {
    name: "a public rule for all subdomains comes before that for one of them",
    situation: () =>
      anonymous(
        [
          { match: { domain: "*.example.com" }, public: true },
          { match: { domain: "api.example.com" }, allow: "any" },
        ],
        {},
      ),
    at: "rule",
    hint: "rules[0] comes first and is public, so nobody asks for a token here, and rules[1] matches too and would ask for one. Put rules[1] before it, if that is meant.",
  },
  {
    name: "the rule that was meant comes after a broader one",
    situation: () =>
      asWeb(
        [
          { name: "all orders", match: { path: "/orders/*" }, allow: ["partner"] },
          { name: "list", match: { path: "/orders", method: "GET" }, allow: ["web"] },
        ],
        { path: "/orders" },
      ),
    at: "rule",
    hint: 'rules[0] "all orders" comes first and decides, and rules[1] "list" matches too and is closer. Put rules[1] "list" before it, if that is meant.',
  },
  {
    name: "the rule that allows this consumer differs from the path in a letter",
    situation: () =>
      asWeb(
        [
          { match: { path: "/partner/invoices" }, allow: ["web"] },
          { match: { path: "/partner/*" }, allow: ["partner"] },
        ],
        { path: "/partner/invoice" },
      ),
    at: "rule",
    hint: 'rules[0] is for "/partner/invoices", and this path differs from that in a letter or two. Correct the one or the other, if both are meant to be the same.',
  },
  ...ruleAmbiguous,
  {
    name: "code refuses a consumer that a rule names",
    situation: async () => ({
      ...(await asWeb([{ name: "orders", match: { path: "/orders/*" }, allow: ["web"] }], {
        path: "/orders",
      })),
      requirement: { allow: ["partner"] },
    }),
    at: "rule",
    hint: 'The code itself says who may call here, so the rules are not asked, and rules[0] "orders", which allows "web", does not apply. Use auth.route(name) there, if the rule is meant to decide.',
  },
]
