import { describe, expect, it } from "vitest"
import { explainSituation, type Situation, signedFor, stepAt } from "../../../test/explain/broken-request.js"
import { issuer, now } from "../../../test/keyring.js"
import type { Consumer } from "../../index.js"

const aboutTime = { name: "", situation: () => ({}) as Situation, at: "time", hint: "" } as const
const hour = 3600

async function stepFor(times: string | object, fields: Partial<Consumer> = {}) {
  const payload = typeof times === "string" ? `{"iss":"${issuer}",${times}}` : { iss: issuer, ...times }
  return stepAt(await explainSituation(await signedFor(fields, { payload })), aboutTime)
}

describe("a time that may be meant gets no hint", () => {
  it.each([
    ["expired long ago", { exp: now - 30 * 24 * hour, iat: now - 31 * 24 * hour }, "expired"],
    ["expired, issued at no whole half hour", { exp: now - hour, iat: now - 1.25 * hour - 200 }, "expired"],
    ["expired, issued longer ago than zones differ", { exp: now - hour, iat: now - 24 * hour }, "expired"],
    ["expired, and iat is in milliseconds", { exp: now - hour, iat: now * 1000 }, "expired"],
    ["expired before 1970", { exp: -1e9 }, "expired"],
    [
      "good only tomorrow, and issued now",
      { exp: now + 48 * hour, nbf: now + 8 * hour, iat: now },
      "not_yet_valid",
    ],
    ["good only next week", { exp: now + 300 * hour, nbf: now + 168 * hour }, "not_yet_valid"],
    ["issued in twenty minutes", { exp: now + hour, iat: now + 1200 }, "issued_in_future"],
    ["issued in a number that is no time", { exp: now + hour, iat: 1e300 }, "issued_in_future"],
    ["issued at the end of time", { exp: now + hour, iat: 253_402_300_799 }, "issued_in_future"],
  ])("%s", async (_, times, reason) => {
    const { hint, ...step } = await stepFor(times)
    expect(step).toMatchObject({ status: "failed", reason })
    expect(hint).toBeUndefined()
  })
})

describe("a token that passes gets no warning", () => {
  it.each([
    ["a usual one", { exp: now + hour, nbf: now, iat: now }],
    ["one for ten years", { exp: now + 10 * 365 * 24 * hour }],
    ["one until the year 9999", { exp: 253_402_300_799 }],
    ["one until the greatest safe integer", { exp: Number.MAX_SAFE_INTEGER }],
    ["one with a fraction of a second", { exp: now + 0.5 }],
  ])("%s", async (_, times) => {
    expect(await stepFor(times)).toEqual({ step: "time", status: "ok" })
    expect(await stepFor(times, { require_exp: false })).toEqual({ step: "time", status: "ok" })
  })
})

describe("a hostile time", () => {
  it.each([
    ['"exp":1e999', "exp is too large a number"],
    [`"exp":"${"9".repeat(5000)}x"`, "exp is a string"],
    [`"exp":${"[".repeat(2000)}${"]".repeat(2000)}`, "exp is a list"],
    ['"exp":{"__proto__":1}', "exp is an object"],
    [`"exp":${now + hour},"nbf":"\\u001b[2J"`, "nbf is a string"],
  ])("may be anything: %.24s", async (times, start) => {
    const { reason, hint } = await stepFor(times)
    expect(reason).toBe("token_malformed")
    expect(hint).toBe(`${start}. Have the issuer write the seconds since 1970 as a number (RFC 7519 §2).`)
  })

  it("is not taken from what every object inherits", async () => {
    expect((await stepFor('"__proto__":{"expires":1}')).hint).toMatch(/^A token without exp/)
  })
})
