import type { Cast } from "../cast.js"
import { missing, passes } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

type Case = readonly [name: string, pattern: string | readonly string[], host: string]

const covered: readonly Case[] = [
  ["the exact host", "shop.example.com", "shop.example.com"],
  ["a host in capitals (CVE-2021-39155)", "shop.example.com", "SHOP.Example.COM"],
  ["a pattern in capitals", "SHOP.Example.com", "shop.example.com"],
  ["a host with a port", "shop.example.com", "shop.example.com:8443"],
  ["a host with a trailing dot", "shop.example.com", "shop.example.com."],
  ["a host with a trailing dot and a port", "shop.example.com", "shop.example.com.:8443"],
  ["a pattern with a trailing dot", "shop.example.com.", "shop.example.com"],
  ["an IPv4 address with a port", "127.0.0.1", "127.0.0.1:3000"],
  ["an IPv6 address with a port", "[::1]", "[::1]:3000"],
  ["a subdomain under a wildcard", "*.example.com", "shop.example.com"],
  ["a deep subdomain under a wildcard", "*.example.com", "a.b.example.com"],
  ["a subdomain in capitals under a wildcard", "*.example.com", "SHOP.EXAMPLE.COM"],
  ["a subdomain with a port and a trailing dot under a wildcard", "*.example.com", "shop.example.com.:80"],
  ["any ending of a prefix", "shop.*", "shop.example.org"],
  ["any ending of a prefix, in capitals and with a port", "shop.*", "SHOP.TEST:80"],
  ["any host under *", "*", "anything.test"],
  ["an empty host under *", "*", ""],
]

const notCovered: readonly Case[] = [
  ["another host", "shop.example.com", "api.example.com"],
  ["a subdomain of an exact host", "shop.example.com", "a.shop.example.com"],
  ["a host that only begins with the pattern", "shop.example.com", "shop.example.com.evil.test"],
  ["a host that only ends with the pattern", "shop.example.com", "evil-shop.example.com"],
  ["the bare suffix of a wildcard", "*.example.com", "example.com"],
  ["a host that ends like a wildcard without its dot", "*.example.com", "evilexample.com"],
  ["a wildcard's suffix in the middle", "*.example.com", "shop.example.com.evil.test"],
  ["the bare prefix", "shop.*", "shop"],
  ["a longer first label than the prefix", "shop.*", "shopping.example.com"],
  ["the prefix as a second label", "shop.*", "www.shop.example.com"],
  ["an empty host", "shop.example.com", ""],
]

/** 3.1: domains, each in both directions: a guarded one is not avoided, a public one not widened. */
export async function hostRows({ web }: Cast): Promise<ConformanceRow[]> {
  const consumers = [web.consumer()]
  const guarded = (domain: Case[1]) => ({
    global_auth: false,
    consumers,
    rules: [{ match: { domain }, allow: "any" as const }],
  })
  const open = (domain: Case[1]) => ({
    global_auth: true,
    consumers,
    rules: [{ match: { domain }, public: true as const }],
  })
  const guardedPath = {
    global_auth: false,
    consumers,
    rules: [{ match: { path: "/admin/*" }, allow: "any" as const }],
  }
  const row = rowsOf("3.1", guarded("*"))
  return [
    ...covered.flatMap(([name, pattern, host]) => [
      row(`domain ${pattern}: guards ${name}`, { config: guarded(pattern), host }, missing),
      row(`domain ${pattern}: opens ${name}`, { config: open(pattern), host }, passes),
    ]),
    ...notCovered.flatMap(([name, pattern, host]) => [
      row(`domain ${pattern}: does not guard ${name}`, { config: guarded(pattern), host }, passes),
      row(`domain ${pattern}: does not open ${name}`, { config: open(pattern), host }, missing),
    ]),
    // Nobody can say which of the two names the next layer takes.
    row(
      "two hosts in one header do not avoid a guarded domain",
      { config: guarded("shop.example.com"), host: "evil.test,shop.example.com" },
      missing,
    ),
    row(
      "two hosts in one header do not open a public domain",
      { config: open("shop.example.com"), host: "shop.example.com,evil.test" },
      missing,
    ),
    row(
      "user information before another host does not avoid a guarded domain",
      { config: guarded("shop.example.com"), host: "evil.test:80@shop.example.com" },
      missing,
    ),
    row(
      "user information that looks like a public domain does not open it (CVE-2026-27959)",
      { config: open("shop.example.com"), host: "shop.example.com:80@evil.test" },
      missing,
    ),
    // RFC 9112 §3.2.2: the host of such a target comes before the Host header, and not for every layer.
    row(
      "an absolute target of a guarded domain does not avoid it by another Host header",
      { config: guarded("shop.example.com"), host: "evil.test", path: "http://shop.example.com/" },
      missing,
    ),
    row(
      "an absolute target of another host does not open a public domain",
      { config: open("shop.example.com"), host: "shop.example.com", path: "http://evil.test/" },
      missing,
    ),
    // Where a server makes a URL of the two, the path must not hide in what is no host.
    ...["?", "#", "\\", ":80?"].map((end) =>
      row(
        `a host that ends in ${end} does not avoid a guarded path`,
        { config: guardedPath, host: `shop.example.com${end}`, path: "/admin/x" },
        missing,
      ),
    ),
    row(
      "X-Forwarded-Host from a client does not avoid a guarded domain",
      {
        config: guarded("shop.example.com"),
        host: "shop.example.com",
        headers: [["X-Forwarded-Host", "open.test"]],
      },
      missing,
    ),
    row(
      "X-Forwarded-Host from a client does not open a public domain",
      {
        config: open("open.test"),
        host: "shop.example.com",
        headers: [
          ["X-Forwarded-Host", "open.test"],
          ["Forwarded", "host=open.test"],
          ["X-Host", "open.test"],
        ],
      },
      missing,
    ),
  ]
}
