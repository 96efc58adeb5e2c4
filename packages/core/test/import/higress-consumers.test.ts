import { describe, expect, it } from "vitest"
import { fromHigress } from "../../src/import/index.js"
import { consumerWith, importedConsumer, jwks, notesAt, problemLines } from "./higress-source.js"

const at = "consumers[0]"
const sourceOf = (fields: object) => ({ consumers: [consumerWith(fields)] })

describe("a consumer of the gateway", () => {
  it("with name, issuer and jwks alone stays as it is", () => {
    expect(importedConsumer({})).toEqual({ name: "web", issuer: "abc", jwks })
  })

  it.each<[string, object, object]>([
    ["a key set as an object", { jwks: JSON.parse(jwks) }, { jwks: JSON.parse(jwks) }],
    ["a number as a name", { name: 5 }, { name: "5" }],
    ["a number as an issuer", { issuer: 5 }, { issuer: "5" }],
    ["blanks around the issuer", { issuer: " \t abc\n" }, { issuer: "abc" }],
    [
      "a prefix",
      { from_headers: [{ name: "X-T", value_prefix: "token " }] },
      { from_headers: [{ name: "X-T", value_prefix: "token " }] },
    ],
    ["a header without a prefix", { from_headers: [{ name: "X-T" }] }, { from_headers: [{ name: "X-T" }] }],
    ["parameters", { from_params: ["t", 7] }, { from_params: ["t", "7"] }],
    ["cookies", { from_cookies: ["session"] }, { from_cookies: ["session"] }],
    ["the clock skew as a number", { clock_skew_seconds: 5 }, { clock_skew_seconds: 5 }],
    ["no clock skew", { clock_skew_seconds: 0 }, { clock_skew_seconds: 0 }],
    ["the clock skew in quotes", { clock_skew_seconds: "120" }, { clock_skew_seconds: 120 }],
    ["a fraction as the clock skew", { clock_skew_seconds: 1.9 }, { clock_skew_seconds: 1 }],
    ["keep_token false", { keep_token: false }, { keep_token: false }],
    ["keep_token in quotes", { keep_token: "false" }, { keep_token: false }],
    ["keep_token true in quotes", { keep_token: "true" }, { keep_token: true }],
  ])("may have %s", (_, fields, expected) => {
    expect(importedConsumer(fields)).toEqual({ name: "web", issuer: "abc", jwks, ...expected })
  })

  it("keeps the default places while all lists of places are empty", () => {
    const empty = { from_headers: [], from_params: [], from_cookies: [] }
    expect(importedConsumer(empty)).toEqual(importedConsumer({}))
  })

  it("has only the places that are named, when one list is not empty", () => {
    const { from_headers, from_params, from_cookies } =
      importedConsumer({ from_headers: [], from_params: ["t"] }) ?? {}
    expect({ from_headers, from_params, from_cookies }).toEqual({ from_params: ["t"] })
  })

  it("may forward several claims, each to its header", () => {
    const given = [
      { claim: "sub", header: "X-Sub" },
      { claim: "tier", header: "X-Tier", override: "false" },
      { claim: 7, header: "X-Seven", override: true },
    ]
    expect(importedConsumer({ claims_to_headers: given })?.claims_to_headers).toEqual([
      { claim: "sub", header: "X-Sub" },
      { claim: "tier", header: "X-Tier", override: false },
      { claim: "7", header: "X-Seven", override: true },
    ])
    expect(notesAt(sourceOf({ claims_to_headers: given }), `${at}.claims_to_headers`)).toHaveLength(1)
  })

  it("may bring along fields that only this library has, and they count", () => {
    const own = { require_exp: false, audiences: ["api"], algorithms: ["HS256"] }
    expect(importedConsumer(own)).toMatchObject(own)
    expect(notesAt(sourceOf(own), `${at}.audiences`)).toEqual([
      "info: not a field that the plugin knows -> a field of this library: it counts",
    ])
  })
})

describe("the claims of a consumer", () => {
  const { issuer: _, ...without } = consumerWith() as { issuer: string }

  it("stand in for the issuer, trimmed and as text", () => {
    const source = { consumers: [{ ...without, claims: { tenant: " a ", level: 5 } }] }
    expect(fromHigress(source).config.consumers[0]).toEqual({
      name: "web",
      claims: { tenant: "a", level: "5" },
      jwks,
    })
  })

  it("stand beside the issuer", () => {
    expect(importedConsumer({ claims: { tenant: "a" } })).toMatchObject({
      issuer: "abc",
      claims: { tenant: "a" },
    })
  })

  it("have the last word on iss: issuer is not looked at, as there", () => {
    const fields = { issuer: "abc", claims: { iss: "xyz" } }
    expect(importedConsumer(fields)).toEqual({ name: "web", claims: { iss: "xyz" }, jwks })
    expect(notesAt(sourceOf(fields), `${at}.issuer`)).toEqual([
      'info: not looked at beside claims.iss, which is "xyz" -> left out; claims.iss counts',
    ])
  })

  it("are needed without an issuer: there, iss is then not compared", () => {
    expect(problemLines({ consumers: [without] })).toEqual([
      `${at}: has neither issuer nor claims to recognise its tokens by`,
    ])
    expect(problemLines({ consumers: [{ ...without, claims: {} }] })).toHaveLength(1)
  })
})

describe("the notes on consumers", () => {
  it("say that tokens without exp are refused, and the way back, which ends the note", () => {
    const told = (fields: object) =>
      notesAt(sourceOf(fields), "consumers").filter((note) => note.includes("exp is accepted"))
    expect(told({})).toEqual([
      "differs: a token without exp is accepted -> it is refused; require_exp: false on a consumer accepts it",
    ])
    expect(told({ require_exp: false })).toEqual([])
  })

  it("name a field that the plugin does not know as lost, with what was probably meant", () => {
    expect(notesAt(sourceOf({ keeptoken: false }), `${at}.keeptoken`)).toEqual([
      "lost: not a field that the plugin knows -> left out. Did you mean keep_token?",
    ])
    expect(
      notesAt(sourceOf({ from_headers: [{ name: "X", prefix: "a" }] }), `${at}.from_headers[0].prefix`),
    ).toHaveLength(1)
  })

  it("say that a token is removed from parameters and cookies too", () => {
    expect(notesAt(sourceOf({ keep_token: false }), `${at}.keep_token`)).toEqual([
      "differs: false removes the token from headers -> from parameters and cookies too",
    ])
  })

  it("never hold a key", () => {
    const { k } = JSON.parse(jwks).keys[0] as { k: string }
    const { notes } = fromHigress(sourceOf({ unknown: jwks, keep_token: false, clock_skew_seconds: 1.5 }))
    expect(notes.length).toBeGreaterThan(4)
    expect(JSON.stringify(notes)).not.toContain(k)
  })

  it("a problem with a key never holds it either", () => {
    const k = "c2VjcmV0LXNlY3JldA"
    const lines = problemLines(sourceOf({ jwks: { keys: [{ kty: "oct", k }] } }))
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain(k)
  })
})
