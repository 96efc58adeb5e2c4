import { describe, expect, it } from "vitest"
import { compileDomain, matchDomain, readHost } from "./match-domain.js"

function matches(pattern: string, host: string, isPublic = false): boolean {
  const compiled = compileDomain(pattern)
  if (compiled === undefined) throw new Error(`${pattern} is no pattern`)
  return matchDomain([compiled], readHost(host), isPublic)
}

describe("a domain", () => {
  it.each([
    ["a.com", "a.com"],
    ["a.com", "A.COM"],
    ["A.com", "a.com"],
    ["a.com", "a.com:8080"],
    ["a.com", "a.com:"],
    ["a.com", "a.com."],
    ["a.com", "a.com.:443"],
    ["a.com.", "a.com"],
    ["*.a.com", "x.a.com"],
    ["*.a.com", "x.y.A.com:80"],
    ["api.*", "api.com"],
    ["api.*", "API.a.b.c"],
    ["*", "anything.example"],
    ["*", ""],
    ["*", "not a host"],
    ["[::1]", "[::1]:8080"],
    ["127.0.0.1", "127.0.0.1:80"],
  ])("%s matches the host %s, for a restricting and for a public rule", (pattern, host) => {
    expect([matches(pattern, host), matches(pattern, host, true)]).toEqual([true, true])
  })

  it.each([
    ["a.com", "b.com"],
    ["a.com", "x.a.com"],
    ["a.com", "a.com.evil.example"],
    ["a.com", ""],
    ["*.a.com", "a.com"],
    ["*.a.com", "evila.com"],
    ["*.a.com", "x.a.com.evil.example"],
    ["api.*", "api"],
    ["api.*", "apis.com"],
    ["api.*", "x.api.com"],
    ["xn--bcher-kva.example", "bucher.example"],
  ])("%s does not match the host %s", (pattern, host) => {
    expect([matches(pattern, host), matches(pattern, host, true)]).toEqual([false, false])
  })

  it.each([
    "user@a.com",
    "a.com/x",
    "a.com?x",
    "a.com#x",
    "a.com\\x",
    "a.com, b.com",
    "a..com",
    ".a.com",
    "-a .com",
    "a.com:80:80",
    "a.com:x",
    "b\u00fccher.example",
    "a%2ecom",
    "[::1",
    "\0",
  ])("no one knows what the host %o is: it is restricted under any name, and public under none", (host) => {
    expect([matches("z.example", host), matches("*.z.example", host), matches("z.*", host)]).toEqual([
      true,
      true,
      true,
    ])
    expect([matches("a.com", host, true), matches("*.com", host, true), matches("a.*", host, true)]).toEqual([
      false,
      false,
      false,
    ])
  })
})
