import { describe, expect, it } from "vitest"
import {
  base64url,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  judge,
  mintKey,
  request,
  sign,
  signText,
} from "../keyring.js"

// One token has one spelling (RFC 7515 §2): whatever compares, logs or revokes by the text must not be fooled.

const key = await mintKey("HS256")
const door = gate(consumer(key))
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const segments = ["header", "payload", "signature"] as const

/** A token whose every segment has `-`, `_` and a letter with a look-alike in it, so that each respelling differs. */
async function tokenWithBothSpecials(): Promise<readonly string[]> {
  for (let jti = 0; ; jti++) {
    const filler = { filler: ">>>>???? >>>>???? ??>>??>>" }
    const token = await sign(key, {
      header: { alg: "HS256", ...filler },
      payload: { ...goodClaims, ...filler, jti },
    })
    const parts = token.split(".")
    if (parts.every((part) => /-/.test(part) && /_/.test(part) && /[aceopx]/.test(part))) return parts
  }
}

/** A token whose header and payload have this length modulo 4. */
function tokenOfRest(rest: number): Promise<string> {
  const padded = (members: object) => {
    for (let filler = ""; ; filler += "a") {
      const part = { ...members, filler }
      if (base64url(part).length % 4 === rest) return part
    }
  }
  return sign(key, { header: padded({ alg: "HS256" }), payload: padded(goodClaims) })
}

const respellings: Record<string, (segment: string) => string> = {
  padding: (s) => `${s}${"=".repeat(s.length % 4 === 0 ? 4 : 4 - (s.length % 4))}`,
  "one equals sign": (s) => `${s}=`,
  "encoded padding": (s) => `${s}%3D`,
  "plus for minus": (s) => s.replaceAll("-", "+"),
  "slash for underscore": (s) => s.replaceAll("_", "/"),
  "look-alike minus": (s) => s.replaceAll("-", "‐"),
  "look-alike letter": (s) =>
    s.replace(/[aceopx]/, (letter) => String.fromCharCode("асеорх".charCodeAt("aceopx".indexOf(letter)))),
  "full-width letter": (s) =>
    s.replace(/[A-Za-z]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  "percent-encoded letter": (s) => `%${s.charCodeAt(0).toString(16)}${s.slice(1)}`,
  "four characters more": (s) => `${s}AAA=`,
  "a null byte": (s) => `${s}\0`,
}
for (const [name, character] of Object.entries({
  space: " ",
  tab: "\t",
  "line feed": "\n",
  CRLF: "\r\n",
  "vertical tab": "\v",
  "form feed": "\f",
  "no-break space": "\u00a0",
  "zero-width space": "\u200b",
  "byte order mark": "\ufeff",
  "soft hyphen": "\u00ad",
  star: "*",
  quote: '"',
  comma: ",",
})) {
  respellings[`${name} before`] = (s) => character + s
  respellings[`${name} inside`] = (s) => s.slice(0, 4) + character + s.slice(4)
  respellings[`${name} after`] = (s) => s + character
}

/** As a cookie or parameter, where nothing around the token is trimmed away. */
const inQuery = (token: string) => request({ path: `/?access_token=${encodeURIComponent(token)}` })

describe.each(segments)("the %s of a token", (segment) => {
  const at = segments.indexOf(segment)

  it("has no second spelling", async () => {
    const parts = await tokenWithBothSpecials()
    const cases = Object.entries(respellings).map(([name, respell]) => {
      const respelled = parts.with(at, respell(parts[at] ?? "")).join(".")
      expect(respelled, name).not.toBe(parts.join("."))
      return [name, inQuery(respelled)]
    })
    await expectRefused(door, Object.fromEntries(cases), "token_malformed")
    expect(await judge(door, inQuery(parts.join(".")))).toBe("allow web")
  })

  it.each([2, 3])("has no bits that no byte uses, at length 4n + %i", async (rest) => {
    const parts = (await tokenOfRest(rest)).split(".")
    const text = parts[at] ?? ""
    const unused = text.length % 4 === 2 ? 16 : 4
    const last = alphabet.indexOf(text.slice(-1))
    expect(last % unused).toBe(0)
    const cases = Array.from({ length: unused - 1 }, (_, i) => {
      const respelled = text.slice(0, -1) + alphabet[last + i + 1]
      expect(Buffer.from(respelled, "base64url").equals(Buffer.from(text, "base64url"))).toBe(true)
      return [respelled.slice(-4), parts.with(at, respelled).join(".")]
    })
    await expectRefused(door, Object.fromEntries(cases), "token_malformed")
    expect(await judge(door, parts.join("."))).toBe("allow web")
  })

  it("is never of length 4n + 1", async () => {
    const parts = (await tokenOfRest(0)).split(".")
    const lengths = [1, 5, 41].map((length) => [`${length}`, parts.with(at, "A".repeat(length)).join(".")])
    await expectRefused(door, Object.fromEntries(lengths), "token_malformed")
  })
})

describe.each([0, 1])("segment %i of a token whose issuer signed another spelling of it", (at) => {
  it("is refused: the signature does not make the spelling right", async () => {
    const parts = await tokenWithBothSpecials()
    const cases = Object.entries(respellings).map(async ([name, respell]) => {
      const [header, payload] = parts.with(at, respell(parts[at] ?? ""))
      return [name, inQuery(await signText(key, `${header}.${payload}`))]
    })
    await expectRefused(door, Object.fromEntries(await Promise.all(cases)), "token_malformed")
  })
})
