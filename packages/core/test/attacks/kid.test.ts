import { describe, expect, it } from "vitest"
import { consumer, expectRefused, gate, judge, macWith, mintKey, sign } from "../keyring.js"

// A kid is a name to compare, never a path, a query or an address (RFC 8725 §3.10).

const key = await mintKey("RS256", { kid: "key-1" })
const attacker = await mintKey("RS256")
const door = gate(consumer(key))
const doorWithoutKid = gate(consumer({ ...key, jwk: { ...key.jwk, kid: undefined } }))

const kids = [
  ...["../../../../dev/null", "/dev/null", "/proc/self/environ", "C:\\boot.ini", "file:///etc/passwd"],
  ...["https://attacker.example/key.json", "//attacker.example", "data:,key", "ldap://attacker.example/x"],
  ..."' OR '1'='1|key-1' --|key-1'; DROP TABLE keys; --|\" or \"\"=\"|x' UNION SELECT 'secret|%27".split("|"),
  ...['{"$gt":""}', "$ne", "key-1|key-2", "key-*", "key-.", "^key-1$", ".*", "`id`", "$(id)", "key-1;id"],
  ...["__proto__", "constructor", "toString", "undefined", "null", "true", "0", "1", "NaN"],
  ...[
    "",
    " ",
    "key-1 ",
    " key-1",
    "KEY-1",
    "Key-1",
    "key-1\0",
    "key-1\n",
    "key\u20101",
    "ｋey-1",
    "key-1,key-2",
  ],
  ...["[object Object]", "key-1\u200b", "\ud800", "a".repeat(4000)],
]
const notStrings = ["null", "0", "1", "true", "false", "[]", '["key-1"]', "{}", '{"key-1":1}', "1e400", "-0"]

const withKid = (kid: string) => `{"alg":"RS256","kid":${kid}}`

describe("a kid that is no kid of ours", () => {
  it("finds no key, even under the true signature", async () => {
    const cases = kids.map(async (kid) => [kid, await sign(key, { header: withKid(JSON.stringify(kid)) })])
    await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "kid_unknown")
    expect(await judge(door, await sign(key, { header: withKid('"key-1"') }))).toBe("allow web")
  })

  it("finds a key without kid, which then decides by the signature alone", async () => {
    for (const kid of kids) {
      const header = withKid(JSON.stringify(kid))
      expect(await judge(doorWithoutKid, await sign(key, { header }))).toBe("allow web")
      await expectRefused(doorWithoutKid, { [kid]: await sign(attacker, { header }) }, "signature_invalid")
    }
  })

  it("does not bring the secret of an empty file", async () => {
    const secret = await mintKey("HS256", { kid: "key-1" })
    const both = gate(consumer([key, secret]))
    const empties = ["/dev/null", "", "../../dev/null"].map((kid) => [
      `${kid} empty`,
      macWith("", "HS256", { kid }),
    ])
    const zeros = ["/dev/null", "", "/dev/zero"].map((kid) => [
      kid,
      macWith(new Uint8Array(32), "HS256", { kid }),
    ])
    await expectRefused(both, Object.fromEntries([...empties, ...zeros]), "kid_unknown")
  })
})

describe("a kid that is no string", () => {
  it("refuses a truly signed token (RFC 7515 §4.1.4)", async () => {
    const cases = notStrings.map(async (kid) => [kid, await sign(key, { header: withKid(kid) })])
    const tokens = Object.fromEntries(await Promise.all(cases))
    await expectRefused(door, tokens, "token_malformed")
    await expectRefused(doorWithoutKid, tokens, "token_malformed")
  })
})

describe("no kid at all", () => {
  it("leaves every key that fits to try, and none that does not", async () => {
    expect(await judge(door, await sign(key))).toBe("allow web")
    await expectRefused(door, { stranger: await sign(attacker) }, "signature_invalid")
  })
})
