import type { Cast } from "../cast.js"
import { allows, passes, passesDespite, passesWith } from "../expectations.js"
import type { ConformanceRow, HeaderLine } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.8: identity headers belong to the gate. A client's own copies are gone whichever way the request goes through. */
export async function gateHeaderRows({ web, partner, local }: Cast): Promise<ConformanceRow[]> {
  const config = {
    global_auth: false,
    bypass_cors_preflight: true,
    consumers: [
      web.consumer({
        claims_to_headers: [
          { claim: "sub", header: "X-User" },
          { claim: "tag", header: "X-Tag", override: false },
        ],
      }),
      partner.consumer({ claims_to_headers: [{ claim: "org", header: "X-Org" }] }),
    ],
    rules: [
      { match: { path: "/public" }, public: true as const },
      { match: { path: "/guarded" }, allow: "any" as const },
      { match: { path: "/optional" }, allow: "any" as const, optional: true },
      { match: { path: "/reported" }, allow: ["web"], report_only: true },
      {
        match: { path: "/local" },
        consumers: [local.consumer({ claims_to_headers: [{ claim: "sub", header: "X-Local" }] })],
      },
    ],
  }
  const row = rowsOf("3.8", config)
  // In every spelling that means the same header, more than once, and beside headers that are nobody's.
  const headers: readonly HeaderLine[] = [
    ["X-Mse-Consumer", "web"],
    ["x-mse-consumer", "partner"],
    ["X-USER", "root"],
    ["x-user", "admin"],
    ["X-Org", "evil"],
    ["X-Local", "evil"],
    ["X-Tag", "mine"],
    ["X-Usage", "kept"],
    ["X-User-Agent", "kept"],
  ]
  const clean = { "x-user": null, "x-org": null, "x-local": null }
  const token = {
    web: await web.token(),
    partner: await partner.token({ org: "acme" }),
    local: await local.token(),
  }
  const named = { ...config, consumer_header: "X-Caller" }
  return [
    row(
      "spoofed identity: allowed",
      { path: "/guarded", headers, token: token.web },
      allows("web", { downstream: { ...clean, "x-user": "user-1" } }),
    ),
    row(
      "spoofed identity: allowed, another consumer",
      { path: "/guarded", headers, token: token.partner },
      allows("partner", { downstream: { ...clean, "x-org": "acme" } }),
    ),
    row(
      "spoofed identity: allowed by a rule of its own consumers",
      { path: "/local", headers, token: token.local },
      allows("local", { downstream: { ...clean, "x-local": "user-1" } }),
    ),
    row(
      "spoofed identity: allowed without the claim",
      { path: "/guarded", headers, token: await web.token({ sub: undefined }) },
      allows("web", { downstream: clean }),
    ),
    row("spoofed identity: no rule matches", { path: "/other", headers }, passesWith(clean)),
    row(
      "spoofed identity: no rule matches, with a token that nobody asked for",
      { path: "/other", headers, token: token.web },
      passesWith(clean),
    ),
    row("spoofed identity: public", { path: "/public", headers }, passesWith(clean)),
    row(
      "spoofed identity: public, with a token",
      { path: "/public", headers, token: token.web },
      passesWith(clean),
    ),
    row("spoofed identity: anonymous", { path: "/optional", headers }, passesWith(clean)),
    row(
      "spoofed identity: anonymous where code says so",
      { headers, requirement: { optional: true } },
      passesWith(clean),
    ),
    row(
      "spoofed identity: a preflight",
      {
        path: "/guarded",
        method: "OPTIONS",
        headers: [...headers, ["Origin", "https://app.example"], ["Access-Control-Request-Method", "GET"]],
      },
      passesWith(clean),
    ),
    row(
      "spoofed identity: reported, not refused",
      { path: "/reported", headers },
      { ...passesDespite("jwt_missing"), downstream: clean },
    ),
    row(
      "spoofed identity: reported, a known caller",
      { path: "/reported", headers, token: token.partner },
      { ...passesDespite("access_denied"), downstream: clean },
    ),
    row(
      "spoofed identity: another name for the consumer header, allowed",
      {
        config: named,
        path: "/guarded",
        headers: [
          ["x-caller", "root"],
          ["X-Mse-Consumer", "kept"],
        ],
        token: token.web,
      },
      allows("web", { downstream: { "x-user": "user-1" } }),
    ),
    row(
      "spoofed identity: another name for the consumer header, public",
      { config: named, path: "/public", headers: [["x-caller", "root"]] },
      passes,
    ),
    row(
      "consumer_header in other case is the same header",
      {
        config: { ...config, consumer_header: "x-mse-CONSUMER" },
        path: "/public",
        headers: [["X-Mse-Consumer", "web"]],
      },
      passes,
    ),
    row(
      "a consumer's name arrives word for word",
      {
        config: { global_auth: true, consumers: [{ ...web.consumer(), name: "Web app (v2), EU" }] },
        token: token.web,
      },
      allows("Web app (v2), EU"),
    ),
  ]
}
