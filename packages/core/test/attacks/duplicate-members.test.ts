import { describe, expect, it } from "vitest"
import { consumer, expectRefused, gate, goodClaims, issuer, judge, mintKey, now, sign } from "../keyring.js"

// Parsers differ in which of two equal names they keep (RFC 8259 §4, CVE-2022-25757): a token that has any is refused,
// even when the issuer signed it. Every token here is truly signed.

const key = await mintKey("ES256")
const door = gate(consumer(key))

/** Members that repeat a name, to stand beside good ones. */
const repeats = {
  "side by side": '"x":1,"x":2',
  "with equal values": '"x":1,"x":1',
  "with other members between": '"x":1,"y":{"z":[1,2]},"w":"}","x":2',
  "spelt with an escape": '"x":1,"\\u0078":2',
  "both spelt with escapes": '"\\u0078":1,"\\u0078":2',
  "in upper- and lower-case hexadecimal": '"k\\u006B":1,"k\\u006b":2',
  "an escaped quote": '"a\\"b":1,"a\\u0022b":2',
  "an escaped slash": '"a/b":1,"a\\/b":2',
  "an escaped backslash": '"a\\\\":1,"a\\u005c":2',
  "the empty name": '"":1,"":2',
  "beyond the basic plane": '"😀":1,"\\ud83d\\ude00":2',
  "with white space about the colon": '"x" \n:\t1 , "x"\r\n: 2',
  __proto__: '"__proto__":{},"__proto__":{}',
  constructor: '"constructor":1,"constructor":2',
  "in an object": '"o":{"x":1,"x":2}',
  "in an object, spelt with an escape": '"o":{"x":1,"\\u0078":2}',
  "in an array": '"a":[0,{"x":1,"x":2}]',
  "after an array": '"a":{"x":[1,2,"x"],"x":2}',
  "after an object": '"a":{"x":{"y":1},"x":2}',
  "after an empty object": '"a":{"x":{},"x":2}',
  "after an empty array": '"a":{"x":[],"x":2}',
  "deep down": `"a":${'{"b":['.repeat(40)}{"x":1,"x":2}${"]}".repeat(40)}`,
  "after a string that looks like an end": '"x":"\\"}","x":2',
  "three times": '"x":1,"x":2,"x":3',
}

/** Equal names that are no repetition, and text that only looks like one. */
const harmless = {
  "in two objects": '"a":{"x":1},"b":{"x":2}',
  "in an object and in what it holds": '"x":{"x":{"x":1}}',
  "in two objects of an array": '"a":[{"x":1},{"x":2}]',
  "as values": '"a":["x","x"],"b":"x","c":"x"',
  "in other letter case": '"x":1,"X":2',
  "inside a string": '"a":"\\"x\\":1,\\"x\\":2"',
  "a string that ends in a backslash": '"a":"x\\\\","b":"x\\\\"',
  "composed and decomposed": '"é":1,"e\u0301":2',
}

const header = (members: string) => `{"alg":"ES256",${members}}`
const payload = (members: string) => `{"iss":"${issuer}","exp":${now + 60},${members}}`

async function tokens(members: Readonly<Record<string, string>>, part: "header" | "payload") {
  const write = part === "header" ? header : payload
  const signed = Object.entries(members).map(async ([name, text]) => [
    name,
    await sign(key, { [part]: write(text) }),
  ])
  return Object.fromEntries(await Promise.all(signed)) as Readonly<Record<string, string>>
}

describe.each(["header", "payload"] as const)("a name that stands twice in the %s", (part) => {
  it("refuses the token, wherever it stands and however it is spelt", async () => {
    await expectRefused(door, await tokens(repeats, part), "token_malformed")
  })

  it("is not seen where there is none", async () => {
    for (const token of Object.values(await tokens(harmless, part))) {
      expect(await judge(door, token)).toBe("allow web")
    }
  })
})

describe("a second alg, kid, iss or exp", () => {
  it("is refused, whichever of the two would have been allowed", async () => {
    const headers = [
      '{"alg":"ES256","alg":"none"}',
      '{"alg":"none","alg":"ES256"}',
      '{"alg":"HS256","\\u0061lg":"ES256"}',
      '{"alg":"ES256","a\\u006cg":"HS256"}',
      '{"alg":"ES256","kid":"a","kid":"b"}',
      '{"alg":"ES256","crit":[],"crit":["b64"]}',
    ].map(async (header) => [header, await sign(key, { header })])
    const payloads = [
      `{"iss":"mallory","iss":"${issuer}","exp":${now + 60}}`,
      `{"iss":"${issuer}","iss":"mallory","exp":${now + 60}}`,
      `{"iss":"${issuer}","exp":${now - 600},"exp":${now + 60}}`,
      `{"iss":"${issuer}","exp":${now + 60},"\\u0065xp":${now - 600}}`,
      `{"iss":"${issuer}","exp":${now + 60},"sub":"alice","sub":"admin"}`,
    ].map(async (payload) => [payload, await sign(key, { payload })])
    const cases = Object.fromEntries(await Promise.all([...headers, ...payloads]))
    // A crit that stands twice is refused as a repetition, before anybody asks what it says.
    await expectRefused(door, cases, "token_malformed")
  })

  it("and one of each is allowed", async () => {
    expect(await judge(door, await sign(key, { payload: goodClaims }))).toBe("allow web")
  })
})
