import { describe, expect, it } from "vitest"
import type { Rule } from "../../src/index.js"
import { consumer, gate, judge, mintKey, request } from "../keyring.js"

// Patterns of hosts are as hard to get around, and as hard to widen, as whole names.

const key = await mintKey("ES256")
const consumers = [consumer(key, { name: "admin", issuer: "admin" }), consumer(key)]
const missing = "jwt_missing: token_missing"

const restricting = (domain: string): Rule => ({ match: { domain }, allow: ["admin"] })
const opening = (domain: string): Rule => ({ match: { domain }, public: true })

async function verdicts(rule: Rule, global_auth: boolean, hosts: readonly string[]) {
  const door = gate(consumers, { rules: [rule], global_auth })
  return Promise.all(hosts.map(async (host) => [host, await judge(door, request({ host }))]))
}

const every = (hosts: readonly string[], verdict: string) => hosts.map((host) => [host, verdict])

describe("a star", () => {
  const below = ["a.example.com", "a.b.example.com", "A.EXAMPLE.com:80", "a.example.com."]
  const notBelow = [
    "example.com",
    "EXAMPLE.COM",
    "example.com.",
    "xexample.com",
    "a.example.com.evil.com",
    "example.com.a",
  ]

  it("before the dot is every subdomain, and not the bare domain", async () => {
    expect(await verdicts(restricting("*.example.com"), false, below)).toEqual(every(below, missing))
    expect(await verdicts(restricting("*.example.com"), false, notBelow)).toEqual(every(notBelow, "pass"))
    expect(await verdicts(opening("*.example.com"), true, notBelow)).toEqual(every(notBelow, missing))
  })

  it("is not avoided, and not widened, by a host that is no host", async () => {
    const tricks = [
      ".example.com",
      "..example.com",
      "evil.com/.example.com",
      "evil.com#.example.com",
      "a@b.example.com",
      "a.example.com,b",
    ]
    expect(await verdicts(restricting("*.example.com"), false, tricks)).toEqual(every(tricks, missing))
    expect(await verdicts(opening("*.example.com"), true, tricks)).toEqual(every(tricks, missing))
    expect(await verdicts(opening("example.*"), true, tricks)).toEqual(every(tricks, missing))
  })

  it("after the dot is every ending, and not the bare beginning", async () => {
    const hosts = ["api.example.com", "API.x", "api.x.:80"]
    expect(await verdicts(restricting("api.*"), false, hosts)).toEqual(every(hosts, missing))
    const rest = ["api", "api.", "xapi.example.com", "x.api.example.com"]
    expect(await verdicts(restricting("api.*"), false, rest)).toEqual(every(rest, "pass"))
    expect(await verdicts(opening("api.*"), true, rest)).toEqual(every(rest, missing))
  })

  it("alone is every host, and none", async () => {
    const hosts = ["", "x", "x@y", "[::1]"]
    expect(await verdicts(restricting("*"), false, hosts)).toEqual(every(hosts, missing))
    expect(await verdicts(opening("*"), true, hosts)).toEqual(every(hosts, "pass"))
  })
})

describe("an IPv6 address", () => {
  it("is a host as it stands in brackets, with and without a port", async () => {
    const hosts = ["[2001:db8::1]", "[2001:DB8::1]", "[2001:db8::1]:8443"]
    expect(await verdicts(restricting("[2001:db8::1]"), false, hosts)).toEqual(every(hosts, missing))
    const rest = ["[2001:db8::2]", "[::1]"]
    expect(await verdicts(opening("[2001:db8::1]"), true, rest)).toEqual(every(rest, missing))
  })
})

describe("no host at all", () => {
  const empty = ["", ":80", ".", ".:80"]

  it("is never public under a rule for a domain", async () => {
    for (const domain of ["admin.example.com", "*.example.com", "admin.*"])
      expect(await verdicts(opening(domain), true, empty)).toEqual(every(empty, missing))
  })

  it("is no way around a default that authenticates", async () => {
    expect(await verdicts(restricting("admin.example.com"), true, empty)).toEqual(every(empty, missing))
  })
})
