import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import {
  bearer,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  issuer,
  judge,
  mintKey,
  now,
  request,
  seenDownstream,
  sign,
} from "../keyring.js"

// OWASP ASVS 5.0, chapter V9 "Self-contained tokens". The attacks themselves stand in test/attacks.

const key = await mintKey("RS256")
const attacker = await mintKey("RS256")
const door = gate(consumer(key))

describe("OWASP ASVS 5.0, V9.1 source and integrity", () => {
  it("9.1.1: the signature is checked before anything in the token counts", async () => {
    const forged = (claims: object) => sign(attacker, { payload: { ...goodClaims, ...claims } })
    const cases = {
      "good claims": await forged({}),
      expired: await forged({ exp: now - 9999 }),
      "not yet valid": await forged({ nbf: now + 9999 }),
      "times of the wrong type": await forged({ exp: "never" }),
      "another audience": await forged({ aud: "other" }),
    }
    await expectRefused(door, cases, "signature_invalid")
    await expectRefused(gate(consumer(key, { audiences: ["api"] })), cases, "signature_invalid")
  })

  it("9.1.2: only algorithms of a list are accepted, none is not among them, and kinds of keys do not mix", async () => {
    const header = (alg: string) => sign(key, { header: { alg } })
    await expectRefused(
      door,
      { none: await header("none"), RSA1_5: await header("RSA1_5") },
      "alg_unsupported",
    )
    await expectRefused(
      door,
      { HS256: await header("HS256"), ES256: await header("ES256") },
      "alg_not_allowed",
    )
    const narrowed = gate(consumer(key, { algorithms: ["PS256"] }))
    await expectRefused(narrowed, { RS256: await sign(key) }, "alg_not_allowed")
  })

  it("9.1.3: keys come from the config alone; jku, x5u, jwk and x5c are not trusted", async () => {
    const offers = [
      { jwk: attacker.jwk },
      { jku: "https://a.example" },
      { x5u: "https://a.example" },
      { x5c: ["AA=="] },
    ]
    const cases = offers.map(async (offer) => [
      Object.keys(offer)[0],
      await sign(attacker, { header: { alg: "RS256", ...offer } }),
    ])
    await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "signature_invalid")
  })
})

describe("OWASP ASVS 5.0, V9.2 content", () => {
  it("9.2.1: a token is used only within its validity, from nbf to exp", async () => {
    const timed = (claims: object) => sign(key, { payload: { ...goodClaims, ...claims } })
    await expectRefused(door, { exp: await timed({ exp: now - 60 }) }, "expired", "jwt_expired")
    await expectRefused(door, { nbf: await timed({ nbf: now + 61 }) }, "not_yet_valid")
    await expectRefused(door, { none: await sign(key, { payload: { iss: issuer } }) }, "exp_missing")
    expect(await judge(door, await timed({ nbf: now, exp: now + 1 }))).toBe("allow web")
  })

  it("9.2.2: a token of another type does not serve the purpose", async () => {
    const typed = gate(consumer(key, { types: ["at+jwt"] }))
    const header = (typ: string) => ({ header: { alg: "RS256", typ } })
    await expectRefused(
      typed,
      { "ID token": await sign(key, header("JWT")), untyped: await sign(key) },
      "type_mismatch",
    )
    expect(await judge(typed, await sign(key, header("at+jwt")))).toBe("allow web")
  })

  it("9.2.3: only tokens for this audience are accepted", async () => {
    const api = gate(consumer(key, { audiences: ["api"] }))
    const token = (aud?: unknown) => sign(key, { payload: { ...goodClaims, aud } })
    const cases = { other: await token("other"), list: await token(["other"]), none: await token() }
    await expectRefused(api, cases, "audience_mismatch")
    expect(await judge(api, await token(["other", "api"]))).toBe("allow web")
  })

  it("9.2.4: where one key signs for many audiences, each consumer takes only its own", async () => {
    const two = gate([consumer(key, { audiences: ["api"] }), consumer(key, { name: "b", audiences: ["b"] })])
    const token = (aud: string) => sign(key, { payload: { ...goodClaims, aud } })
    expect(await judge(two, await token("api"))).toBe("allow web")
    expect(await judge(two, await token("b"))).toBe("allow b")
    expect(await judge(two, await token("c"))).toBe(
      "jwt_verification_fails: audience_mismatch, audience_mismatch",
    )
  })
})

describe("the duties of whoever stands in front", () => {
  it("identity headers of the client are removed, on pass as on allow", async () => {
    for (const asked of [bearer(await sign(key)), request()]) {
      const decision = await gate(consumer(key), {
        rules: [{ match: {}, allow: "any", optional: true }],
      }).decide(asked)
      const seen = seenDownstream(decision, { "X-Mse-Consumer": "admin" }).get("X-Mse-Consumer")
      expect(seen).toBe(decision.outcome === "allow" ? "web" : null)
    }
  })

  it("what is logged of a decision holds no token", async () => {
    for (const token of [await sign(key), await sign(attacker)]) {
      const decision = await door.decide(bearer(token))
      const logged = `${JSON.stringify(decision)}${inspect(decision, { depth: null })}`
      expect(logged.includes(token.split(".")[2] ?? "")).toBe(false)
    }
  })

  it("keep_token false takes the token out of the URL, the cookies and the headers behind the gate", async () => {
    const token = await sign(key)
    const fields = {
      keep_token: false,
      from_params: ["t"],
      from_cookies: ["c"],
      from_headers: [{ name: "X-T" }],
    }
    const headers = { "x-t": token, cookie: `a=b; c=${token}` }
    const decision = await gate(consumer(key, fields)).decide(request({ path: `/p?a=b&t=${token}`, headers }))
    if (decision.outcome !== "allow") throw new Error("must be allowed")
    const seen = seenDownstream(decision, headers)
    expect([seen.get("x-t"), seen.get("cookie"), decision.edits.path]).toEqual([null, "a=b", "/p?a=b"])
  })
})
