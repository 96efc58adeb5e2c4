import { describe, expect, it } from "vitest"
import { didYouMean } from "./did-you-mean.js"

const fields = ["name", "issuer", "from_headers", "from_params", "from_cookies", "keep_token", "types"]

describe("did you mean", () => {
  it.each([
    ["fromHeaders", "from_headers"],
    ["FROM-PARAMS", "from_params"],
    ["from_header", "from_headers"],
    ["form_params", "from_params"],
    ["isuser", "issuer"],
    ["keeptoken", "keep_token"],
    ["type", "types"],
    ["nmae", "name"],
  ])("%s: %s", (unknown, meant) => {
    expect(didYouMean(unknown, fields)).toBe(meant)
  })

  it.each(["", "x", "jwks", "tenant", "authorization", "\0"])("%o is like none of them", (unknown) => {
    expect(didYouMean(unknown, fields)).toBeUndefined()
  })

  it("takes the closest, and of two equally close the first", () => {
    expect(didYouMean("ab", ["abcd", "abc"])).toBeUndefined()
    expect(didYouMean("abcde", ["abcxx", "abcdx", "abcdy"])).toBe("abcdx")
  })

  it("does not compare what is too long to be a typo", () => {
    const long = "a".repeat(100_000)
    expect(didYouMean(long, [`${long}b`])).toBeUndefined()
    expect(didYouMean("name", [long])).toBeUndefined()
    expect(didYouMean(long, [long])).toBe(long)
  })

  it("knows nothing when there is nothing to mean", () => {
    expect(didYouMean("name", [])).toBeUndefined()
  })
})
