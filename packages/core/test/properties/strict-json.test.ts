import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseJsonObject } from "../../src/verify/strict-json.js"
import { runs } from "./settings.js"

/** JSON that is written here by hand, so that a name may stand in it twice: objects are lists of members. */
type Tree = { readonly text: string; readonly twice: boolean; readonly nodes: number }

const tricky = [
  "a",
  "b",
  "",
  ":",
  '"',
  "\\",
  '\\"',
  "{",
  '":"',
  "\\u0061",
  "é",
  "\u{1f511}",
  "\ufffd",
  "__proto__",
  "0",
  "1",
]
const text = fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: "grapheme", maxLength: 5 }))

/** A string as JSON, with some or all of its characters escaped. */
const quoted = (value: string) =>
  fc.constantFrom(
    JSON.stringify(value),
    `"${Array.from({ length: value.length }, (_, i) => `\\u${value.charCodeAt(i).toString(16).padStart(4, "0")}`).join("")}"`,
  )
const blank = fc.constantFrom("", "", " ", "\n", "\t\r ")

const leaf: fc.Arbitrary<Tree> = fc
  .oneof(fc.constantFrom("null", "true", "-0", "1.5e3", "1e999"), text.chain(quoted))
  .map((text) => ({ text, twice: false, nodes: 0 }))

const { object } = fc.letrec<{ value: Tree; object: Tree; list: Tree }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, tie("object"), tie("list")),
  list: fc.array(fc.tuple(tie("value"), blank), { maxLength: 4 }).map((items) => ({
    text: `[${items.map(([{ text }, space]) => text + space).join(",")}]`,
    twice: items.some(([{ twice }]) => twice),
    nodes: items.reduce((sum, [{ nodes }]) => sum + nodes + 1, 0),
  })),
  object: fc
    .array(
      text.chain((name) => fc.tuple(fc.constant(name), quoted(name), blank, tie("value"))),
      { maxLength: 4 },
    )
    .map((members) => ({
      text: `{${members.map(([, name, space, { text }]) => `${space}${name}${space}:${space}${text}`).join(",")}}`,
      twice:
        new Set(members.map(([name]) => name)).size < members.length ||
        members.some(([, , , { twice }]) => twice),
      nodes: members.reduce((sum, [, , , { nodes }]) => sum + nodes + 1, 0),
    })),
}))

describe("a strict JSON object", () => {
  it("is one without a name that stands twice in any object, however it is spelled: no other is refused", () => {
    const seen = { twice: 0, once: 0 }
    fc.assert(
      fc.property(object, ({ text, twice, nodes }) => {
        seen[twice ? "twice" : "once"]++
        const parsed = parseJsonObject(new TextEncoder().encode(text))
        if (twice) expect(parsed).toBeUndefined()
        else expect(parsed).toEqual({ value: JSON.parse(text), nodes })
      }),
      runs(3000),
    )
    expect(Math.min(seen.twice, seen.once)).toBeGreaterThan(200)
  })

  it("is read without an exception from any bytes, and never from what is not UTF-8", () => {
    const bytes = fc.tuple(object, fc.uint8Array({ maxLength: 3 }), fc.nat()).map(([{ text }, stray, at]) => {
      const good = Buffer.from(text)
      const i = at % (good.length + 1)
      return new Uint8Array(Buffer.concat([good.subarray(0, i), stray, good.subarray(i)]))
    })
    fc.assert(
      fc.property(bytes, (some) => {
        const parsed = parseJsonObject(some)
        if (parsed === undefined) return
        const text = Buffer.from(some).toString()
        expect(Buffer.from(text).equals(some)).toBe(true)
        expect(parsed.value).toEqual(JSON.parse(text))
      }),
      runs(2000),
    )
  })
})
