import { describe, expect, it } from "vitest"
import { configErrorOf, problemsOf } from "../../test/config-problems.js"
import { createIssuer, generateKey, type IssuerOptions } from "./index.js"

const { privateJwk, publicJwk } = await generateKey("ES256")
const good = {
  issuer: "https://login.example.com",
  privateJwk,
  expiresInSeconds: 600,
} satisfies IssuerOptions

const problems = (change: Readonly<Record<string, unknown>>) =>
  problemsOf(() => createIssuer({ ...good, ...change } as IssuerOptions))

describe("options that are refused, each by its field", () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["no issuer", { issuer: undefined }, "issuer: is required"],
    ["an empty issuer", { issuer: "" }, "issuer: is empty"],
    ["an issuer that is no text", { issuer: 5 }, "issuer: must be a string, got a number"],
    ["no lifetime", { expiresInSeconds: undefined }, "expiresInSeconds: is required"],
    ["a lifetime of 0", { expiresInSeconds: 0 }, "expiresInSeconds: must be a whole number of 1 or more"],
    [
      "a negative lifetime",
      { expiresInSeconds: -5 },
      "expiresInSeconds: must be a whole number of 1 or more",
    ],
    ["half a second", { expiresInSeconds: 0.5 }, "expiresInSeconds: must be a whole number of 1 or more"],
    [
      "a lifetime without end",
      { expiresInSeconds: Number.POSITIVE_INFINITY },
      "expiresInSeconds: must be a whole number of 1 or more",
    ],
    [
      "a lifetime as text",
      { expiresInSeconds: "10m" },
      "expiresInSeconds: must be a whole number of 1 or more",
    ],
    ["an empty audience", { audience: "" }, "audience: must be a text that is not empty, or a list of them"],
    [
      "no audience in a list",
      { audience: [] },
      "audience: must be a text that is not empty, or a list of them",
    ],
    ["an empty type", { type: "" }, "type: is empty"],
    ["a clock that is no function", { clock: 5 }, "clock: must be a function"],
    ["a broken clock", { clock: () => Number.NaN }, "clock: must return the seconds since 1970, got NaN"],
    [
      "a clock that says nothing",
      { clock: () => {} },
      "clock: must return the seconds since 1970, got no number",
    ],
    [
      "a clock in milliseconds, whose tokens would hold for 50,000 years",
      { clock: () => 1_900_000_000_000 },
      "clock: must return the seconds since 1970, got 1900000000000",
    ],
    ["a misspelt option", { expiresIn: 600 }, "expiresIn: is not a known field"],
  ])("%s", (_, change, expected) => {
    expect(problems(change)).toEqual([expected])
  })

  it("as problems of the issuer, not of a config", () => {
    const { message } = configErrorOf(() => createIssuer({ ...good, issuer: "", expiresInSeconds: 0 }))
    expect(message.split("\n")[0]).toBe("The jwt-auth issuer has 2 problems:")
  })

  it("all at once, in the order of the options", () => {
    const bad = {
      issuer: "",
      expiresInSeconds: 0,
      audience: [],
      type: "",
      clock: () => Number.NaN,
      nextJwk: {},
    }
    expect(problems({ ...bad, privateJwk: publicJwk }).map((line) => line.split(":")[0])).toEqual([
      "issuer",
      "privateJwk",
      "expiresInSeconds",
      "audience",
      "type",
      "clock",
      "nextJwk.kty",
    ])
  })
})
