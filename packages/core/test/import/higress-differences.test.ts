import { describe, expect, it } from "vitest"
import { fromHigress } from "../../src/import/index.js"
import { type AuthRequest, createAuthenticator } from "../../src/index.js"
import { consumerOf, hs256, newSecret, now, requestTo } from "../properties/tokens.js"

// What is otherwise here although the gateway's config is the same: each with the note that says so.

const secret = newSecret()
const web = consumerOf("web", secret)
const token = (claims: object = {}, header: object = {}) => hs256(secret, { iss: "web", ...claims }, header)
const bearer = (text: string, fields: Partial<AuthRequest> = {}) => ({ ...requestTo("/", text), ...fields })
const publicSite = { _match_domain_: ["site.example"], _disable_: true }

interface Difference {
  readonly name: string
  readonly source?: object
  readonly request: AuthRequest
  /** What the gateway does. */
  readonly there: "let through" | "refused"
  readonly note: RegExp
}

const differences: readonly Difference[] = [
  {
    name: "a token without exp",
    request: bearer(token({ exp: undefined })),
    there: "let through",
    note: /without exp/,
  },
  {
    name: "exp and the skew are this very second",
    request: bearer(token({ exp: now - 60 })),
    there: "let through",
    note: /in the second exp/,
  },
  {
    name: "iat in the future",
    request: bearer(token({ iat: now + 600 })),
    there: "let through",
    note: /iat is not compared/,
  },
  {
    name: "a token with crit",
    request: bearer(token({}, { crit: ["exp"] })),
    there: "let through",
    note: /crit/,
  },
  {
    name: "the prefix in the middle of the header",
    request: { ...requestTo("/", ""), headers: { authorization: `Token Bearer ${token()}` } },
    there: "let through",
    note: /a prefix may stand anywhere/,
  },
  {
    name: "the prefix in small letters",
    request: { ...requestTo("/", ""), headers: { authorization: `bearer ${token()}` } },
    there: "refused",
    note: /in this case only/,
  },
  {
    name: "a second token that is not good",
    request: bearer(token(), { path: "/?access_token=x" }),
    there: "refused",
    note: /every token of a request must be good/,
  },
  {
    name: "a public host in capitals",
    source: { _rules_: [publicSite] },
    request: { method: "GET", host: "SITE.example", path: "/", headers: {} },
    there: "refused",
    note: /letter by letter/,
  },
  {
    name: "no header of enable_headers",
    source: { enable_headers: ["x-auth"] },
    request: { method: "GET", host: "a", path: "/", headers: {} },
    there: "let through",
    note: /needs no token/,
  },
  {
    name: "a rule's own consumers while global_auth is false",
    source: {
      global_auth: false,
      _rules_: [{ _match_route_: ["r"], consumers: [consumerOf("own", secret)] }],
    },
    request: { method: "GET", host: "a", path: "/", route: "r", headers: {} },
    there: "let through",
    note: /since global_auth is false/,
  },
]

describe("a request that is decided otherwise on purpose", () => {
  it.each(differences)("$name", async ({ source = {}, request, there, note }) => {
    const { config, notes } = fromHigress({ global_auth: true, consumers: [web], ...source })
    const { outcome } = await createAuthenticator(config, { now: () => now }).decide(request)
    expect(outcome === "deny" ? "refused" : "let through").not.toBe(there)
    expect(notes.filter((one) => one.kind === "differs" && note.test(one.there))).toHaveLength(1)
  })

  it("a token without exp is taken again with require_exp: false, which the note names", async () => {
    const { config } = fromHigress({ consumers: [{ ...web, require_exp: false }] })
    const { outcome } = await createAuthenticator(config, { now: () => now }).decide(
      bearer(token({ exp: undefined })),
    )
    expect(outcome).toBe("allow")
  })
})
