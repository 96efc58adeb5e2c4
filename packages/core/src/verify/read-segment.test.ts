import { describe, expect, it } from "vitest"
import { nodeReader, portableReader, type SegmentReader } from "./read-segment.js"
import { createTokenBytes } from "./token-bytes.js"

const encode = (data: string | readonly number[]) => Buffer.from(data as string).toString("base64url")
const most = 8192
const readerFor = (longest: number) => nodeReader(createTokenBytes(longest))
// With room for the dot before or behind a segment.
const onNode = readerFor(most + 1)
// Absent where the whole suite is run as on a runtime that is not Node.
const readers: [string, SegmentReader][] = [["the portable reader", portableReader]]
if (onNode !== undefined) readers.push(["the reader on Node", onNode])

/** As the signature of a token. */
function isCanonical(reader: SegmentReader, text: string): boolean {
  return reader.takes(`.${text}`, 1)
}

/** As another segment of a token. */
function objectIn(reader: SegmentReader, text: string): ReturnType<SegmentReader["object"]> {
  return reader.takes(`${text}.`, text.length + 1) ? reader.object(text) : undefined
}

describe.each(readers)("%s", (_, reader) => {
  const good = encode('{"a":[1,{"b":"é\u{1f511}"}],"c":"---___"}')

  it("reads what is canonical", () => {
    expect(isCanonical(reader, good)).toBe(true)
    expect(objectIn(reader, good)).toEqual({ value: { a: [1, { b: "é\u{1f511}" }], c: "---___" }, nodes: 5 })
  })

  it.each([
    ...["", "=", "A", "AA=", "AA==", "AAA=", "AAAA=", "AAAA====", "AB", "AAB", "AAAAA"].map((text) => [text]),
    ...["A+AA", "A/AA", "AA A", "AAA ", " AAA", "AAA\n", "AAAA\n", "\tAAAA", "A\0AA", "AA.A", "AAAA\r\n"].map(
      (t) => [t],
    ),
    ...[
      "\u0141AAA",
      "AA\u0141",
      "AAA\u0141",
      "\uff21AAA",
      "AA\u212a",
      "\u0141",
      "AA\u00ff",
      "AAA\u{1d400}",
    ].map((t) => [t]),
    ...["\ud800AAA", "AAA\ud800", "\udc41AAA", "AA\udc41", "AAA\u200b", "\ufeffAAAA", "AAAA\ufffd"].map(
      (t) => [t],
    ),
  ])("takes %j for no other spelling of anything", (text) => {
    expect(isCanonical(reader, text)).toBe(text === "")
    expect(objectIn(reader, text)).toBeUndefined()
  })

  it("refuses a letter beyond ASCII whose low byte is the right one, wherever it stands", () => {
    for (let i = 0; i < good.length; i++) {
      for (const page of [0x100, 0x200, 0xff00, 0xd800]) {
        const look = String.fromCharCode(good.charCodeAt(i) + page)
        const text = good.slice(0, i) + look + good.slice(i + 1)
        expect([isCanonical(reader, text), objectIn(reader, text)]).toEqual([false, undefined])
      }
    }
  })

  it.each(["A+A", "A/A", "AéA", "A\u0141A"])(
    "does not begin with a token that has %j in its payload, so that each reader refuses it for the same reason",
    (payload) => {
      const token = `${encode('{"alg":"none"}')}.${payload}.AAAA`
      expect(reader.takes(token, token.lastIndexOf(".") + 1)).toBe(false)
    },
  )

  it("refuses white space and padding, wherever it stands", () => {
    for (let i = 0; i <= good.length; i++) {
      for (const stray of [" ", "\n", "=", "==", "\0", "+", "é"]) {
        const text = good.slice(0, i) + stray + good.slice(i)
        expect([isCanonical(reader, text), objectIn(reader, text)]).toEqual([false, undefined])
      }
    }
  })

  it.each<[string, readonly number[], boolean]>([
    ["a replacement character that stands there", [0xef, 0xbf, 0xbd], true],
    ["half a character", [0xc3], false],
    ["a lone continuation", [0x80], false],
    ["an overlong character", [0xc0, 0xaf], false],
    ["half a surrogate pair", [0xed, 0xa0, 0x80], false],
    ["a character beyond Unicode", [0xf4, 0x90, 0x80, 0x80], false],
    ["a replacement character and half a character", [0xef, 0xbf, 0xbd, 0xc3], false],
    ["the byte order mark inside a text", [0xef, 0xbb, 0xbf], true],
  ])("on %s", (_name, bytes, good) => {
    const json = [...Buffer.from('{"a":"'), ...bytes, ...Buffer.from('"}')]
    expect(objectIn(reader, encode(json)) !== undefined).toBe(good)
  })

  it("takes a byte order mark before the object for no JSON", () => {
    expect(objectIn(reader, encode("\ufeff{}"))).toBeUndefined()
  })

  it("does not mix up one segment with the one before it", () => {
    const long = encode(`{"long":"${"x".repeat(3000)}"}`)
    expect(objectIn(reader, long)?.nodes).toBe(1)
    expect(objectIn(reader, encode("{}"))).toEqual({ value: {}, nodes: 0 })
    expect(objectIn(reader, encode('{"a":1'))).toBeUndefined()
    expect(objectIn(reader, encode('{"a":"b:c"}'))).toEqual({ value: { a: "b:c" }, nodes: 1 })
  })

  it("reads the longest segment that a token may have", () => {
    const text = encode(`{"a":"${"x".repeat(6144 - 8)}"}`)
    expect(text.length).toBe(most)
    expect(objectIn(reader, text)?.nodes).toBe(1)
  })

  it("freezes the object, at every depth", () => {
    const { value } = objectIn(reader, encode('{"a":{"b":[{"c":[[]]}]}}')) ?? {}
    const open: unknown[] = [value]
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      expect(Object.isFrozen(one)).toBe(true)
      open.push(...Object.values(one as object).filter((member) => typeof member === "object"))
    }
  })
})

if (onNode !== undefined) {
  describe("the reader on Node", () => {
    it("refuses what is longer than it was made for, and does not read a part of it", () => {
      const short = readerFor(9)
      if (short === undefined) throw new Error("this is Node")
      expect(objectIn(short, encode("{}    "))?.value).toEqual({})
      expect(objectIn(short, encode("{}       "))).toBeUndefined()
      expect(isCanonical(short, "A".repeat(12))).toBe(false)
    })
  })
}
