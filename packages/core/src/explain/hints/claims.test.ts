import { describe, expect, it } from "vitest"
import { explainSituation, type Situation, signedFor, stepAt } from "../../../test/explain/broken-request.js"
import { bearer, consumer, goodClaims, issuer, mintKey, now, sign } from "../../../test/keyring.js"
import { type Consumer, createAuthenticator } from "../../index.js"
import { explain } from "../index.js"

const exp = now + 3600
const aboutClaims = { name: "", situation: () => ({}) as Situation, at: "claims", hint: "" } as const

async function hintFor(fields: Partial<Consumer>, payload: object): Promise<string | undefined> {
  const explanation = await explainSituation(await signedFor(fields, { payload: { exp, ...payload } }))
  const { status, hint } = stepAt(explanation, aboutClaims)
  expect(status).toBe("failed")
  return hint
}

describe("a token that is not this consumer's gets no hint", () => {
  it.each([
    ["another issuer", {}, { iss: "https://elsewhere.example" }],
    [
      "another tenant of the same service",
      { issuer: "https://a.auth.example/" },
      { iss: "https://b.auth.example/" },
    ],
    [
      "another realm of the same server",
      { issuer: `${issuer}/realms/shop` },
      { iss: `${issuer}/realms/staff` },
    ],
    [
      "the same path at another public host",
      { issuer: "https://a.example/realms/shop" },
      { iss: "https://b.example/realms/shop" },
    ],
    ["the same root at a host inside", { issuer: "https://a.example/" }, { iss: "http://localhost:8080/" }],
    ["an issuer below the config's", { issuer }, { iss: `${issuer}/.well-known/openid-configuration` }],
    ["an address below the issuer that is no endpoint", { issuer: `${issuer}/shop` }, { iss: issuer }],
    [
      "another tenant",
      { issuer: "https://sts.windows.net/11111111-2222-3333-4444-555555555555/" },
      { iss: "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555556/v2.0" },
    ],
    ["no claim that names anybody", { claims: { key: "shop" } }, { iss: issuer, jti: "1", scope: "read" }],
    [
      "a claim named like the value, but no string",
      { claims: { key: "shop" } },
      { iss: issuer, shop: { id: 1 } },
    ],
    ["the length of a list", { claims: { length: "1" } }, { iss: issuer, list: ["x"] }],
    ["a name that is a number", { claims: { key: "shop" } }, { iss: issuer, user_id: 42 }],
    ["the name inside a list", { claims: { key: "shop" } }, { iss: issuer, users: [{ key: "shop" }] }],
  ])("%s", async (_, fields, payload) => {
    expect(await hintFor(fields, payload)).toBeUndefined()
  })

  it("when another consumer has just this issuer", async () => {
    const [key, other] = [await mintKey("ES256"), await mintKey("ES256")]
    const situation = {
      config: {
        consumers: [
          consumer(key),
          consumer(other, { name: "with-slash", issuer: `${issuer}/`, from_headers: [{ name: "X-Token" }] }),
        ],
      },
      request: bearer(await sign(other, { payload: { ...goodClaims, iss: `${issuer}/` } })),
    }
    expect(stepAt(await explainSituation(situation), aboutClaims)).toMatchObject({
      reason: "claim_mismatch",
      actual: `iss "${issuer}/"`,
    })
    expect(stepAt(await explainSituation(situation), aboutClaims).hint).toBeUndefined()
  })
})

describe("what a token has is taken over only from its signer", () => {
  const slash = { payload: { ...goodClaims, iss: `${issuer}/` } }

  it("of too many keys some are not tried: then nobody knows who that is", async () => {
    const keys = await Promise.all(Array.from({ length: 101 }, () => mintKey("HS256")))
    const token = await sign(await mintKey("HS256"), slash)
    const explanation = await explainSituation({
      config: { consumers: [consumer(keys)] },
      request: bearer(token),
    })
    expect(stepAt(explanation, aboutClaims).hint).toMatch(
      /differ only in the slash at the end, .* letter by letter\. Check first who signed the token\.$/,
    )
  })

  it("a signature by another consumer's key is none by this one's", async () => {
    const [key, other] = [await mintKey("ES256"), await mintKey("ES256")]
    const partner = consumer(other, { name: "partner", issuer: "https://partner.example" })
    const explanation = await explainSituation({
      config: { consumers: [consumer(key), partner] },
      request: bearer(await sign(other, slash)),
    })
    expect(stepAt(explanation, aboutClaims).hint).toMatch(/by no key of "web": check first/)
  })

  it("a claim of a token that somebody else signed is not put into the config", async () => {
    const payload = { exp, iss: issuer, sub: "mallory", user_id: "u-1" }
    for (const key of ["shop", "user_id"]) {
      const { config } = await signedFor({ claims: { key } }, { payload })
      const forged = bearer(await sign(await mintKey("ES256"), { payload }))
      const { hint } = stepAt(await explainSituation({ config, request: forged }), aboutClaims)
      expect(hint).toMatch(/by no key of "web": check first who signed the token\.$/)
      expect(hint).not.toMatch(/mallory|u-1/)
    }
  })
})

describe("a hostile token", () => {
  it.each(["constructor", "toString", "hasOwnProperty"])(
    "does not find %s, which is inherited",
    async (name) => {
      expect(await hintFor({ claims: { key: name } }, { iss: issuer })).toBeUndefined()
      expect(await hintFor({ claims: { [name]: "shop" } }, { iss: issuer, user: {} })).toBeUndefined()
    },
  )

  it("may have a claim that is called __proto__", async () => {
    const payload = `{"exp":${exp},"__proto__":{"key":"shop","sub":"shop"}}`
    const situation = await signedFor({ claims: { key: "__proto__" } }, { payload })
    expect(stepAt(await explainSituation(situation), aboutClaims).hint).toBeUndefined()
  })

  it("puts no control characters into a hint", async () => {
    const name = "https://evil.example/\u001b[2J\u202e\n/key"
    const hint = await hintFor({ claims: { key: "shop" } }, { iss: issuer, [name]: "x" })
    expect(hint).toContain("evil.example")
    expect(hint).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
  })

  it.each<[string, string, unknown]>([
    ["the end of a namespace", `https://evil.example/${"x".repeat(4000)}/key`, "shop"],
    ["a claim with the expected name inside", "x".repeat(4000), { key: "shop" }],
  ])("makes no hint long by the name of %s", async (_, name, value) => {
    const hint = await hintFor({ claims: { key: "shop" } }, { iss: issuer, [name]: value })
    expect(hint).toContain("…")
    expect(hint?.length).toBeLessThan(600)
  })

  it("may nest its claims as deep as it fits", async () => {
    const deep = "[".repeat(2500) + "]".repeat(2500)
    const payload = `{"exp":${exp},"iss":"${issuer}","key":${deep}}`
    const situation = await signedFor({ claims: { key: "shop" } }, { payload })
    expect(stepAt(await explainSituation(situation), aboutClaims).hint).toBe(
      "The token's key is a list, and the config compares strings.",
    )
  })
})

describe("redact", () => {
  it.each([
    [
      { sub: "shop-secret" },
      'The token\'s sub has exactly the expected value. The signature is by a key of "web": if this is the caller that is meant, write claims: { sub: (redacted) } in the config.',
    ],
    [
      { sub: "alice" },
      'The token has no key. It has sub. The signature is by a key of "web": if this is the caller that is meant, have the issuer add key, or recognise it by what is there, as in claims: { sub: (redacted) }.',
    ],
    [
      { "shop-secret": "alice" },
      'The config asks for a claim key with the value "shop-secret", and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it. The signature is by a key of "web": if this is the caller that is meant, write claims: { "shop-secret": (redacted) }.',
    ],
  ])("keeps values out of a hint, and it still makes sense: %j", async (payload, hint) => {
    const { config, request } = await signedFor(
      { claims: { key: "shop-secret" } },
      { payload: { exp, iss: issuer, ...payload } },
    )
    const authenticator = createAuthenticator(config, { now: () => now })
    const explanation = await explain(authenticator, request, undefined, { redact: true })
    expect(stepAt(explanation, aboutClaims).hint).toBe(hint)
  })
})
