import { deflateRawSync } from "node:zlib"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import {
  base64url,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  judge,
  macWith,
  mintKey,
  sign,
  signText,
} from "../keyring.js"

const issuerKey = await mintKey("RS256", { kid: "2024" })
const attacker = await mintKey("RS256")
const attackerSecret = await mintKey("HS256")
const url = "https://attacker.example/keys.json"
const x5c = [Buffer.from(JSON.stringify(attacker.jwk)).toString("base64")]
const fetched = vi.fn(() => Promise.reject(new Error("nothing may be fetched")))

beforeEach(() => vi.stubGlobal("fetch", fetched))
afterEach(() => {
  vi.unstubAllGlobals()
  expect(fetched).not.toHaveBeenCalled()
})

/** Header parameters by which a token offers its own key (RFC 7515 §4.1.2 to §4.1.8). */
const offers = {
  jwk: { jwk: attacker.jwk },
  "jwk and the configured kid": { jwk: attacker.jwk, kid: "2024" },
  "jwk with the configured kid inside": { jwk: { ...attacker.jwk, kid: "2024" }, kid: "2024" },
  "jwk with private members": { jwk: attacker.secretJwk },
  "jwk as text": { jwk: JSON.stringify(attacker.jwk) },
  jwks: { jwks: { keys: [attacker.jwk] } },
  jku: { jku: url },
  "jku and kid": { jku: url, kid: "2024" },
  "jku to a data URL": { jku: `data:application/json,${JSON.stringify({ keys: [attacker.jwk] })}` },
  "jku to a file": { jku: "file:///etc/passwd" },
  x5u: { x5u: url },
  x5c: { x5c },
  "x5c and x5t": { x5c, x5t: "dGh1bWI", "x5t#S256": "dGh1bWI" },
  iss: { iss: "https://attacker.example" },
  cert: { cert: attacker.jwk },
}

describe("a token that brings its own key", () => {
  const door = gate(consumer(issuerKey))

  it("is checked against the configured key, and fails (CVE-2018-0114)", async () => {
    const cases = Object.entries(offers).map(async ([name, offer]) => [
      name,
      await sign(attacker, { header: { alg: "RS256", ...offer } }),
    ])
    await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "signature_invalid")
  })

  it("cannot offer a secret either", async () => {
    const jwk = { ...attackerSecret.jwk, kid: "2024" }
    const token = macWith(Buffer.from(jwk.k ?? "", "base64url"), "HS256", { jwk, kid: "2024" })
    await expectRefused(door, { token }, "alg_not_allowed")
  })

  it("is not believed under a kid of its own", async () => {
    const token = await sign(attacker, { header: { alg: "RS256", jwk: attacker.jwk, kid: "mine" } })
    await expectRefused(door, { token }, "kid_unknown")
  })

  it("is not feared: under the true signature the offers are ignored, and nothing is fetched", async () => {
    for (const offer of Object.values(offers)) {
      const token = await sign(issuerKey, { header: { alg: "RS256", ...offer } })
      expect(await judge(door, token)).toBe("allow web")
    }
  })
})

describe("crit and b64", () => {
  const door = gate(consumer(issuerKey))
  const values = [
    ...['["exp"]', '["b64"]', '["unknown"]', '["alg"]', '["crit"]', "[]", '["exp","exp"]'],
    ...['"exp"', "null", "false", "0", "{}", '[""]', "[null]", '["__proto__"]'],
  ]

  it("crit refuses a truly signed token, whatever stands in it (RFC 7515 §4.1.11)", async () => {
    const cases = values.flatMap((value) => [
      `{"alg":"RS256","crit":${value}}`,
      `{"crit":${value},"alg":"RS256","exp":9999999999,"unknown":true}`,
      `{"alg":"RS256","\\u0063rit":${value}}`,
    ])
    const tokens = cases.map(async (header) => [header, await sign(issuerKey, { header })])
    await expectRefused(door, Object.fromEntries(await Promise.all(tokens)), "crit_unsupported")
  })

  it("b64 refuses a truly signed token, with and without crit (RFC 7797)", async () => {
    const cases = ["false", "true", "null", '"false"'].flatMap((value) => [
      `{"alg":"RS256","b64":${value}}`,
      `{"alg":"RS256","b64":${value},"crit":["b64"]}`,
    ])
    const tokens = cases.map(async (header) => [header, await sign(issuerKey, { header })])
    await expectRefused(door, Object.fromEntries(await Promise.all(tokens)), "crit_unsupported")
  })

  it("does not come before the form: the plain payload of RFC 7797 is no segment", async () => {
    const plain = `${base64url({ alg: "RS256" })}.${JSON.stringify(goodClaims)}`
    await expectRefused(door, { plain: await signText(issuerKey, plain) }, "token_malformed")
  })
})

describe("zip and enc", () => {
  const door = gate(consumer(issuerKey))

  it("a compressed payload is never inflated (RFC 8725 §3.6)", async () => {
    const bomb = deflateRawSync(JSON.stringify({ ...goodClaims, filler: "a".repeat(1_000_000) }))
    const cases = ["DEF", "def", "GZIP"].map(async (zip) => [
      zip,
      await sign(issuerKey, { header: { alg: "RS256", zip }, payload: new Uint8Array(bomb) }),
    ])
    await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "token_malformed")
  })

  it.each(["enc", "zip", "epk", "p2c"])("%s in the header does not skip the signature", async (name) => {
    const header = { alg: "RS256", [name]: name === "p2c" ? 2_147_483_647 : "A256GCM" }
    await expectRefused(door, { forged: await sign(attacker, { header }) }, "signature_invalid")
    expect(await judge(door, await sign(issuerKey, { header }))).toBe("allow web")
  })
})
