import { describe, expect, it } from "vitest"
import type { Consumer, Rule } from "../../src/index.js"
import { bearer, consumer, gate, issuer, judge, mintKey, now, sign, type TestKey } from "../keyring.js"

// One consumer's token never satisfies another (RFC 8725 §3.12).

const keyA = await mintKey("ES256", { kid: "1" })
const keyB = await mintKey("ES256", { kid: "1" })
const times = { exp: now + 60 }

const only = (name: string): Rule[] => [{ match: {}, allow: [name] }]
const signed = (key: TestKey, claims: object, kid?: string) =>
  sign(key, { header: { alg: "ES256", ...(kid !== undefined && { kid }) }, payload: { ...times, ...claims } })

/** What a token comes to where anybody may call, and where only a or only b may. */
async function verdicts(consumers: readonly Consumer[], token: string) {
  return {
    any: await judge(gate(consumers), token),
    onlyA: await judge(gate(consumers, { rules: only("a") }), token),
    onlyB: await judge(gate(consumers, { rules: only("b") }), token),
  }
}

const isA = { any: "allow a", onlyA: "allow a", onlyB: "access_denied: consumer_not_allowed" }
const isB = { any: "allow b", onlyA: "access_denied: consumer_not_allowed", onlyB: "allow b" }

function nobody(...reasons: readonly string[]) {
  const verdict = `jwt_verification_fails: ${reasons.join(", ")}`
  return { any: verdict, onlyA: verdict, onlyB: verdict }
}

describe("two consumers with one key and different issuers", () => {
  const a = consumer(keyA, { name: "a", issuer: "a" })
  const b = consumer(keyA, { name: "b", issuer: "b" })

  it.each([
    ["in this order", [a, b]],
    ["the other way round", [b, a]],
  ])("are told apart by the issuer, %s", async (_name, consumers) => {
    expect(await verdicts(consumers, await signed(keyA, { iss: "a" }))).toEqual(isA)
    expect(await verdicts(consumers, await signed(keyA, { iss: "b" }))).toEqual(isB)
    expect(await verdicts(consumers, await signed(keyA, { iss: "c" }))).toEqual(nobody("claim_mismatch"))
  })
})

describe("two consumers with one issuer and different keys", () => {
  const a = consumer(keyA, { name: "a" })
  const b = consumer(keyB, { name: "b" })

  it("are told apart by the signature, also under one and the same kid", async () => {
    for (const kid of [undefined, "1"]) {
      const denied = "access_denied: signature_invalid, consumer_not_allowed"
      const ours = await signed(keyA, { iss: issuer }, kid)
      expect(await verdicts([a, b], ours)).toEqual({ ...isA, onlyB: denied })
      const token = await signed(keyB, { iss: issuer }, kid)
      expect(await verdicts([a, b], token)).toEqual({ ...isB, onlyA: denied })
    }
  })

  it("and a stranger is neither of them", async () => {
    const token = await signed(await mintKey("ES256"), { iss: issuer }, "1")
    const { any } = await verdicts([a, b], token)
    expect(any).toBe("jwt_verification_fails: signature_invalid, signature_invalid")
  })
})

describe("two consumers with different issuers, different keys and the same kid", () => {
  const a = consumer(keyA, { name: "a", issuer: "a" })
  const b = consumer(keyB, { name: "b", issuer: "b" })

  it("cannot sign for each other", async () => {
    expect(await verdicts([a, b], await signed(keyA, { iss: "b" }, "1"))).toEqual(nobody("signature_invalid"))
    expect(await verdicts([a, b], await signed(keyB, { iss: "a" }, "1"))).toEqual(nobody("signature_invalid"))
    expect(await verdicts([a, b], await signed(keyB, { iss: "b" }, "1"))).toEqual(isB)
  })

  it("cannot borrow each other's key by its kid", async () => {
    const named = (name: string, key: TestKey) =>
      consumer({ ...key, jwk: { ...key.jwk, kid: `key of ${name}` } }, { name, issuer: name })
    const consumers = [named("a", keyA), named("b", keyB)]
    const token = await signed(keyB, { iss: "a" }, "key of b")
    expect(await verdicts(consumers, token)).toEqual(nobody("kid_unknown"))
  })
})

describe("consumers that are told apart by other claims", () => {
  const shared = { jwks: { keys: [keyA.jwk] } }
  const a: Consumer = { ...shared, name: "a", issuer, claims: { tenant: "a" } }
  const b: Consumer = { ...shared, name: "b", issuer, claims: { tenant: "b" } }

  it("need every one of them, and with exactly these values", async () => {
    expect(await verdicts([a, b], await signed(keyA, { iss: issuer, tenant: "a" }))).toEqual(isA)
    expect(await verdicts([a, b], await signed(keyA, { iss: issuer, tenant: "b" }))).toEqual(isB)
    expect(await verdicts([a, b], await signed(keyA, { iss: issuer }))).toEqual(nobody("claim_missing"))
    expect(await verdicts([a, b], await signed(keyA, { tenant: "a" }))).toEqual(nobody("claim_missing"))
    const both = await signed(keyA, { iss: issuer, tenant: ["a", "b"] })
    expect(await verdicts([a, b], both)).toEqual(nobody("claim_missing"))
  })

  it("do not mix up values that only look alike when joined", async () => {
    const consumers = [
      { ...shared, name: "a", claims: { x: 'p","q', y: "r" } },
      { ...shared, name: "b", claims: { x: "p", y: 'q","r' } },
    ]
    expect(await verdicts(consumers, await signed(keyA, { x: 'p","q', y: "r" }))).toEqual(isA)
    expect(await verdicts(consumers, await signed(keyA, { x: "p", y: 'q","r' }))).toEqual(isB)
    expect(await verdicts(consumers, await signed(keyA, { x: "p", y: "r" }))).toEqual(
      nobody("claim_mismatch"),
    )
    expect(await verdicts(consumers, await signed(keyA, { x: '["p","q","r"]', y: "" }))).toEqual(
      nobody("claim_mismatch"),
    )
  })

  it.each([",", ":", " ", "\0", "\n", "=", "&", "|"])(
    "do not mix them up either when joined by %j",
    async (separator) => {
      const first = { x: `p${separator}q`, y: "r" }
      const second = { x: "p", y: `q${separator}r` }
      const consumers = [
        { ...shared, name: "a", claims: first },
        { ...shared, name: "b", claims: second },
      ]
      expect(await verdicts(consumers, await signed(keyA, first))).toEqual(isA)
      expect(await verdicts(consumers, await signed(keyA, second))).toEqual(isB)
    },
  )

  it("a value of two claims is not the value of one", async () => {
    const one: Consumer = { ...shared, name: "a", claims: { x: '["p","q"]' } }
    const two: Consumer = { ...shared, name: "b", claims: { x: "p", y: "q" } }
    expect(await verdicts([one, two], await signed(keyA, { x: "p", y: "q" }))).toEqual(isB)
    expect(await verdicts([one, two], await signed(keyA, { x: '["p","q"]' }))).toEqual(isA)
  })
})

describe("a rule with consumers of its own", () => {
  const global = consumer(keyA, { name: "global", issuer: "global" })
  const local = consumer(keyB, { name: "local", issuer: "local" })
  const door = gate([global], { rules: [{ match: { path: "/local/*" }, consumers: [local] }] })

  it("takes nobody else's token, and its own consumers count nowhere else", async () => {
    const ours = await signed(keyA, { iss: "global" })
    const theirs = await signed(keyB, { iss: "local" })
    const at = (path: string, token: string) => judge(door, bearer(token, { path }))
    expect(await at("/", ours)).toBe("allow global")
    expect(await at("/local/x", theirs)).toBe("allow local")
    expect(await at("/local/x", ours)).toBe("jwt_verification_fails: claim_mismatch")
    expect(await at("/", theirs)).toBe("jwt_verification_fails: claim_mismatch")
  })

  it("is not fooled by a consumer of the same issuer and name elsewhere", async () => {
    const twin = gate([consumer(keyA, { name: "x" })], {
      rules: [{ match: { path: "/l" }, consumers: [consumer(keyB, { name: "x" })] }],
    })
    const token = await signed(keyA, { iss: issuer })
    expect(await judge(twin, bearer(token))).toBe("allow x")
    expect(await judge(twin, bearer(token, { path: "/l" }))).toBe("jwt_verification_fails: signature_invalid")
  })
})

describe("one issuer's tokens for different purposes", () => {
  const access = consumer(keyA, { name: "a", types: ["at+jwt"], audiences: ["api"] })
  const identity = consumer(keyA, { name: "b", types: ["JWT"], audiences: ["app"] })
  const typed = (typ: string, aud: string) =>
    sign(keyA, { header: { alg: "ES256", typ }, payload: { ...times, iss: issuer, aud } })

  it("an ID token is no access token, and the other way round", async () => {
    expect((await verdicts([access, identity], await typed("at+jwt", "api"))).onlyA).toBe("allow a")
    expect((await verdicts([access, identity], await typed("JWT", "app"))).onlyB).toBe("allow b")
    expect((await verdicts([access, identity], await typed("JWT", "api"))).any).toBe(
      "jwt_verification_fails: type_mismatch, audience_mismatch",
    )
    expect((await verdicts([access, identity], await typed("at+jwt", "app"))).any).toBe(
      "jwt_verification_fails: audience_mismatch, type_mismatch",
    )
  })
})
