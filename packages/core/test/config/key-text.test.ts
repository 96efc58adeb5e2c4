import { describe, expect, it } from "vitest"
import { ConfigError, checkConfig, parseConfig } from "../../src/index.js"
import { documentWith, errorsOf, goodKey, jwksOf, secretOf } from "./documents.js"

const withText = (jwks: string) => documentWith({ jwks })

describe("a key set as JSON text", () => {
  it("is checked like one that is written out", () => {
    const text = JSON.stringify(jwksOf(goodKey, { kty: "oct", k: secretOf(16) }, { kty: "oct" }))
    expect(errorsOf(withText(text))).toEqual(errorsOf(documentWith({ jwks: JSON.parse(text) })))
    expect(errorsOf(withText(text)).map(({ path }) => path)).toEqual([
      "consumers[0].jwks.keys[1].k",
      "consumers[0].jwks.keys[2].k",
    ])
  })

  it("is accepted, and stays text in the parsed config", () => {
    const text = JSON.stringify(jwksOf(goodKey))
    expect(parseConfig(withText(text)).consumers[0]?.jwks).toBe(text)
  })

  it.each([
    ["", "consumers[0].jwks", "is not valid JSON"],
    ["keys: []", "consumers[0].jwks", "is not valid JSON"],
    ["[]", "consumers[0].jwks", "must be an object, got a list"],
    ["null", "consumers[0].jwks", "must be an object, got null"],
    ['"{}"', "consumers[0].jwks", "must be an object, got a string"],
    ["{}", "consumers[0].jwks.keys", "is required"],
    ['{"keys":[5]}', "consumers[0].jwks.keys[0]", "must be an object, got a number"],
    ['{"keys":[{"kty":5}]}', "consumers[0].jwks.keys[0].kty", "must be a string, got a number"],
    ['{"keys":[]}', "consumers[0].jwks", "has no key that can verify a token"],
  ])("%s is refused", (text, path, message) => {
    const [only, ...rest] = errorsOf(withText(text))
    expect(rest).toEqual([])
    expect(only).toMatchObject({ path, message })
  })
})

describe("no part of a key stands in any issue or error", () => {
  const secret = secretOf()
  const set = JSON.stringify(jwksOf({ kty: "oct", k: secret }))
  const number = 8_675_309_867_530

  /** What a reader could see of a document with a problem: the issues, and the error in every spelling. */
  function everythingSaid(document: unknown): string {
    const { issues } = checkConfig(document)
    expect(issues.some(({ severity }) => severity === "error")).toBe(true)
    try {
      parseConfig(document)
    } catch (thrown) {
      if (!(thrown instanceof ConfigError)) throw thrown
      const { message, stack, cause } = thrown
      return JSON.stringify([issues, thrown, message, stack, String(cause), Object.entries(thrown)])
    }
    throw new Error("nothing was thrown")
  }

  it.each([
    ["JSON text that is cut off", withText(set.slice(0, -1))],
    ["JSON text with a stray comma", withText(set.replace("}", ",}"))],
    ["JSON text that ends in the secret", withText(secret)],
    ["a secret where the key set belongs", documentWith({ jwks: [secret] })],
    ["a secret where a key belongs", documentWith({ jwks: jwksOf(goodKey, Object(secret), { k: secret }) })],
    ["a secret without a kind", documentWith({ jwks: jwksOf({ k: secret }) })],
    ["a secret that is too short", documentWith({ jwks: jwksOf({ kty: "oct", alg: "HS512", k: secret }) })],
    ["a secret that is no base64url", documentWith({ jwks: jwksOf({ kty: "oct", k: `${secret}=` }) })],
    [
      "a secret of a kind that cannot have it",
      documentWith({ jwks: jwksOf({ kty: "oct", alg: "RS256", k: secret }) }),
    ],
    ["a secret as the kind", documentWith({ jwks: jwksOf({ kty: secret, k: secret }) })],
    ["a private key", documentWith({ jwks: jwksOf({ kty: "OKP", crv: "Ed25519", x: secret, d: secret }) })],
    [
      "a point that is off its curve",
      documentWith({ jwks: jwksOf({ kty: "EC", crv: "P-256", x: secret, y: secret }) }),
    ],
    ["a modulus that is too short", documentWith({ jwks: jwksOf({ kty: "RSA", n: secret, e: secret }) })],
    ["a secret in the place of a flag", documentWith({ allow_weak_hmac: secret })],
    ["a secret in the place of an algorithm", documentWith({ algorithms: [secret] })],
    ["a secret in the place of the keys", documentWith({ jwks: { keys: secret } })],
  ])("%s", (_, document) => {
    expect(everythingSaid(document)).not.toContain(secret)
    expect(everythingSaid(document)).not.toContain(secret.slice(4, 12))
  })

  it.each([
    ["in a key", documentWith({ jwks: jwksOf({ kty: "oct", k: number }) })],
    ["in JSON text", withText(JSON.stringify(jwksOf({ kty: "oct", k: number })))],
    ["in the place of the key set", documentWith({ jwks: number })],
  ])("a secret of digits, which YAML reads as a number: %s", (_, document) => {
    expect(everythingSaid(document)).not.toContain(String(number))
  })
})
