import { describe, expect, it } from "vitest"
import { parseJsonObject } from "./strict-json.js"

const bytes = (text: string) => new TextEncoder().encode(text)
const parse = (text: string) => parseJsonObject(bytes(text))?.value

describe("a strict JSON object", () => {
  it.each([
    "{}",
    ' \t\r\n{ "a" : 1 }\n',
    '{"a":{"a":{"a":[{"a":1},{"a":2}]}}}',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"\\\\","b":"\\"","c":"\\\\\\""}',
    '{"a":["a","a","a"],"b":{"c":"a"}}',
    '{"a":[[],{},[{}],"b"],"b":"c"}',
    '{"":1,"a":null,"A":true,"é":-1.5e3}',
    '{"constructor":1,"hasOwnProperty":2,"__proto__x":3}',
  ])("is read as any parser reads it: %s", (text) => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })

  it.each([
    ["twice", '{"a":1,"a":2}'],
    ["twice, the same", '{"a":1,"a":1}'],
    ["once in other letters", '{"a":1,"\\u0061":2}'],
    ["once as a surrogate pair", '{"\u{1f511}":1,"\\ud83d\\udd11":2}'],
    ["twice with the empty name", '{"":1,"":2}'],
    ["twice, far apart", '{"a":{"b":[1,2]},"c":["a"],"a":3}'],
    ["twice in a member", '{"x":{"a":1,"a":2}}'],
    ["twice in a list", '{"x":[0,[{"a":1,"b":2,"a":3}]]}'],
    ["twice after a closed object", '{"a":{"b":1},"a":2}'],
    ["twice with __proto__", '{"__proto__":1,"__proto__":2}'],
    ["twice with a quote in the name", '{"\\"":1,"\\u0022":2}'],
  ])("has no member %s", (_, text) => {
    expect(JSON.parse(text)).toBeTypeOf("object")
    expect(parse(text)).toBeUndefined()
  })

  it.each([
    "",
    "null",
    "1",
    '"a"',
    "[]",
    '[{"a":1}]',
    "true",
    "{",
    "{}{}",
    "{'a':1}",
    '{"a":1,}',
    '{"a":NaN}',
    "// {}",
  ])("is not %o", (text) => {
    expect(parse(text)).toBeUndefined()
  })

  it.each([
    ["a byte order mark", [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
    ["UTF-16", [0x7b, 0, 0x7d, 0]],
    ["Latin-1", [0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]],
    ["an overlong character (RFC 3629 §3)", [0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]],
    ["half a surrogate pair as UTF-8", [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]],
  ])("is not %s", (_, text) => {
    expect(parseJsonObject(Uint8Array.from(text))).toBeUndefined()
  })

  it("does not exhaust the stack, however deep it is", () => {
    const deep = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`
    expect(() => parse(deep)).not.toThrow()
    expect(() => parse(`{"a":`.repeat(50_000))).not.toThrow()
  })

  it("gives __proto__ as a member and no prototype", () => {
    const value = parse('{"__proto__":{"admin":true}}')
    expect(Object.hasOwn(value ?? {}, "__proto__")).toBe(true)
    expect(value?.["admin"]).toBeUndefined()
  })
})
