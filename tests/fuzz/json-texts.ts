import type { Dice } from "./dice.js"

// JSON as an honest issuer writes it, and as nobody should.

const names = [
  "a",
  "b",
  "iss",
  "sub",
  "aud",
  "exp",
  "",
  "__proto__",
  "constructor",
  "é",
  "\u{1f511}",
  "\ufffd",
  "a:b",
  '"',
  "\\",
]
const strings = [...names, "web", "{", "}", '":"', "\u0000", "\u2028", "x".repeat(300), "\\u0061"]
const numbers = ["0", "-0", "1e400", "1.50", "-1e-7", "12345678901234567890", "2000000000"]
const blanks = ["", "", "", "", " ", "\n", "\t\r "]

/** A string with any of its characters escaped. */
function quoted(text: string, dice: Dice): string {
  if (!dice.onceIn(4)) return JSON.stringify(text)
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("")}"`
}

function valueText(dice: Dice, depth: number): string {
  switch (dice.below(depth > 3 ? 4 : 7)) {
    case 0:
      return dice.pick(numbers)
    case 1:
      return dice.pick(["true", "false", "null"])
    case 2:
    case 3:
      return quoted(dice.pick(strings), dice)
    case 4:
      return `[${listOf(dice, () => valueText(dice, depth + 1))}]`
    default:
      return objectText(dice, depth + 1)
  }
}

function listOf(dice: Dice, item: () => string): string {
  const items = Array.from({ length: dice.below(5) }, () => dice.pick(blanks) + item() + dice.pick(blanks))
  return items.join(",")
}

/** Two members have one name now and then. */
export function objectText(dice: Dice, depth = 0): string {
  const member = () => `${quoted(dice.pick(names), dice)}${dice.pick(blanks)}:${valueText(dice, depth)}`
  return `{${listOf(dice, member)}}`
}

const oddTexts = [
  "",
  "{}",
  "null",
  "[]",
  '"a"',
  "{}{}",
  "{} ",
  "\ufeff{}",
  "{'a':1}",
  '{"a":1,}',
  '{"a":"\u0001"}',
  '{"a":"\ud800"}',
  '{"a":"\\ud800"}',
  '{"a":"\ufffd"}',
  '{"a":1,"\\u0061":2}',
  '{"\\"":1,"\\u0022":2}',
  '{"a\\\\":1,"a\\\\":2}',
  '{"__proto__":1,"__proto__":2}',
  '{"a":{"b":1},"b":{"a":1}}',
]

/** Not UTF-8 (RFC 3629 §3, §10), or what a lenient decoder makes something else of. */
const oddBytes = [
  [0xff],
  [0xc0, 0xaf],
  [0xc3],
  [0xed, 0xa0, 0x80],
  [0xed, 0xa0, 0xbd, 0xed, 0xb4, 0x91],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x82],
  [0x80],
  [0xef, 0xbf, 0xbd],
  [0xef, 0xbb, 0xbf],
  [0xfe, 0xff],
  [0x00],
]

function deepText(dice: Dice): string {
  const depth = 1 + dice.below(1500)
  const [open, close] = dice.pick([
    ["[", "]"],
    ['{"a":', "}"],
  ] as const)
  return `{"a":${open.repeat(depth)}1${close.repeat(depth - dice.below(2))}}`
}

/** The bytes of a header or a payload. */
export function jsonBytes(dice: Dice): Uint8Array {
  const text = dice.onceIn(8) ? dice.pick(oddTexts) : dice.onceIn(20) ? deepText(dice) : objectText(dice)
  const bytes = new Uint8Array(Buffer.from(text))
  if (!dice.onceIn(4)) return bytes
  const at = dice.below(bytes.length + 1)
  return new Uint8Array(
    Buffer.concat([
      bytes.subarray(0, at),
      Uint8Array.from(dice.onceIn(2) ? dice.pick(oddBytes) : [dice.below(256)]),
      bytes.subarray(at + dice.below(2)),
    ]),
  )
}
