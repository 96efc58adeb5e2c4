import { inspect } from "node:util"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { runs } from "../../test/properties/settings.js"
import { ConfigError, type Jwk } from "../index.js"
import { createIssuer, generateKey, type IssuerOptions } from "./index.js"

const [ec, rsa, okp, hmac] = await Promise.all([
  generateKey("ES256"),
  generateKey("RS256"),
  generateKey("EdDSA"),
  generateKey("HS256"),
])
const good = { issuer: "https://login.example.com", privateJwk: ec.privateJwk, expiresInSeconds: 600 }

describe("keys show nowhere", () => {
  const secretsOf = (jwk: Jwk) =>
    ["d", "p", "q", "dp", "dq", "qi", "k"].flatMap((name) =>
      typeof jwk[name] === "string" ? [jwk[name]] : [],
    )

  it.each([ec, rsa, okp, hmac].map((key) => [key.privateJwk.alg, key] as const))(
    "not in a printed issuer: %s",
    async (_, { privateJwk }) => {
      const issuer = createIssuer({ ...good, privateJwk })
      await issuer.issue()
      const depth = Number.POSITIVE_INFINITY
      const printed = JSON.stringify(issuer) + inspect(issuer, { depth, showHidden: true }) + String(issuer)
      for (const secret of secretsOf(privateJwk)) expect(printed.includes(secret)).toBe(false)
      expect(secretsOf(privateJwk).length).toBeGreaterThan(0)
    },
  )

  const names = [
    "kty",
    "crv",
    "alg",
    "use",
    "kid",
    "key_ops",
    "k",
    "d",
    "p",
    "q",
    "dp",
    "dq",
    "qi",
    "n",
    "e",
    "x",
    "y",
  ]
  const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I"
  const value = fc.oneof(fc.constantFrom(secret, `${secret}=`, [secret], { d: secret }), fc.jsonValue())
  const anyJwk = fc.oneof(
    fc.dictionary(fc.constantFrom(...names), value),
    fc
      .tuple(fc.constantFrom(ec, rsa, okp, hmac), fc.dictionary(fc.constantFrom(...names.slice(5)), value))
      .map(([key, change]) => ({ ...key.privateJwk, ...change })),
  )

  it("not in what is said of any key, however broken", () => {
    const secrets = [secret, ...[ec, rsa, okp, hmac].flatMap(({ privateJwk }) => secretsOf(privateJwk))]
    fc.assert(
      fc.property(anyJwk, anyJwk, (privateJwk, nextJwk) => {
        let said = ""
        try {
          createIssuer({ ...good, privateJwk, nextJwk } as IssuerOptions)
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error
          said = inspect(error, { depth: Number.POSITIVE_INFINITY }).replace(error.stack ?? "", error.message)
        }
        expect(secrets.filter((one) => said.includes(one))).toEqual([])
      }),
      runs(300),
    )
  })
})
