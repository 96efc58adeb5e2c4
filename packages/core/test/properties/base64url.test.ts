import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decodeBase64url, isCanonicalBase64url } from "../../src/base64url.js"
import { runs } from "./settings.js"

const anyText = fc.oneof(
  fc.stringMatching(/^[\w-]{0,12}$/),
  fc.stringMatching(/^[\w+/=-]{0,12}$/),
  fc.string({ unit: "binary", maxLength: 12 }),
)

describe("base64url", () => {
  it("decodes what any encoder wrote to the same bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeBase64url(Buffer.from(bytes).toString("base64url"))).toEqual(bytes)
      }),
      runs(500),
    )
  })

  it("accepts only a text that is the encoding of its own bytes", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = decodeBase64url(text)
        if (bytes !== undefined) expect(Buffer.from(bytes).toString("base64url")).toBe(text)
      }),
      runs(1000),
    )
  })

  it("is called canonical exactly when it decodes", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(isCanonicalBase64url(text)).toBe(decodeBase64url(text) !== undefined)
      }),
      runs(1000),
    )
  })
})
