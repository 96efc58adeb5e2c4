import { describe, expect, it } from "vitest"
import { explain } from "../../src/explain/index.js"
import { fromApisix } from "../../src/import/apisix/from-apisix.js"
import { createAuthenticator } from "../../src/index.js"
import { bearer, now } from "../keyring.js"
import { secret, tokenOf } from "./apisix-source.js"

// "missing user key in JWT token": what the gateway answers when a token lacks the claim that names its consumer. The
// usual advice has three remedies, of which the second confuses the claim's name with its value.

interface Situation {
  readonly name: string
  /** The consumer's `key`. */
  readonly key: string
  readonly keyClaim?: string
  readonly claims: object
  /** What the explanation says of the claims, or that the token is good. */
  readonly expected:
    | { readonly outcome: "allow" }
    | { readonly reason: string; readonly actual: string; readonly hint?: string }
}

const situations: readonly Situation[] = [
  {
    name: "a token of an existing system has no claim key",
    key: "user123",
    claims: { sub: "user@example.com", iat: 1516239022 },
    expected: {
      reason: "claim_missing",
      actual: "no key",
      hint: 'The token has no key. It has sub. The signature is by a key of "jack": if this is the caller that is meant, have the issuer add key, or recognise it by what is there, as in claims: { sub: "user@example.com" }.',
    },
  },
  {
    name: "first remedy: the issuer adds key with the consumer's value",
    key: "user123",
    claims: { key: "user123", sub: "user@example.com", iat: 1516239022 },
    expected: { outcome: "allow" },
  },
  {
    name: "second remedy, as it is often told: the name of the claim as the consumer's key",
    key: "user_id",
    claims: { user_id: "user123", other_claims: "value" },
    expected: {
      reason: "claim_missing",
      actual: "no key",
      hint: 'The config asks for a claim key with the value "user_id", and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it. The signature is by a key of "jack": if this is the caller that is meant, write claims: { user_id: "user123" }.',
    },
  },
  {
    name: "the same with sub",
    key: "sub",
    claims: { sub: "user123" },
    expected: {
      reason: "claim_missing",
      actual: "no key",
      hint: 'The config asks for a claim key with the value "sub", and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it. The signature is by a key of "jack": if this is the caller that is meant, write claims: { sub: "user123" }.',
    },
  },
  {
    name: "half of the second remedy: the right value, and no key_claim_name",
    key: "user123",
    claims: { user_id: "user123", other_claims: "value" },
    expected: {
      reason: "claim_missing",
      actual: "no key",
      hint: 'The token\'s user_id has exactly the expected value. The signature is by a key of "jack": if this is the caller that is meant, write claims: { user_id: "user123" } in the config.',
    },
  },
  {
    name: "the other half: key_claim_name, and still the name as the value",
    key: "user_id",
    keyClaim: "user_id",
    claims: { user_id: "user123" },
    expected: { reason: "claim_mismatch", actual: 'user_id "user123"' },
  },
  {
    name: "the second remedy that works: key_claim_name is the name, the consumer's key is the value",
    key: "user123",
    keyClaim: "user_id",
    claims: { user_id: "user123", other_claims: "value" },
    expected: { outcome: "allow" },
  },
  {
    name: "third remedy: one consumer for each kind of caller",
    key: "admin",
    claims: { key: "admin" },
    expected: { outcome: "allow" },
  },
  {
    name: "third remedy, and a kind that nobody is",
    key: "admin",
    claims: { key: "user" },
    expected: { reason: "claim_mismatch", actual: 'key "user"' },
  },
  {
    name: "the claim's name in another case",
    key: "user123",
    claims: { Key: "user123" },
    expected: {
      reason: "claim_missing",
      actual: "no key",
      hint: 'The token has no key, but Key, and names are compared letter by letter. The signature is by a key of "jack": if both are meant to be the same, write claims: { Key: "user123" } in the config.',
    },
  },
  {
    name: "a number for the value",
    key: "123",
    claims: { key: 123 },
    expected: {
      reason: "claim_missing",
      actual: "key 123",
      hint: 'The token\'s key is a number, and the config compares strings. Have the issuer write it in quotes: "123".',
    },
  },
]

describe("missing user key in JWT token", () => {
  it.each(situations)("$name", async ({ key, keyClaim, claims, expected }) => {
    const plugin = keyClaim === undefined ? {} : { key_claim_name: keyClaim }
    const consumers = [{ username: "jack", plugins: { "jwt-auth": { key, secret } } }]
    const { config } = await fromApisix({ consumers, plugin })
    const authenticator = createAuthenticator(config, { now: () => now })
    const { decision, consumers: explained } = await explain(authenticator, bearer(tokenOf(claims)))
    if ("outcome" in expected) {
      expect(decision.outcome).toBe(expected.outcome)
      return
    }
    expect(decision.outcome).toBe("deny")
    const failed = explained[0]?.steps.find(({ status }) => status === "failed")
    const { hint, ...facts } = expected
    expect(failed).toMatchObject({ step: "claims", expected: `${keyClaim ?? "key"} "${key}"`, ...facts })
    if (hint !== undefined) expect(failed?.hint).toBe(hint)
  })
})
