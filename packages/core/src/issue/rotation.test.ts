import { decodeProtectedHeader } from "jose"
import { beforeEach, describe, expect, it } from "vitest"
import { ConfigError, createAuthenticator, type Jwks } from "../index.js"
import { createIssuer, generateKey, type IssuerOptions } from "./index.js"

const iss = "https://login.example.com"
const start = 1_900_000_000
const expiresInSeconds = 600
const clock_skew_seconds = 60
const publicMembers = ["alg", "crv", "e", "kid", "kty", "n", "use", "x", "y"]
const [old, fresh, rsa, hmac] = await Promise.all([
  generateKey("ES256", { kid: "old" }),
  generateKey("EdDSA", { kid: "fresh" }),
  generateKey("PS256", { kid: "rsa" }),
  generateKey("HS256"),
])

let now = start
beforeEach(() => {
  now = start
})

const issuerWith = (keys: Pick<IssuerOptions, "privateJwk" | "nextJwk" | "previousJwk">) =>
  createIssuer({ issuer: iss, expiresInSeconds, clock: () => now, ...keys })

async function outcome(token: string, jwks: Jwks): Promise<string> {
  const consumers = [{ name: "web", issuer: iss, jwks, clock_skew_seconds }]
  const { decide } = createAuthenticator({ global_auth: true, consumers }, { now: () => now })
  const headers = { authorization: `Bearer ${token}` }
  const decision = await decide({ method: "GET", host: "localhost", path: "/", headers })
  return decision.outcome === "deny" ? (decision.attempts[0]?.reason ?? "") : decision.outcome
}

const kidsOf = ({ keys }: Jwks) => keys.map(({ kid }) => kid)

describe("changing the key", () => {
  const steps = [
    issuerWith({ privateJwk: old.privateJwk }),
    issuerWith({ privateJwk: old.privateJwk, nextJwk: fresh.privateJwk }),
    issuerWith({ privateJwk: fresh.privateJwk, previousJwk: old.publicJwk }),
    issuerWith({ privateJwk: fresh.privateJwk }),
  ]

  it("goes in four steps", () => {
    expect(steps.map(({ jwks }) => kidsOf(jwks()))).toEqual([
      ["old"],
      ["old", "fresh"],
      ["fresh", "old"],
      ["fresh"],
    ])
  })

  it("refuses no live token, at a verifier one step behind, in step, or one step ahead", async () => {
    const live: string[] = []
    for (const [i, step] of steps.entries()) {
      if (i === 3) {
        now += expiresInSeconds + clock_skew_seconds
        live.length = 0
      }
      live.push(await step.issue())
      const behind = steps[i - 1] ?? step
      const ahead = i === 2 ? step : (steps[i + 1] ?? step)
      for (const token of live)
        for (const { jwks } of [behind, step, ahead]) expect(await outcome(token, jwks())).toBe("allow")
    }
  })

  it("in two steps would refuse good tokens: that is what next and previous are for", async () => {
    const [before, , , after] = steps
    if (before === undefined || after === undefined) throw new Error("four steps")
    expect(await outcome(await after.issue(), before.jwks())).toBe("alg_not_allowed")
    expect(await outcome(await before.issue(), after.jwks())).toBe("alg_not_allowed")
  })

  it("may drop the previous key once its last token has expired, and not a second sooner", async () => {
    const [, published, switched] = steps
    const last = (await published?.issue()) ?? ""
    const jwks = switched?.jwks() ?? { keys: [] }
    now += expiresInSeconds + clock_skew_seconds - 1
    expect(await outcome(last, jwks)).toBe("allow")
    now += 1
    expect(await outcome(last, jwks)).toBe("expired")
  })
})

describe("the published set", () => {
  it("has current, next and previous, in that order, and public members alone", () => {
    const { jwks } = issuerWith({
      privateJwk: rsa.privateJwk,
      nextJwk: fresh.privateJwk,
      previousJwk: { ...old.privateJwk, "x-note": "ours", key_ops: ["sign"] },
    })
    expect(kidsOf(jwks())).toEqual(["rsa", "fresh", "old"])
    for (const key of jwks().keys) {
      expect(Object.keys(key).filter((name) => !publicMembers.includes(name))).toEqual([])
      expect(key).toMatchObject({ use: "sig", alg: expect.any(String) })
    }
    expect(jwks().keys).toEqual([rsa.publicJwk, fresh.publicJwk, old.publicJwk])
  })

  it("names the key as the tokens do", async () => {
    const { issue, jwks } = issuerWith({ privateJwk: rsa.privateJwk })
    expect(kidsOf(jwks())).toEqual([decodeProtectedHeader(await issue()).kid])
  })

  it("says the algorithm, also when the key did not", () => {
    const { alg: _, use: __, ...privateJwk } = old.privateJwk
    expect(issuerWith({ privateJwk }).jwks()).toEqual(old.jwks)
  })

  it("is the caller's own: what is done to it does not come back", () => {
    const { jwks } = issuerWith({ privateJwk: old.privateJwk })
    Object.assign(jwks().keys[0] ?? {}, { x: "" })
    expect(jwks()).toEqual(old.jwks)
  })

  it("never has a secret in it", () => {
    const { jwks } = issuerWith({ privateJwk: hmac.privateJwk })
    expect(jwks).toThrow(ConfigError)
    expect(jwks).toThrow("privateJwk: is a secret, and no secret is published")
  })
})
