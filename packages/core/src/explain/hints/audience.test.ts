import { describe, expect, it } from "vitest"
import { explainSituation, type Situation, signedFor, stepAt } from "../../../test/explain/broken-request.js"
import { bearer, consumer, goodClaims, mintKey, sign } from "../../../test/keyring.js"

const aboutAudience = { name: "", situation: () => ({}) as Situation, at: "audience", hint: "" } as const

async function stepFor(audiences: readonly string[], payload: string | object) {
  const situation = await signedFor(
    { audiences },
    { payload: typeof payload === "string" ? payload : { ...goodClaims, ...payload } },
  )
  return stepAt(await explainSituation(situation), aboutAudience)
}

describe("an audience that is just another one gets no hint", () => {
  it.each([
    ["another API", ["orders"], { aud: "billing" }],
    ["another API among several", ["orders"], { aud: ["billing", "https://issuer.example/userinfo"] }],
    ["another host", ["https://a.example"], { aud: "https://b.example/" }],
    ["part of a name", ["orders"], { aud: "orders-admin" }],
    [
      "an access token with a nonce, whose client is not its audience",
      ["orders"],
      { aud: "billing", azp: "shop", nonce: "n" },
    ],
    ["an access token whose client is its audience", ["orders"], { aud: "shop", azp: "shop" }],
    ["a subject named like the API", ["orders"], { aud: "billing", sub: "orders" }],
    ["an unknown claim named like the API", ["constructor"], { aud: "billing" }],
  ])("%s", async (_, audiences, payload) => {
    expect(await stepFor(audiences, payload)).toMatchObject({ reason: "audience_mismatch" })
    expect((await stepFor(audiences, payload)).hint).toBeUndefined()
  })
})

it("an empty list names no audience", async () => {
  expect((await stepFor(["orders"], { aud: [] })).hint).toMatch(/^The token names no audience/)
})

describe("a hostile aud", () => {
  it("is not compared without end, however many consumers it may be for", async () => {
    const key = await mintKey("HS256")
    const aud = Array.from({ length: 20 }, (_, i) => `https://${i}.example/`)
    const audiences = [...Array.from({ length: 19 }, (_, i) => `b${i}`), "https://19.example"]
    const consumers = Array.from({ length: 30 }, (_, i) => consumer(key, { name: `web${i}`, audiences }))
    const asked = bearer(await sign(key, { payload: { ...goodClaims, aud } }))
    const { consumers: explained } = await explainSituation({ config: { consumers }, request: asked })
    const hints = explained.map(({ steps }) => steps.find(({ step }) => step === "audience")?.hint)
    expect(hints[0]).toContain("differ only in the slash at the end")
    expect(hints.at(-1)).toBeUndefined()
  })

  it("is not searched without end", async () => {
    const config = Array.from({ length: 5000 }, (_, i) => `${"a".repeat(40)}${i}`)
    const aud = Array.from({ length: 500 }, (_, i) => `B${i}`)
    expect((await stepFor(config, { aud })).hint).toBeUndefined()
  })

  it.each([
    [`{"aud":${"[".repeat(2000)}${"]".repeat(2000)}`, "a list with a list in it"],
    [`{"aud":${'{"a":'.repeat(900)}1${"}".repeat(900)}`, "an object"],
    ['{"aud":{"__proto__":"orders"}', "an object"],
    ['{"aud":null', "null"],
  ])("may be anything: %.20s", async (start, kind) => {
    const { iss, exp } = goodClaims
    const { hint } = await stepFor(["orders"], `${start},"iss":"${iss}","exp":${exp}}`)
    expect(hint).toContain(`aud is ${kind}`)
  })
})
