import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { AuthRequest } from "../../src/index.js"
import {
  base64url,
  bearer,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  judge,
  mintKey,
  request,
  sign,
} from "../keyring.js"

// The work must not grow with what a stranger sends: longer tokens are refused before anything in them is read.

const key = await mintKey("HS256")
const door = gate(
  consumer(key, {
    from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
    from_params: ["t"],
    from_cookies: ["c"],
  }),
)
const MB = 1_000_000

/** A truly signed token of exactly this length. Two lengths in three can be had by the payload alone. */
async function tokenOfLength(length: number): Promise<string> {
  for (let alg = 0; alg < 3; alg++) {
    const header = { alg: "HS256", x: "x".repeat(alg) }
    for (let filler = length; filler > length / 2; filler--) {
      const size =
        base64url(header).length +
        1 +
        Math.ceil(((JSON.stringify({ ...goodClaims, filler: "" }).length + filler) * 8) / 6) +
        1 +
        43
      if (size === length)
        return sign(key, { header, payload: { ...goodClaims, filler: "a".repeat(filler) } })
    }
  }
  throw new Error(`no token of ${length} bytes`)
}

describe("a token of 8193 bytes", () => {
  it("is refused, although one of 8192 is allowed", async () => {
    const [fits, tooLong] = [await tokenOfLength(8192), await tokenOfLength(8193)]
    expect([fits.length, tooLong.length]).toEqual([8192, 8193])
    expect(await judge(door, fits)).toBe("allow web")
    await expectRefused(door, { tooLong }, "token_malformed")
  })
})

const nested = `{"a":${"[".repeat(MB / 2)}${"]".repeat(MB / 2)}}`
const huge: Readonly<Record<string, string>> = {
  letters: "a".repeat(MB),
  dots: ".".repeat(MB),
  segments: "e30.".repeat(MB / 4),
  "a long header": `${base64url(`{"alg":"HS256","x":"${"x".repeat(MB)}"}`)}.e30.AAAA`,
  "nested arrays": `${base64url({ alg: "HS256" })}.${base64url(nested)}.AAAA`,
  "a long signature": `${base64url({ alg: "HS256" })}.${base64url(goodClaims)}.${"A".repeat(MB)}`,
  "a JWE with much to unpack": `${base64url({ alg: "PBES2-HS256+A128KW", p2c: 1e9, zip: "DEF" })}.${"A".repeat(MB)}...`,
  "white space": `a${" ".repeat(MB)}a`,
  commas: `Bearer ${",".repeat(MB)}`,
  padding: `e30.e30.${"=".repeat(MB)}`,
}
const inPlace: Readonly<Record<string, (token: string) => AuthRequest>> = {
  header: (token) => bearer(token),
  "repeated header": (token) =>
    request({ headers: { authorization: [`Bearer ${token}`, `Bearer ${token}`] } }),
  parameter: (token) => request({ path: `/?t=${encodeURIComponent(token)}` }),
  cookie: (token) => request({ headers: { cookie: `c=${token.replaceAll(/[,; ]/g, "_")}` } }),
}

describe("a token of a megabyte", () => {
  const parse = vi.spyOn(JSON, "parse")
  const decode = vi.spyOn(globalThis, "atob")
  beforeEach(() => vi.clearAllMocks())
  afterEach(() => vi.clearAllMocks())

  it.each(Object.keys(inPlace))("is refused unread in a %s", async (place) => {
    const cases = Object.entries(huge).map(([name, token]) => [name, (inPlace[place] ?? bearer)(token)])
    await expectRefused(door, Object.fromEntries(cases), "token_malformed")
    expect(parse).not.toHaveBeenCalled()
    expect(decode).not.toHaveBeenCalled()
  })

  it("is what the watch is for: a token that fits is read", async () => {
    expect(await judge(door, await sign(key))).toBe("allow web")
    expect(parse).toHaveBeenCalled()
    expect(decode).toHaveBeenCalled()
  })
})

describe("a token that fits and is all depth", () => {
  const depth = 2500
  const deep = (open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`

  it("is read without a fall, and refused for want of a signature", async () => {
    const bodies = { arrays: deep("[", "]"), objects: deep('{"":', "}").slice(0, 5800) }
    const members = { arrays: bodies.arrays, objects: `${'{"":'.repeat(1000)}1${"}".repeat(1000)}` }
    const cases = Object.entries(members).flatMap(([name, body]) => [
      [
        `${name} in the payload`,
        `${base64url({ alg: "HS256" })}.${base64url(`{"iss":"${goodClaims.iss}","x":${body}}`)}.AAAA`,
      ],
      [`${name} in the header`, `${base64url(`{"alg":"HS256","x":${body}}`)}.${base64url(goodClaims)}.AAAA`],
    ])
    await expectRefused(door, Object.fromEntries(cases), "signature_invalid")
  })

  it("is allowed when it is truly signed", async () => {
    const payload = `{"iss":"${goodClaims.iss}","exp":${goodClaims.exp},"x":${deep("[", "]")}}`
    expect(await judge(door, await sign(key, { payload }))).toBe("allow web")
  })

  it("is refused without a fall when it is no JSON", async () => {
    const broken = [
      "[".repeat(4000),
      '{"a":'.repeat(800),
      '"'.repeat(4000),
      "\\".repeat(4000),
      "{".repeat(4000),
    ]
    const cases = broken.map((text) => [
      text.slice(0, 9),
      `${base64url({ alg: "HS256" })}.${base64url(text)}.AAAA`,
    ])
    await expectRefused(door, Object.fromEntries(cases), "token_malformed")
  })
})

describe("very much of everything else in a request", () => {
  it("is decided as always", async () => {
    const token = await sign(key)
    const long = "x".repeat(MB)
    const odd = { method: long, host: long, route: long }
    expect(await judge(door, bearer(token, { ...odd, path: `/${long}?${long}` }))).toBe("allow web")
    const slashes = bearer(token, { path: "/".repeat(MB) })
    const rules = [{ match: { path: "/admin/*", domain: "*.example.com" }, allow: "any" as const }]
    expect(await judge(gate(consumer(key), { rules }), slashes)).toBe("allow web")
    const cookies = request({ headers: { cookie: `${"a=b; ".repeat(100_000)}c=${token}` } })
    expect(await judge(door, cookies)).toBe("allow web")
    const params = request({ path: `/?${"a=b&".repeat(100_000)}t=${token}` })
    expect(await judge(door, params)).toBe("allow web")
  })
})
