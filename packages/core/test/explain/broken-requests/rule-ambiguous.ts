import type { BrokenRequest } from "../broken-request.js"
import { anonymous, asWeb } from "./rule-situations.js"

/** Requests whose path or host can be read in several ways (decision 002). */
export const ruleAmbiguous: readonly BrokenRequest[] = [
  {
    name: "a public rule does not hold for a path with an empty segment",
    situation: () =>
      anonymous([{ name: "docs", match: { path: "/docs/*" }, public: true }], {
        path: "//docs/intro?page=2",
      }),
    at: "rule",
    hint: 'The path has "//", which routers and proxies read differently, so the public rule rules[0] "docs" does not apply. Send the path without that.',
  },
  {
    name: "a public rule does not hold for a path with an encoded slash",
    situation: () =>
      anonymous([{ match: { path: "/files/*" }, public: true }], { path: "/files/2024%2Freport" }),
    at: "rule",
    hint: "The path has an encoded slash (%2f), which routers and proxies read differently, so the public rule rules[0] does not apply. Send the path without that.",
  },
  {
    name: "two rules apply together to an ambiguous path, and nobody satisfies both",
    situation: () =>
      asWeb(
        [
          { name: "admin", match: { path: "/admin/*" }, allow: ["partner"] },
          { name: "shop", match: { path: "/shop/*" }, allow: ["web"] },
        ],
        { path: "/shop/../admin" },
      ),
    at: "rule",
    hint: 'The path has "." or ".." as a segment, which routers and proxies read differently, so rules[0] "admin" and rules[1] "shop" apply together, and nobody satisfies all of them. Send the path without that.',
  },
  {
    name: "two rules apply together to an ambiguous path, and one of them asks for a scope",
    situation: () =>
      asWeb(
        [
          { match: { path: "/admin/*" }, allow: ["web"], scopes: ["admin"] },
          { match: { path: "/shop/*" }, allow: ["web"] },
        ],
        { path: "/shop;v=1/admin" },
      ),
    at: "rule",
    hint: 'The path has a ";", which routers and proxies read differently, so rules[0] and rules[1] apply together, and the caller has to satisfy all of them. Send the path without that.',
  },
  {
    name: "two rules apply together because the host is none",
    situation: () =>
      asWeb(
        [
          { match: { domain: "a.example.com" }, allow: ["partner"] },
          { match: { domain: "b.example.com" }, allow: ["web"] },
        ],
        { host: "b.example.com,a.example.com" },
      ),
    at: "rule",
    hint: "The host is not a host name, or not that of the target, so rules[0] and rules[1] apply together, and nobody satisfies all of them.",
  },
]
