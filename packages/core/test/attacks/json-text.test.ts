import { describe, expect, it } from "vitest"
import { consumer, expectRefused, gate, issuer, judge, mintKey, now, sign } from "../keyring.js"

// Header and payload are JSON objects in valid UTF-8 (RFC 7515 §4, RFC 7519 §7.2, RFC 8725 §3.7). Every token here is
// truly signed, so that only its text can refuse it.

const key = await mintKey("EdDSA")
const door = gate(consumer(key))
const good = { header: '{"alg":"EdDSA"}', payload: `{"iss":"${issuer}","exp":${now + 60}}` }
const parts = ["header", "payload"] as const

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** The object with these bytes as the value of one more member. */
function withBytes(json: string, ...bytes: number[]): Uint8Array {
  return latin1(`${json.slice(0, -1)},"x":"a${String.fromCharCode(...bytes)}b"}`)
}

const encodings: Readonly<Record<string, (json: string) => Uint8Array>> = {
  "byte order mark": (json) => latin1(`\xef\xbb\xbf${json}`),
  "UTF-16, little endian": (json) => new Uint8Array(Buffer.from(json, "utf16le")),
  "UTF-16 with byte order mark": (json) => new Uint8Array(Buffer.from(`\ufeff${json}`, "utf16le")),
  "byte 0xFF": (json) => withBytes(json, 0xff),
  "Latin-1 é": (json) => withBytes(json, 0xe9),
  "lone continuation": (json) => withBytes(json, 0x80),
  "broken sequence of two": (json) => withBytes(json, 0xc3, 0x28),
  "sequence of three cut short": (json) => withBytes(json, 0xe2, 0x82),
  "overlong slash in two bytes": (json) => withBytes(json, 0xc0, 0xaf),
  "overlong slash in three bytes": (json) => withBytes(json, 0xe0, 0x80, 0xaf),
  "overlong quote": (json) => withBytes(json, 0xc0, 0xa2),
  "overlong NUL": (json) => withBytes(json, 0xc0, 0x80),
  "surrogate in UTF-8": (json) => withBytes(json, 0xed, 0xa0, 0x80),
  "surrogate pair in UTF-8": (json) => withBytes(json, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80),
  "beyond U+10FFFF": (json) => withBytes(json, 0xf4, 0x90, 0x80, 0x80),
  "five-byte sequence": (json) => withBytes(json, 0xf8, 0x88, 0x80, 0x80, 0x80),
  "broken byte after the object": (json) => latin1(`${json}\xff`),
}

const notJson: Readonly<Record<string, (json: string) => string>> = {
  "something after the object": (json) => `${json}x`,
  "a second object": (json) => json + json,
  "a null byte after the object": (json) => `${json}\0`,
  "a trailing comma": (json) => `${json.slice(0, -1)},}`,
  "a comment": (json) => `/**/${json}`,
  "a line comment": (json) => `${json}//`,
  "single quotes": (json) => json.replaceAll('"', "'"),
  "a name without quotes": (json) => `${json.slice(0, -1)},x:1}`,
  NaN: (json) => `${json.slice(0, -1)},"x":NaN}`,
  Infinity: (json) => `${json.slice(0, -1)},"x":-Infinity}`,
  hexadecimal: (json) => `${json.slice(0, -1)},"x":0x10}`,
  "a leading zero": (json) => `${json.slice(0, -1)},"x":01}`,
  "a plus sign": (json) => `${json.slice(0, -1)},"x":+1}`,
  "a line break in a string": (json) => `${json.slice(0, -1)},"x":"\n"}`,
  "no-break space around it": (json) => `\u00a0${json}`,
  "no end": (json) => json.slice(0, -1),
  "a guard against hijacking": (json) => `)]}',\n${json}`,
  "an array": (json) => `[${json}]`,
  "an array of pairs": () => '[["alg","EdDSA"]]',
  "a string": (json) => JSON.stringify(json),
  "a number": () => "1",
  true: () => "true",
  null: () => "null",
  "white space": () => " ",
}

describe.each(parts)("the %s", (part) => {
  const signed = async (rewrites: Readonly<Record<string, (json: string) => string | Uint8Array>>) => {
    const tokens = Object.entries(rewrites).map(async ([name, rewrite]) => [
      name,
      await sign(key, { ...good, [part]: rewrite(good[part]) }),
    ])
    return Object.fromEntries(await Promise.all(tokens)) as Readonly<Record<string, string>>
  }

  it("is refused in any encoding but valid UTF-8 without a byte order mark", async () => {
    await expectRefused(door, await signed(encodings), "token_malformed")
  })

  it("is refused when it is not the JSON of one object", async () => {
    await expectRefused(door, await signed(notJson), "token_malformed")
  })

  it("may have the white space and the text of any language that JSON allows", async () => {
    const tokens = await signed({
      "white space": (json) => `\r\n\t ${json.replaceAll('":', '" : ')} \n`,
      "four-byte characters": (json) => `${json.slice(0, -1)},"naïve":"日本語 😀"}`,
      escapes: (json) => `${json.slice(0, -1)},"x":"\\u0000\\n\\ud83d\\ude00"}`,
    })
    for (const token of Object.values(tokens)) expect(await judge(door, token)).toBe("allow web")
  })
})

describe("a lone surrogate, which has no UTF-8", () => {
  it("is not the replacement character, nor another lone surrogate", async () => {
    const surprised = gate(consumer(key, { issuer: "issuer\ufffd" }))
    const issuers = ["issuer\\ud800", "issuer\\udfff", "issuer\\ud800\\ud800", "issuer?", "issuer"]
    const cases = issuers.map(async (iss) => [
      iss,
      await sign(key, { payload: `{"iss":"${iss}","exp":${now + 60}}` }),
    ])
    await expectRefused(surprised, Object.fromEntries(await Promise.all(cases)), "claim_mismatch")
  })
})
