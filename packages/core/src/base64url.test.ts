import { describe, expect, it } from "vitest"
import { decodeBase64url, isCanonicalBase64url } from "./base64url.js"

describe("strict base64url", () => {
  // RFC 4648 §10, without padding; and the two characters in which base64url differs (§5).
  it.each([
    ["", ""],
    ["Zg", "f"],
    ["Zm8", "fo"],
    ["Zm9v", "foo"],
    ["Zm9vYg", "foob"],
    ["Zm9vYmE", "fooba"],
    ["Zm9vYmFy", "foobar"],
    ["_-8", "\xff\xef"],
  ])("decodes %s", (text, bytes) => {
    expect(decodeBase64url(text)).toEqual(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
  })

  it.each([
    ["padding", "Zg=="],
    ["one padding character", "Zm8="],
    ["a length that no bytes have", "Z"],
    ["a length that no bytes have, after a whole group", "Zm9vZ"],
    ["bits after the last byte (rest 2)", "Zh"],
    ["bits after the last byte (rest 3)", "Zm9"],
    ["the alphabet of base64: +", "+-8A"],
    ["the alphabet of base64: /", "/-8A"],
    ["a line break at the end", "Zm9v\n"],
    ["a line break within", "Zm\n9v"],
    ["a space", "Zm9v "],
    ["a dot", "Zm9v."],
    ["NUL", "Zm9\0"],
    ["a letter that is not ASCII", "Zm9é"],
    ["a letter that folds into an ASCII one", "Zm9\u212a"],
    ["half a surrogate pair", "Zm9\ud800"],
  ])("refuses %s", (_, text) => {
    expect(decodeBase64url(text)).toBeUndefined()
    expect(isCanonicalBase64url(text)).toBe(false)
  })
})
