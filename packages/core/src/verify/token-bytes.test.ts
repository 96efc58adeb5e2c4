import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createTokenBytes, room, type TokenBytes } from "./token-bytes.js"

const most = 64

/** What there is to see of a token: its text, and its signature from a place on. */
function seen(bytes: TokenBytes, token: string, from: number) {
  if (!bytes.hold(token)) return undefined
  const text = Buffer.from(bytes.memory.subarray(room, room + token.length)).toString("latin1")
  const length = bytes.decode(from)
  return { text, signature: Buffer.from(bytes.signature(length)).toString("hex") }
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
    const questions = fc.array(fc.tuple(token, fc.nat(most)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(questions, (all) => {
        const bytes = newBytes()
        for (const [one, from] of all) expect(seen(bytes, one, from)).toEqual(seen(newBytes(), one, from))
      }),
    )
  })

  it("are those that Node's decoder makes of it", () => {
    expect(seen(newBytes(), "AAAA.BBBB.-_-_", 10)).toEqual({ text: "AAAA.BBBB.-_-_", signature: "fbffbf" })
  })

  it.each(["\u0141AA", "AA\u212a", "A+A", "A/A", "\ud800", "é", "x".repeat(most + 1)])(
    "are not there for %j, which is no token, nor are those of the one before",
    (text) => {
      const bytes = newBytes()
      expect(bytes.hold("AAAA")).toBe(true)
      expect([bytes.hold(text), bytes.decode(1)]).toEqual([false, 0])
      expect(bytes.hold(text)).toBe(false)
    },
  )
}

if (onNode) describe("the bytes of a token", onNodeOnly)
