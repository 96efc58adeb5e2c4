import { createPrivateKey, randomBytes, sign as signWithNode } from "node:crypto"
import type { JWK } from "jose"
import { describe, expect, it, vi } from "vitest"
import { explainSituation, type Situation, stepAt } from "../../../test/explain/broken-request.js"
import { bearer, consumer, gate, goodClaims, issuer, macWith, mintKey, sign } from "../../../test/keyring.js"
import type { Algorithm } from "../../index.js"
import { verifySignature } from "../../verify/signature.js"

const aboutSignature = { name: "", situation: () => ({}) as Situation, at: "signature", hint: "" } as const

async function hintFor(situation: Situation): Promise<string | undefined> {
  const { reason, hint } = stepAt(await explainSituation(situation), aboutSignature)
  expect(reason).toBe("signature_invalid")
  return hint
}

const unknown =
  "No key that verifies tokens here made the signature: it is by another key, or the token was changed after it was signed. If the issuer has rotated its keys, put its current key set into jwks, and keep the old keys until their tokens have expired."

describe("of a signature nobody knows more than that it is by no key here", () => {
  it.each<Algorithm>(["HS256", "RS256", "PS256", "ES256", "EdDSA"])(
    "%s by a key that is not here",
    async (alg) => {
      const config = { consumers: [consumer(await mintKey(alg))] }
      expect(await hintFor({ config, request: bearer(await sign(await mintKey(alg))) })).toBe(unknown)
    },
  )

  it("a payload that was changed after signing", async () => {
    const key = await mintKey("ES256")
    const [[header], [, payload, signature]] = [
      (await sign(key)).split("."),
      (await sign(key, { payload: { ...goodClaims, sub: "mallory" } })).split("."),
    ]
    const [, , other] = (await sign(key)).split(".")
    expect(signature).not.toBe(other)
    const config = { consumers: [consumer(key)] }
    expect(await hintFor({ config, request: bearer(`${header}.${payload}.${other}`) })).toBe(unknown)
  })

  it("one of the right length that begins like DER", async () => {
    const key = await mintKey("ES256")
    const raw = Buffer.concat([Buffer.of(0x30, 62, 0x02), randomBytes(61)])
    const input = (await sign(key)).split(".").slice(0, 2).join(".")
    const config = { consumers: [consumer(key)] }
    expect(await hintFor({ config, request: bearer(`${input}.${raw.toString("base64url")}`) })).toBe(unknown)
  })

  it("a secret that is text, by a signer that has another one", async () => {
    const jwk = { kty: "oct", k: Buffer.from("a".repeat(40)).toString("base64url") }
    const config = { consumers: [{ name: "web", issuer, jwks: { keys: [jwk] } }] }
    expect(await hintFor({ config, request: bearer(macWith("b".repeat(40))) })).toBe(unknown)
  })
})

it.each<Algorithm>(["ES256", "ES384", "ES512"])("%s in DER form is recognised at any length", async (alg) => {
  const key = await mintKey(alg)
  const [header, payload] = (await sign(key)).split(".")
  const signer = createPrivateKey({ key: key.secretJwk as JWK, format: "jwk" })
  for (let i = 0; i < 4; i++) {
    const der = signWithNode(`sha${alg.slice(2)}`, Buffer.from(`${header}.${payload}`), signer)
    const request = bearer(`${header}.${payload}.${der.toString("base64url")}`)
    const hint = await hintFor({ config: { consumers: [consumer(key)] }, request })
    expect(hint).toMatch(/^The signature is in DER form/)
  }
})

it("nothing is said of rotated keys when there are too many keys to try", async () => {
  const keys = await Promise.all(Array.from({ length: 101 }, () => mintKey("HS256")))
  const config = { consumers: [consumer(keys)] }
  expect(await hintFor({ config, request: bearer(await sign(await mintKey("HS256"))) })).toBeUndefined()
})

it("a kid of the sender's choice is printed by its numbers", async () => {
  const [a, b] = [await mintKey("ES256", { kid: "a\u202e\n" }), await mintKey("ES256", { kid: "__proto__" })]
  const token = await sign(b, { header: { alg: "ES256", kid: "a\u202e\n" } })
  const hint = await hintFor({ config: { consumers: [consumer([a, b])] }, request: bearer(token) })
  expect(hint).toContain(String.raw`key "__proto__" of this consumer, and the token names "a\u{202e}\n"`)
})

// The one seam through which signatures are checked, on every runtime.
vi.mock("../../verify/signature.js", async (original) => {
  const { verifySignature } = await original<typeof import("../../verify/signature.js")>()
  return { verifySignature: vi.fn(verifySignature) }
})

describe("one token starts a bounded number of signature checks", () => {
  /** How many more checks an explanation makes than the decision. */
  async function extraChecks(situation: Situation): Promise<number> {
    const checks = vi.mocked(verifySignature)
    checks.mockClear()
    await gate([...situation.config.consumers]).decide(situation.request)
    const decided = checks.mock.calls.length
    checks.mockClear()
    await explainSituation(situation)
    return checks.mock.calls.length - decided
  }

  it("for 400 consumers of one issuer, each with its own secret", async () => {
    const consumers = await Promise.all(
      Array.from({ length: 400 }, async (_, i) => consumer(await mintKey("HS256"), { name: `c${i}` })),
    )
    const extra = await extraChecks({ config: { consumers }, request: bearer(macWith(randomBytes(32))) })
    expect(extra).toBeGreaterThan(100)
    expect(extra).toBeLessThanOrEqual(200)
  })

  it("for 300 consumers that share one secret, as many as for one", async () => {
    const key = await mintKey("HS256")
    const consumers = Array.from({ length: 300 }, (_, i) => consumer(key, { name: `c${i}` }))
    expect(
      await extraChecks({ config: { consumers }, request: bearer(macWith(randomBytes(32))) }),
    ).toBeLessThan(20)
  })
})

it("with many consumers, the key of the one whose claims the token has is tried all the same", async () => {
  const others = await Promise.all(
    Array.from({ length: 120 }, async (_, i) =>
      consumer(await mintKey("HS256"), { name: `c${i}`, issuer: `https://c${i}.example` }),
    ),
  )
  const [a, b] = [await mintKey("HS256", { kid: "a" }), await mintKey("HS256", { kid: "b" })]
  const token = await sign(b, { header: { alg: "HS256", kid: "a" } })
  const config = { consumers: [...others, consumer([a, b])] }
  expect(await hintFor({ config, request: bearer(token) })).toContain('The signature is by key "b"')
})
