import { describe, expect, it } from "vitest"
import type { AuthRequest } from "../../src/index.js"
import { consumer, expectRefused, gate, judge, mintKey, now, request, sign } from "../keyring.js"

// Two layers that choose differently between two tokens let one of them through unchecked: so there is no choice.

const key = await mintKey("ES256")
const partnerKey = await mintKey("ES256")
const good = await sign(key)
const second = await sign(key, { payload: { iss: "https://issuer.example", sub: "bob", exp: now + 60 } })
const bad = `${good.slice(0, -4)}AAAA`
const partnerToken = await sign(partnerKey, { payload: { iss: "partner", exp: now + 60 } })

const places = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
  from_params: ["t"],
  from_cookies: ["c"],
}
const door = gate(consumer(key, places))

const auth = (...values: string[]): AuthRequest => request({ headers: { authorization: values } })
const authText = (value: string): AuthRequest => request({ headers: { authorization: value } })

describe("two tokens in one header (CVE-2026-26308)", () => {
  it("are one malformed token, in either order and although both are good", async () => {
    const pairs = {
      "good, bad": [good, bad],
      "bad, good": [bad, good],
      "good, good": [good, good],
      both: [good, second],
    }
    for (const [name, [a, b]] of Object.entries(pairs)) {
      const joined = new Headers()
      joined.append("Authorization", `Bearer ${a}`)
      joined.append("authorization", `Bearer ${b}`)
      await expectRefused(
        door,
        {
          [`${name}, repeated`]: auth(`Bearer ${a}`, `Bearer ${b}`),
          [`${name}, in Headers`]: request({ headers: joined }),
          [`${name}, joined`]: authText(`Bearer ${a}, Bearer ${b}`),
          [`${name}, joined tightly`]: authText(`Bearer ${a},Bearer ${b}`),
          [`${name}, under one scheme`]: authText(`Bearer ${a}, ${b}`),
          [`${name}, with a space`]: authText(`Bearer ${a} ${b}`),
          [`${name}, with a tab`]: authText(`Bearer ${a}\t${b}`),
        },
        "token_malformed",
      )
    }
  })

  it("are malformed also when the other is of another scheme, or nothing", async () => {
    await expectRefused(
      door,
      {
        "Basic first": authText(`Basic dTpw, Bearer ${good}`),
        "Basic last": authText(`Bearer ${good}, Basic dTpw`),
        "Basic, repeated": auth("Basic dTpw", `Bearer ${good}`),
        "empty first": auth("", `Bearer ${good}`),
        "empty last": auth(`Bearer ${good}`, ""),
        "a comma first": authText(`,Bearer ${good}`),
        "a comma last": authText(`Bearer ${good},`),
        "a parameter": authText(`Bearer ${good}, realm="x"`),
        "empty Bearer last": auth(`Bearer ${good}`, "Bearer "),
      },
      "token_malformed",
    )
  })

  it("and one alone is allowed, repeated nowhere", async () => {
    expect(await judge(door, auth(`Bearer ${good}`))).toBe("allow web")
    expect(await judge(door, authText(`bearer ${good}`))).toBe("allow web")
  })
})

describe("an Authorization that is not of our scheme (CVE-2026-47673)", () => {
  it("holds no token, even when a good one is the second word", async () => {
    const schemes = [
      "Basic",
      "Token",
      "JWT",
      "Digest",
      "DPoP",
      "Bearerx",
      "xBearer",
      "Bearer:",
      "Bearer=",
      "",
      "Ｂearer",
      "Ke\u212Ay",
    ]
    for (const scheme of schemes)
      expect(await judge(door, authText(`${scheme} ${good}`))).toBe("jwt_missing: token_missing")
    expect(await judge(door, authText(good))).toBe("jwt_missing: token_missing")
    expect(await judge(door, authText(`Bearer\t${good}`))).toBe("jwt_missing: token_missing")
  })
})

describe("tokens in several places", () => {
  const at = (header: string, param: string, cookie: string) =>
    request({
      path: `/?t=${param}`,
      headers: { ...(header && { authorization: `Bearer ${header}` }), cookie: `c=${cookie}` },
    })

  it("the first place decides: a good token later on does not rescue a bad one", async () => {
    await expectRefused(door, { header: at(bad, good, good), param: at("", bad, good) }, "signature_invalid")
    await expectRefused(door, { header: at("x", good, good), param: at("", "x", good) }, "token_malformed")
  })

  it("the first place decides: a good token there is not spoilt by a bad one later", async () => {
    const decision = await door.decide(at(second, bad, "x"))
    expect(decision).toMatchObject({ outcome: "allow", auth: { claims: { sub: "bob" } } })
  })

  it("an empty place is none", async () => {
    expect(await judge(door, at("", "", good))).toBe("allow web")
    expect(await judge(door, request({ path: `/?t=${good}`, headers: { authorization: "Bearer " } }))).toBe(
      "allow web",
    )
  })

  it("of a repeated parameter or cookie the first that is not empty counts, good or bad", async () => {
    const param = (query: string) => request({ path: `/?${query}` })
    const cookie = (value: string) => request({ headers: { cookie: value } })
    const cases = {
      "bad, good": param(`t=${bad}&t=${good}`),
      "empty, bad, good": param(`t=&t=${bad}&t=${good}`),
      "encoded name": param(`%74=${bad}&t=${good}`),
      cookies: cookie(`c=${bad}; c=${good}`),
      "cookies, tight": cookie(`c=;c=${bad};c=${good}`),
    }
    await expectRefused(door, cases, "signature_invalid")
    expect(await judge(door, param(`t=${good}&t=${bad}`))).toBe("allow web")
    expect(await judge(door, cookie(`c=${good}; c=${bad}`))).toBe("allow web")
  })

  it("a name that is only like ours is another name", async () => {
    const others = ["T", "t[]", "t[0]", "t.x", " t", "t%00", "tt", "%2574", "t;x"].map(
      (name) => `${name}=${good}`,
    )
    for (const query of [...others, `x=1;t=${good}`, `#t=${good}`])
      expect(await judge(door, request({ path: `/?${query}` })), query).toBe("jwt_missing: token_missing")
    for (const cookie of [`C=${good}`, `cc=${good}`, `c[]=${good}`, `__Host-c=${good}`])
      expect(await judge(door, request({ headers: { cookie } })), cookie).toBe("jwt_missing: token_missing")
  })
})

describe("a token in the place of another consumer", () => {
  const web = consumer(key, { from_headers: [{ name: "X-Web" }] })
  const partner = consumer(partnerKey, {
    name: "partner",
    issuer: "partner",
    from_headers: [{ name: "X-Partner" }],
  })
  const both = gate([web, partner])
  const sent = (headers: Record<string, string>) => request({ headers })

  it("is not found to be its owner's", async () => {
    const crossed = { web: sent({ "x-partner": good }), partner: sent({ "x-web": partnerToken }) }
    await expectRefused(both, crossed, "claim_mismatch")
    const verdict = await judge(both, sent({ "x-partner": good, "x-web": partnerToken }))
    expect(verdict).toBe("jwt_verification_fails: claim_mismatch, claim_mismatch")
  })

  it("does not spoil its owner's place: each is looked for where it belongs", async () => {
    expect(await judge(both, sent({ "x-web": good, "x-partner": "x" }))).toBe("allow web")
    expect(await judge(both, sent({ "x-web": "x", "x-partner": partnerToken }))).toBe("allow partner")
    expect(await judge(both, sent({ "x-web": good, "x-partner": partnerToken }))).toBe("allow web")
  })
})
