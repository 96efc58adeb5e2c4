import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import {
  ConfigError,
  createAuthenticator,
  type Decision,
  denialResponse,
  type JwtAuthConfig,
} from "../../src/index.js"
import { bearer, consumer, gate, goodClaims, issuer, judge, mintKey, now, request, sign } from "../keyring.js"

const key = await mintKey("HS256", { kid: "a-secret-kid" })
const stranger = await mintKey("HS256")

/** Everything that a log, a monitor or a debugger would print of a value. */
function printed(value: unknown): string {
  return [
    JSON.stringify(value),
    inspect(value, { depth: Number.POSITIVE_INFINITY }),
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    String(value),
    ...(typeof value === "object" && value !== null ? Object.values(value).map(String) : []),
  ].join("\n")
}

function expectSilent(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(4)
    expect(text.includes(secret)).toBe(false)
  }
}

const partsOf = (token: string) => [token, ...token.split(".")]

describe("a token that is refused", async () => {
  const tokens = {
    malformed: `${await sign(key)}=`,
    foreign: await sign(stranger),
    "wrong issuer": await sign(key, { payload: { ...goodClaims, iss: "somebody-else" } }),
    "wrong kid": await sign(key, { header: { alg: "HS256", kid: "their-own-kid" } }),
    expired: await sign(key, { payload: { ...goodClaims, exp: now - 999 } }),
    "not allowed": await sign(key),
  }
  const door = gate(consumer(key), {
    rules: [{ match: { path: "/denied" }, allow: ["web"], scopes: ["secret"] }],
  })

  it.each(Object.entries(tokens))(
    "stands nowhere in the decision, nor in the answer: %s",
    async (_name, token) => {
      const seen: string[] = []
      const places = [
        bearer(token, { path: "/denied" }),
        request({ path: `/denied?access_token=${encodeURIComponent(token)}` }),
      ]
      for (const asked of places) {
        const decision = await door.decide(asked)
        if (decision.outcome !== "deny") throw new Error("must be refused")
        seen.push(printed(decision), printed(decision.denial), printed(decision.attempts))
        for (const accept of ["", "application/json"])
          seen.push(printed(denialResponse(decision.denial, accept)))
      }
      const text = seen.join("\n")
      expectSilent(text, [...partsOf(token), key.jwk.k ?? "", "a-secret-kid", "their-own-kid"])
      expectSilent(text, [issuer, "somebody-else", "alice"])
      expect(text).toContain("WWW-Authenticate")
    },
  )

  it("is one and the same answer whatever is wrong with it, so that nobody can probe", async () => {
    const { malformed, foreign, "wrong issuer": wrongIssuer, "wrong kid": wrongKid } = tokens
    const answers: Decision[] = []
    for (const token of [malformed, foreign, wrongIssuer, wrongKid, "x"])
      answers.push(await door.decide(bearer(token)))
    const denials = answers.map((decision) => decision.outcome === "deny" && decision.denial)
    expect(new Set(denials.map((denial) => JSON.stringify(denial))).size).toBe(1)
  })
})

describe("a token that is allowed", () => {
  it.each([true, false])("is not shown by its decision, with keep_token %s", async (keep_token) => {
    const token = await sign(key)
    const door = gate(
      consumer(key, { keep_token, from_params: ["t"], from_cookies: ["c"], from_headers: [{ name: "x-t" }] }),
    )
    const places = [
      request({ path: `/?t=${token}&u=1` }),
      request({ headers: { cookie: `a=b; c=${token}` } }),
      request({ headers: { "x-t": token } }),
    ]
    for (const asked of places) {
      const decision = await door.decide(asked)
      if (decision.outcome !== "allow") throw new Error("must be allowed")
      expectSilent(printed(decision), [token, ...token.split(".").slice(2)])
      expectSilent(printed({ ...decision.auth }), [token])
      expectSilent(printed(Object.entries(decision.auth)), [token])
      expect(decision.auth.token).toBe(token)
    }
  })
})

describe("an error in a config", () => {
  const secret = "c2VjcmV0LWtleS1tYXRlcmlhbA"
  const oct = { kty: "oct", k: secret }
  const pem = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`
  const broken: Readonly<Record<string, unknown>> = {
    "a weak secret": { keys: [oct] },
    "a weak secret in text": JSON.stringify({ keys: [oct] }),
    "broken JSON": `{"keys":[{"kty":"oct","k":"${secret}"`,
    "broken JSON that begins with the secret": `${secret}"`,
    "the bare secret": secret,
    "a PEM": pem,
    "a PEM in a list": [pem],
    "a secret that is no base64url": { keys: [{ kty: "oct", k: `${secret}+/=` }] },
    "a secret of another type": { keys: [{ kty: "oct", k: [secret] }] },
    "a secret as a number": { keys: [{ kty: "oct", k: 123456789012 }] },
    "a secret in the place of a key": { keys: [secret] },
    "a secret in the place of the keys": { keys: secret },
    "a private key": { keys: [{ kty: "EC", crv: "P-256", x: "AA", y: "AA", d: secret }] },
    "a private RSA key": { keys: [{ kty: "RSA", n: secret, e: "AQAB", d: secret, p: secret, q: secret }] },
    "an algorithm that does not fit": { keys: [{ ...oct, alg: "RS256" }] },
    "an unknown kind": { keys: [{ kty: secret, k: secret }] },
    "a secret as algorithm": { keys: [{ ...oct, alg: secret }] },
    "a secret as use": { keys: [{ ...oct, use: secret }] },
  }

  it.each(Object.entries(broken))("does not show the key: %s (CVE-2022-29266)", (_name, jwks) => {
    const config = { consumers: [{ name: "web", issuer, jwks }] } as unknown as JwtAuthConfig
    let thrown: unknown
    try {
      createAuthenticator(config)
    } catch (error) {
      thrown = error
    }
    if (!(thrown instanceof ConfigError)) throw new Error("must be a ConfigError")
    const text = [
      printed(thrown),
      thrown.message,
      thrown.stack,
      printed(thrown.issues),
      String(thrown.cause),
    ].join("\n")
    expectSilent(text, [secret, "123456789012", "PRIVATE KEY"])
    expect(text).toContain("consumers[0].jwks")
  })

  it("does not show a secret that stands in the wrong field", () => {
    const fields = {
      issuer: 1,
      audiences: secret,
      types: secret,
      algorithms: [secret],
      clock_skew_seconds: secret,
    }
    const config = {
      consumers: [{ ...consumer(key), ...fields }],
      realm: `"${secret}`,
    } as unknown as JwtAuthConfig
    expect(() => createAuthenticator(config)).toThrow(ConfigError)
    try {
      createAuthenticator(config)
    } catch (error) {
      expectSilent(printed(error), [secret])
    }
  })

  it("in a reload does not show it either, and keeps the old config", async () => {
    const door = gate(consumer(key))
    let thrown: unknown
    try {
      door.reload({ consumers: [{ name: "web", issuer, jwks: { keys: [oct] } }] })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ConfigError)
    expectSilent(printed(thrown), [secret])
    expect(await judge(door, await sign(key))).toBe("allow web")
  })
})
