import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createTokenBytes, room, type TokenBytes } from "./token-bytes.js"

const most = 64

/** What there is to see of a token: its text, and its signature. */
function seen({ hold, text, signature }: TokenBytes, token: string) {
  const length = hold(token, token.lastIndexOf(".") + 1)
  if (length === -1) return undefined
  const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1")
  return [shown(text.subarray(room, room + token.length)), shown(signature.subarray(0, length))]
}

const newBytes = () => createTokenBytes(most) as TokenBytes
const onNode = newBytes() !== undefined

it("the bytes of a token are kept where the whole suite is not run as on another runtime", () => {
  expect(onNode).toBe(process.getBuiltinModule !== undefined)
})

function onNodeOnly() {
  const token = fc.oneof(
    fc.constantFrom(
      "a.b.c",
      "a.b.d",
      "a.bb.c",
      "",
      ".",
      "AAAA.BBBB.CCCC",
      "AAAA.BBBB.CCCD",
      "x".repeat(most),
    ),
    fc.string({ unit: fc.constantFrom(..."AB9-_."), maxLength: most }),
    fc.string({ unit: "binary", maxLength: most + 2 }),
  )

  it("are its own, whatever tokens came before", () => {
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 12 }), (all) => {
        const bytes = newBytes()
        for (const one of all) expect(seen(bytes, one)).toEqual(seen(newBytes(), one))
      }),
    )
  })

  it("are those that Node's decoder makes of it", () => {
    expect(seen(newBytes(), "AAAA.BBBB.-_-_")).toEqual(["AAAA.BBBB.-_-_", "\u00fb\u00ff\u00bf"])
  })

  it.each(["\u0141AA", "AA\u212a", "A+A", "A/A", "\ud800", "é", "x".repeat(most + 1)])(
    "are not there for %j, which is no token, and then are those of no other",
    (text) => {
      const bytes = newBytes()
      expect(seen(bytes, "a.b.AAAA")).toBeDefined()
      expect([bytes.hold(text, 0), bytes.hold(text, 0)]).toEqual([-1, -1])
      expect(seen(bytes, "a.b.AAAA")).toEqual(["a.b.AAAA", "\0\0\0"])
    },
  )
}

if (onNode) describe("the bytes of a token", onNodeOnly)
