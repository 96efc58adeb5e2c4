import { describe, expect, it } from "vitest"
import { explainSituation, type Situation, stepAt } from "../../../test/explain/broken-request.js"
import { bearer, consumer, goodClaims, issuer, mintKey, now, sign } from "../../../test/keyring.js"
import { createAuthenticator, type Reason } from "../../index.js"
import { explain } from "../index.js"

const aboutKey = { name: "", situation: () => ({}) as Situation, at: "key", hint: "" } as const

async function hintFor(situation: Situation, reason: Reason): Promise<string | undefined> {
  const step = stepAt(await explainSituation(situation), aboutKey)
  expect(step.reason).toBe(reason)
  return step.hint
}

describe("a kid that looks like another one", () => {
  it("is not told to be that one, when the signature is by another key", async () => {
    const key = await mintKey("ES256", { kid: "primary" })
    const token = await sign(await mintKey("ES256"), { header: { alg: "ES256", kid: "Primary" } })
    const hint = await hintFor(
      { config: { consumers: [consumer(key)] }, request: bearer(token) },
      "kid_unknown",
    )
    expect(hint).toMatch(/^No key that verifies tokens here made the signature/)
  })

  it("is not told to be a new key's, when the token was cut off", async () => {
    const key = await mintKey("ES256", { kid: "old" })
    const token = await sign(await mintKey("ES256"), { header: { alg: "ES256", kid: "new" } })
    const hint = await hintFor(
      { config: { consumers: [consumer(key)] }, request: bearer(token.slice(0, -22)) },
      "kid_unknown",
    )
    expect(hint).toMatch(/^The signature has 48 bytes/)
  })

  it("is not told to be a new key's, when there are too many keys to try", async () => {
    const keys = await Promise.all(Array.from({ length: 101 }, (_, i) => mintKey("HS256", { kid: `${i}` })))
    const token = await sign(await mintKey("HS256"), { header: { alg: "HS256", kid: "new" } })
    const config = { consumers: [consumer(keys)] }
    expect(await hintFor({ config, request: bearer(token) }, "kid_unknown")).toBeUndefined()
  })
})

it("a shared secret is told to be a public key only when it is one of these", async () => {
  const other = await mintKey("EdDSA", { kid: "other" })
  const token = await sign(await mintKey("HS256"), { header: { alg: "HS256", kid: "ec" } })
  const keys = [await mintKey("ES256", { kid: "ec" }), other]
  const hint = await hintFor(
    { config: { consumers: [consumer(keys)] }, request: bearer(token) },
    "alg_not_allowed",
  )
  expect(hint).toMatch(/^The token is signed with a shared secret, and/)
})

it("a hint about another consumer names claims, and never their values", async () => {
  const [web, partner] = [await mintKey("ES256"), await mintKey("ES256")]
  const claims = { sub: "alice-the-secret" }
  const config = {
    consumers: [
      { ...consumer(web, { claims }), issuer },
      consumer(partner, { name: "partner", issuer: "https://partner.example" }),
    ],
  }
  const token = await sign(partner, { payload: { ...goodClaims, ...claims } })
  const explanation = await explain(
    createAuthenticator(config, { now: () => now }),
    bearer(token),
    undefined,
    { redact: true },
  )
  const hint = explanation.consumers[0]?.steps.find(({ step }) => step === "signature")?.hint
  expect(hint).toContain('iss and sub of the token are those of "web"')
  expect(JSON.stringify(explanation)).not.toContain("alice-the-secret")
})
