import { base64url, calculateJwkThumbprint, type JWK } from "jose"
import { describe, expect, it } from "vitest"
import { algorithms } from "../config/key-algorithms.js"
import { type Algorithm, ConfigError, createAuthenticator } from "../index.js"
import { createIssuer, generateKey } from "./index.js"

const issuer = "https://login.example.com"
const secretMembers = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"]

describe.each(algorithms)("a generated %s key", async (alg) => {
  const key = await generateKey(alg)

  it("signs tokens that a consumer with its jwks accepts", async () => {
    const authenticator = createAuthenticator({
      global_auth: true,
      consumers: [{ name: "web", issuer, jwks: key.jwks, algorithms: [alg] }],
    })
    const token = await createIssuer({ issuer, privateJwk: key.privateJwk, expiresInSeconds: 60 }).issue()
    const headers = { authorization: `Bearer ${token}` }
    const decision = await authenticator.decide({ method: "GET", host: "localhost", path: "/", headers })
    expect(decision).toMatchObject({ outcome: "allow", auth: { header: { alg, kid: key.publicJwk.kid } } })
  })

  it("says what it is for, and has its thumbprint as a name (RFC 7638)", async () => {
    const kid = await calculateJwkThumbprint(key.publicJwk as JWK)
    for (const jwk of [key.privateJwk, key.publicJwk]) expect(jwk).toMatchObject({ alg, kid, use: "sig" })
    expect(key.jwks).toEqual({ keys: [key.publicJwk] })
  })

  it("shows no private member in its public half", () => {
    if (alg.startsWith("HS")) expect(key.publicJwk).toEqual(key.privateJwk)
    else expect(secretMembers.filter((name) => name in key.publicJwk)).toEqual([])
  })
})

it.each<[Algorithm, number]>([
  ["HS256", 32],
  ["HS384", 48],
  ["HS512", 64],
])("the secret of %s is exactly as long as the hash: %i bytes", async (alg, bytes) => {
  expect(base64url.decode((await generateKey(alg)).privateJwk.k ?? "")).toHaveLength(bytes)
})

it("an RSA key has 2048 bits and the usual exponent", async () => {
  const { publicJwk } = await generateKey("RS256")
  const modulus = base64url.decode(publicJwk.n ?? "")
  expect([modulus.length * 8, (modulus[0] ?? 0) >> 7, publicJwk.e]).toEqual([2048, 1, "AQAB"])
})

it("each key is a new one", async () => {
  const keys = await Promise.all([
    generateKey("HS256"),
    generateKey("HS256"),
    generateKey("ES256"),
    generateKey("ES256"),
  ])
  expect(new Set(keys.map(({ publicJwk }) => publicJwk.kid)).size).toBe(4)
})

it("a name of one's own is kept", async () => {
  const { privateJwk, publicJwk } = await generateKey("ES256", { kid: "2025-06" })
  expect([privateJwk.kid, publicJwk.kid]).toEqual(["2025-06", "2025-06"])
})

describe("what is not understood is refused, with the fix", () => {
  it.each<[string, () => Promise<unknown>, string, string]>([
    [
      "a typo",
      () => generateKey("RS265" as Algorithm),
      'alg: "RS265" is not one of the supported values',
      "Did you mean RS256?",
    ],
    [
      "none",
      () => generateKey("none" as Algorithm),
      "alg: a string is not one of",
      "Supported: HS256, HS384",
    ],
    ["nothing", () => generateKey(undefined as unknown as Algorithm), "alg: is required", "Add it: HS256"],
    ["a JWK", () => generateKey({} as Algorithm), "alg: an object is not one of", "Supported:"],
    ["an empty kid", () => generateKey("ES256", { kid: "" }), "kid: must be a text", "Leave it out"],
    [
      "a kid that is a number",
      () => generateKey("ES256", { kid: 1 as unknown as string }),
      "kid: must be a text",
      "Leave it out",
    ],
    [
      "an unknown option",
      () => generateKey("ES256", { Kid: "a" } as object),
      "Kid: is not a known field",
      "Did you mean kid?",
    ],
  ])("%s", async (_, generate, message, fix) => {
    const error = await generate().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConfigError)
    expect(String(error)).toContain("The jwt-auth key has 1 problem:")
    expect(String(error)).toContain(message)
    expect(String(error)).toContain(fix)
  })

  it("a key that was given for the algorithm is not repeated", async () => {
    const { privateJwk } = await generateKey("HS256")
    const thrown = await generateKey(privateJwk.k as Algorithm).catch(String)
    expect(thrown).not.toContain(privateJwk.k as string)
  })
})
