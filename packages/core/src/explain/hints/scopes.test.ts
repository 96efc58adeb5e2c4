import { describe, expect, it } from "vitest"
import { type Situation, signedFor, stepAt } from "../../../test/explain/broken-request.js"
import { goodClaims, now } from "../../../test/keyring.js"
import { createAuthenticator } from "../../index.js"
import { explain } from "../index.js"

const aboutScopes = { name: "", situation: () => ({}) as Situation, at: "scopes", hint: "" } as const

async function hintFor(scopes: readonly string[], payload: object, redact = false) {
  const { config, request } = await signedFor({}, { payload: { ...goodClaims, ...payload } })
  const authenticator = createAuthenticator(config, { now: () => now })
  const step = stepAt(await explain(authenticator, request, { scopes }, { redact }), aboutScopes)
  expect(step).toMatchObject({ reason: "scope_missing" })
  return step.hint
}

describe("a scope that was not granted gets no hint", () => {
  it.each([
    ["another one was", ["orders:read"], { scope: "orders:write" }],
    ["the same right for something else was", ["orders:read"], { scope: "users:read" }],
    ["a right of that name without the thing was", ["orders:read"], { scope: "read" }],
    ["the thing without the right was", ["orders:read"], { scope: "orders" }],
    ["one of two stands elsewhere", ["orders:read", "orders:write"], { scope: "x", roles: ["orders:read"] }],
    ["one of two stands between commas", ["orders:read", "orders:write"], { scope: "orders:read,x" }],
    ["an address ends in the same word", ["read"], { scope: "api://shop/orders:read" }],
    ["a path ends in the same words", ["orders:read"], { scope: "shop/orders:read" }],
    ["an asterisk for something else was", ["orders:read"], { scope: "users:*" }],
    ["a word in an unknown claim is the same", ["orders:read"], { scope: "x", note: "orders:read" }],
    [
      "a word in a list inside a claim is the same",
      ["admin"],
      { scope: "x", realm_access: ["roles", "admin"] },
    ],
    ["scope is no text", ["orders:read"], { scope: { "orders:read": true } }],
    ["scp holds no texts", ["orders:read"], { scp: [1, null, ["orders:read"]] }],
    ["the API has another name", ["api://a/orders:read"], { scope: "api://b/orders:read" }],
  ])("%s", async (_, scopes, payload) => {
    expect(await hintFor(scopes, payload)).toBeUndefined()
  })

  it("several are asked for as one text", async () => {
    expect(await hintFor(["a", "b"], { scope: "" })).toContain('scope="a b".')
  })
})

it("redact keeps what the token has out of a hint, and it still makes sense", async () => {
  expect(await hintFor(["orders:read"], { scope: "ORDERS:READ" }, true)).toBe(
    'The token\'s (redacted) differs from "orders:read" only in upper and lower case, and scopes are compared letter by letter. If both are meant to be the same, write it in the rule as the token has it.',
  )
})

it("a hostile scope puts no control characters into a hint", async () => {
  const hint = await hintFor(["read"], { scope: "https://evil.example/\u001b[2J\u202e/read" })
  expect(hint).toContain("evil.example")
  expect(hint).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
})
