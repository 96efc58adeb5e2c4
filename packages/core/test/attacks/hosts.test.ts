import { describe, expect, it } from "vitest"
import type { Rule } from "../../src/index.js"
import { bearer, consumer, gate, issuer, judge, mintKey, now, request, sign } from "../keyring.js"

// A Host header is the client's word. A spelling that somebody reads as a restricted host is restricted; one that nobody
// can be sure of is never public (CVE-2021-39155, CVE-2026-27959).

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

/** Spellings of admin.example.com that are one and the same host (RFC 9110 §4.2.3, RFC 1034 §3.1). */
const same = [
  ...[
    "admin.example.com",
    "ADMIN.example.com",
    "Admin.Example.COM",
    "admin.example.com.",
    "ADMIN.EXAMPLE.COM.",
  ],
  ...["admin.example.com:80", "admin.example.com:443", "admin.example.com:", "admin.example.com.:8080"],
  ...["admin.example.com:00000000080", "admin.example.com:99999"],
]

/** No host names, though some layer may read them as admin.example.com, or route to it. */
const malformed = [
  ...[
    "x@admin.example.com",
    "u:p@admin.example.com",
    "admin.example.com@x",
    "admin.example.com:x@y",
    "evil:x@good",
  ],
  ...[
    "admin.example.com,x.example.com",
    "x.example.com, admin.example.com",
    "x.example.com admin.example.com",
  ],
  ...[
    " admin.example.com",
    "admin.example.com ",
    "admin.example.com\t",
    "admin.example.com\0",
    "\nadmin.example.com",
  ],
  ...[
    "admin.example.com/",
    "admin.example.com/x",
    "x/admin.example.com",
    "admin.example.com?x",
    "admin.example.com#x",
  ],
  ...[
    "http://admin.example.com",
    "//admin.example.com",
    "admin.example.com\\x",
    "admin.example.com;x",
    "admin.example.com%00",
  ],
  ...[
    "%61dmin.example.com",
    "admin%2eexample.com",
    "ａdmin.example.com",
    "admin。example.com",
    "admin.example.com:80:80",
  ],
  ...[
    "admin.example.com:80x",
    "admin.example.com:-1",
    "admin.example.com: 80",
    "admin.example.com..",
    ".admin.example.com",
  ],
  ...[
    "admin..example.com",
    "..",
    "[admin.example.com]",
    "[::1",
    "::1",
    "[::1]x",
    "[]",
    "*",
    "*.example.com",
    "admin.example.com:80.",
  ],
]

/** Good names of other hosts. */
const others = [
  ...[
    "x.example.com",
    "example.com",
    "admin.example.com.evil.com",
    "xadmin.example.com",
    "admin.example.comx",
  ],
  ...[
    "x.admin.example.com",
    "admin-example.com",
    "admin.example",
    "127.0.0.1",
    "[::1]",
    "[::1]:80",
    "localhost",
  ],
]

describe("a rule that restricts admin.example.com", () => {
  const rule = restricting("admin.example.com")

  it("is not avoided by case, port or a trailing dot", async () => {
    expect(await verdicts(rule, false, same)).toEqual(every(same, missing))
  })

  it("is not avoided by a host that is no host: such a host is always restricted", async () => {
    expect(await verdicts(rule, false, malformed)).toEqual(every(malformed, missing))
  })

  it("is about no other host", async () => {
    expect(await verdicts(rule, false, others)).toEqual(every(others, "pass"))
  })

  it("does not let in a consumer who may not, by any spelling", async () => {
    const token = await sign(key, { payload: { iss: issuer, exp: now + 60 } })
    const door = gate(consumers, { rules: [rule], global_auth: false })
    for (const host of [...same, ...malformed]) {
      expect(await judge(door, bearer(token, { host })), host).toBe("access_denied: consumer_not_allowed")
    }
  })

  it("is written in any case and with a trailing dot itself", async () => {
    for (const domain of ["Admin.Example.Com", "admin.example.com."]) {
      expect(await verdicts(restricting(domain), false, same)).toEqual(every(same, missing))
    }
  })
})

describe("a public rule for admin.example.com", () => {
  const rule = opening("admin.example.com")

  it("is not widened to a host that is no host, nor to another one", async () => {
    const closed = [...malformed, ...others]
    expect(await verdicts(rule, true, closed)).toEqual(every(closed, missing))
  })

  it("is open to the host itself, however it is written", async () => {
    expect(await verdicts(rule, true, same)).toEqual(every(same, "pass"))
  })
})
