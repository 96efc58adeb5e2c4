import { describe, expect, it } from "vitest"
import { isSlip, onlyDifference } from "./near-text.js"

describe("what alone keeps two texts apart", () => {
  it.each([
    ["https://a.example/", "https://a.example", "the slash at the end"],
    ["http://a.example", "https://a.example", "the scheme before ://"],
    ["HTTPS://A.example", "a.example", "the scheme before :// and upper and lower case"],
    ["http://a.example:80/x", "http://a.example/x", "the default port"],
    ["\ta.example\n", "a.example", "white space or invisible characters"],
    ["a\u00adb", "ab", "white space or invisible characters"],
    [
      "http://a.example:80/",
      "https://a.example",
      "the default port, the scheme before :// and the slash at the end",
    ],
  ])("%j and %j: %s", (one, other, difference) => {
    expect(onlyDifference(one, other)).toBe(difference)
    expect(onlyDifference(other, one)).toBe(difference)
  })

  it.each([
    ["https://a.example", "https://a.example"],
    ["https://a.example", "https://b.example"],
    ["https://a.example//", "https://a.example"],
    ["https://a.example:8443", "https://a.example"],
    ["https://a.example:80", "https://a.example"],
    ["https://a.example:4431", "https://a.example1"],
    ["https://a.example/x", "https://a.example"],
    ["https://www.a.example", "https://a.example"],
    ["ab", `a${" ".repeat(100)}b`],
    ["", "https://a.example"],
  ])("%j and %j: nothing is known", (one, other) => {
    expect(onlyDifference(one, other)).toBeUndefined()
    expect(onlyDifference(other, one)).toBeUndefined()
  })
})

describe("a slip", () => {
  it.each([
    ["issuer", "isuer", "a letter too few"],
    ["issuer", "isseur", "two letters swapped"],
    ["issuer", "iszuer", "a wrong letter"],
    ["https://issuer.example", "https://issuer.examples", "a letter too many"],
  ])("%s and %s: %s", (one, other) => {
    expect(isSlip(one, other)).toBe(true)
    expect(isSlip(other, one)).toBe(true)
  })

  it.each([
    ["issuer", "issuer", "they are equal"],
    ["user1", "user2", "numbers are told apart by digits"],
    ["tenant-a", "tenant-b", "a letter that stands alone is a name"],
    ["tenanta", "tenantb", "the last letter may count, as a number does"],
    ["eu.issuer", "us.issuer", "the word is short"],
    ["dev", "deb", "the word is short"],
    ["api", "apis", "the word is short"],
    ["internal", "external", "two letters differ"],
    ["issuer.example", "issuer/example", "no letter differs"],
    ["", "a", "there is no word"],
  ])("%s and %s are none: %s", (one, other) => {
    expect(isSlip(one, other)).toBe(false)
    expect(isSlip(other, one)).toBe(false)
  })
})
