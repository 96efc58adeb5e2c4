import { describe, expect, it } from "vitest"
import { maxTokenBytes, tokenInHeader } from "./header-token.js"

const bearer = (value: string) => tokenInHeader(value, "Bearer ")

describe("a value longer than any token", () => {
  const long = maxTokenBytes + 1

  it.each([
    ["letters", "x".repeat(long)],
    ["commas", ",".repeat(long)],
    ["blanks", " ".repeat(long)],
    ["blanks and then a token", `${" ".repeat(long)}a.b.c`],
    ["credentials", "Bearer a.b.c,".repeat(long)],
  ])("is one malformed token after the prefix, whatever it holds: %s", (_, rest) => {
    expect(bearer(`Bearer ${rest}`)).toBe(rest)
    expect(bearer(`bearer ${rest}`)).toBe(rest)
  })

  it("is no token without the prefix", () => {
    expect(bearer("x".repeat(long))).toBeUndefined()
    expect(bearer(",".repeat(long))).toBeUndefined()
    expect(bearer(` Bearer ${"x".repeat(long)}`)).toBeUndefined()
  })

  it("is one malformed token also when the prefix comes late", () => {
    const value = `${"x,".repeat(long)} Bearer a.b.c`
    expect(bearer(value)).toBe(value)
  })
})

describe("a value as long as the longest token", () => {
  it("is trimmed", () => {
    const token = "x".repeat(maxTokenBytes - 2)
    expect(bearer(`Bearer  ${token}\t`)).toBe(token)
  })

  it("is no token when it holds nothing but blanks", () => {
    expect(bearer(`Bearer ${" ".repeat(maxTokenBytes)}`)).toBeUndefined()
  })
})

describe("a prefix", () => {
  it.each([
    ["Bearer", "Bearer ", undefined],
    ["Bearer ,", "Bearer ", undefined],
    ["Bearer ,x", "Bearer ", undefined],
    ["Bearer,x", "Bearer", ",x"],
    ["x, Bearer a", "Bearer ", "x, Bearer a"],
    ["x, Bearer ", "Bearer ", undefined],
    ["a,b c", "a,b ", undefined],
    ["Bearer a", "Bearer ", "a"],
    ["ſearer a", "searer ", undefined],
    ["\u212a a", "k ", undefined],
    [",,", "", ",,"],
  ])("of %j as %j: %j", (value, prefix, token) => {
    expect(tokenInHeader(value, prefix)).toBe(token)
  })
})
