import { describe, expect, it } from "vitest"
import { cli, now } from "./memory-io.js"

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
const header = part({ alg: "ES256", kid: "k1" })
const payload = part({ sub: "alice", iat: now - 3 * 3600, nbf: now - 3 * 3600, exp: now - 3600 })
const token = `${header}.${payload}.c2ln`

async function decode(stdin: string, ...argv: string[]) {
  return cli(["decode", ...argv], { stdin })
}

describe("decode", () => {
  it("shows header, payload and times, and that nothing is verified", async () => {
    const { code, out, err } = await decode(`${token}\n`)
    expect([code, err]).toEqual([0, ""])
    expect(out).toBe(`Not verified: anybody can write such a token. To have it checked: jwt-auth explain.

header
  alg  "ES256"
  kid  "k1"

payload
  sub  "alice"
  iat  ${now - 3 * 3600}  2023-11-14T19:13:20Z, 3 h ago
  nbf  ${now - 3 * 3600}  2023-11-14T19:13:20Z, 3 h ago
  exp  ${now - 3600}  2023-11-14T21:13:20Z, expired 1 h ago
`)
  })

  it("reads a file", async () => {
    expect(await cli(["decode", "t"], { files: { t: token } })).toMatchObject({ code: 0 })
    expect(await cli(["decode", "none"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("no such file"),
    })
  })

  it.each([
    [{ exp: now + 90 }, "expires in 1 min 30 s"],
    [{ exp: now }, "expired 0 s ago"],
    [{ exp: now - 100 * 86400 }, "expired 100 d ago"],
    [{ exp: now + 4 * 365 * 86400 }, "expires in 1460 d"],
    [{ exp: now * 1000 }, "in milliseconds? A JWT has seconds"],
    [{ exp: 1e300 }, "in milliseconds? A JWT has seconds"],
    [{ nbf: now + 7200 }, "not valid before 2 h from now"],
    [{ auth_time: now - 59 }, "59 s ago"],
    [{ iat: now + 30 }, "in 30 s"],
    [{ iat: -1.5 }, "19675 d 22 h ago"],
  ])("says of %j: %s", async (claims, words) => {
    const { out } = await decode(`${header}.${part(claims)}.c2ln`)
    expect(out.trimEnd().split("\n").at(-1)).toContain(words)
  })

  it("says nothing of a time that is no number, and shows what is nested as JSON", async () => {
    const { out } = await decode(`${header}.${part({ exp: "soon", realm: { roles: ["a"] } })}.c2ln`)
    expect(out).toContain(`payload\n  exp    "soon"\n  realm  {"roles":["a"]}\n`)
  })

  it.each([
    [`Bearer ${token}`, "Bearer stood around the token"],
    [`Authorization: bearer ${token}`, "Authorization: stood around the token"],
    [`Bearer Bearer ${token}`, "Bearer, a second time, stood around the token"],
    [`"${token}"`, "quotes stood around the token"],
    [`“${token}”`, "quotes stood around the token"],
    [token.replace(".", ".\n"), "it has white space or line breaks inside"],
    [`${header}==.${payload}.c2ln`, "it has padding (=), which a JWT has not (RFC 7515 §2)"],
    [`${header}.${payload}.c2/+ln`, "it has characters that base64url has not"],
    [`${header}.${payload}.`, "it has no signature"],
    [`${header}.${payload}`, "it has no signature"],
  ])("reads what people paste, and says what was wrong: %j", async (text, note) => {
    const { code, out } = await decode(text)
    expect(code).toBe(0)
    expect(out).toContain(`note: ${note}\n`)
    expect(out).toContain('sub  "alice"')
  })

  it("of an encrypted token shows the header", async () => {
    const { code, out } = await decode(`${part({ alg: "RSA-OAEP", enc: "A256GCM" })}.a.b.c.d`)
    expect(code).toBe(0)
    expect(out).toContain("note: encrypted (JWE)")
    expect(out).toContain('enc  "A256GCM"')
    expect(out).not.toContain("payload\n")
  })

  it.each([
    ["", "there is nothing in it"],
    ['{"access_token":"x.y.z"}', "take its access_token"],
    ["<html></html>", "this is a document and no token"],
    ["opaque", "it has no dots"],
    ["a.b.c.d", "it has 4 parts"],
    ["a.b.c", "its first part is not a JSON object"],
    [`${header}.W10.c2ln`, "its second part is not a JSON object"],
    [`${header}._w.c2ln`, "its second part is not a JSON object"],
  ])("of what is no token says what it is, and ends with 1: %j", async (text, problem) => {
    const { code, out, err } = await decode(text)
    expect([code, out]).toEqual([1, ""])
    expect(err).toMatch(/^jwt-auth: <stdin>: not a JWT: /)
    expect(err).toContain(problem)
  })

  it("of a megabyte of anything is done at once", async () => {
    for (const filler of ['"', '" ', "' a", "=", "Bearer ", ".", "\n", 'a"', "%3"]) {
      const text = `a${filler.repeat(300_000 / filler.length)}a`
      expect((await decode(text)).code).toBe(1)
    }
  })

  it("of bytes that are no text says so", async () => {
    const { code, err } = await cli(["decode", "t"], { files: { t: new Uint8Array([0xff, 0xfe, 0x41]) } })
    expect([code, err]).toEqual([2, expect.stringContaining("t is not UTF-8 text")])
  })

  it("as JSON says that nothing is verified, too", async () => {
    expect(JSON.parse((await decode(token, "--json")).out)).toEqual({
      verified: false,
      kind: "jws",
      header: { alg: "ES256", kid: "k1" },
      payload: { sub: "alice", iat: now - 10800, nbf: now - 10800, exp: now - 3600 },
      notes: [],
      times: [
        { claim: "iat", seconds: now - 10800, time: "2023-11-14T19:13:20Z", relative: "3 h ago" },
        { claim: "nbf", seconds: now - 10800, time: "2023-11-14T19:13:20Z", relative: "3 h ago" },
        { claim: "exp", seconds: now - 3600, time: "2023-11-14T21:13:20Z", relative: "expired 1 h ago" },
      ],
    })
  })
})
