import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { maxTokenBytes } from "../../src/extract/header-token.js"
import { type CompactJws, parseCompactJws } from "../../src/verify/compact-jws.js"
import { runs } from "./settings.js"

const algorithms = ["HS256", "RS384", "PS512", "ES256", "EdDSA"]
const name = fc.string().filter((text) => !["alg", "kid", "crit", "b64", "__proto__"].includes(text))
const header = fc
  .tuple(
    fc.constantFrom(...algorithms),
    fc.option(fc.string({ unit: "grapheme" }), { nil: undefined }),
    fc.dictionary(name, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
  )
  .map(([alg, kid, others]) => ({ ...others, alg, ...(kid !== undefined && { kid }) }))
const payload = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
const signature = fc.uint8Array({ minLength: 1, maxLength: 64 })

function encode(bytes: Uint8Array | object): string {
  return Buffer.from(bytes instanceof Uint8Array ? bytes : JSON.stringify(bytes)).toString("base64url")
}

/** The bytes that a lenient reader finds in a token: Node's decoder forgives padding, white space and stray bits. */
function bytesIn(token: string): readonly string[] {
  return token.split(".").map((segment) => Buffer.from(segment, "base64url").toString("hex"))
}

function parsed(token: string): CompactJws {
  const jws = parseCompactJws(token)
  if (typeof jws === "string") throw new Error(`refused: ${jws}`)
  return jws
}

const token = fc
  .tuple(header, payload, signature)
  .map((parts) => parts.map(encode).join("."))
  .filter(({ length }) => length <= maxTokenBytes)

/** What a stranger may put anywhere in a token. */
const strayCharacter = fc.oneof(
  fc.constantFrom(..."ABab01-_+/=. \t\r\n\0,;\"'%~é\u{1f511}"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
)

const mutated = fc
  .tuple(token, fc.nat(), strayCharacter, fc.constantFrom("replace", "insert", "delete", "append", "prepend"))
  .map(([good, at, character, kind]) => {
    const i = at % good.length
    switch (kind) {
      case "replace":
        return { good, bad: good.slice(0, i) + character + good.slice(i + 1) }
      case "insert":
        return { good, bad: good.slice(0, i) + character + good.slice(i) }
      case "delete":
        return { good, bad: good.slice(0, i) + good.slice(i + 1) }
      case "append":
        return { good, bad: good + character }
      default:
        return { good, bad: character + good }
    }
  })
  .filter(({ good, bad }) => good !== bad)

describe("the compact form", () => {
  it("is read back as what was serialised", () => {
    fc.assert(
      fc.property(header, payload, signature, (head, claims, signed) => {
        const text = [head, claims, signed].map(encode).join(".")
        fc.pre(text.length <= maxTokenBytes)
        const jws = parsed(text)
        expect(jws.token).toBe(text)
        expect(JSON.stringify(jws.header)).toBe(JSON.stringify(head))
        expect(JSON.stringify(jws.claims)).toBe(JSON.stringify(claims))
      }),
      runs(500),
    )
  })

  it("has one spelling: a token that differs in one character is refused, or carries other bytes", () => {
    fc.assert(
      fc.property(mutated, ({ good, bad }) => {
        parsed(good)
        if (typeof parseCompactJws(bad) === "string") return
        expect(bytesIn(bad)).not.toEqual(bytesIn(good))
      }),
      runs(1000),
    )
  })

  it("has one spelling: every neighbour of the last character of a segment is refused, or carries other bytes", () => {
    fc.assert(
      fc.property(token, fc.nat(2), (good, segment) => {
        const segments = good.split(".")
        const before = segments[segment] ?? ""
        for (const last of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=") {
          const bad = segments.with(segment, before.slice(0, -1) + last).join(".")
          if (bad === good || typeof parseCompactJws(bad) === "string") continue
          expect(bytesIn(bad)).not.toEqual(bytesIn(good))
        }
      }),
      runs(200),
    )
  })

  it("is refused without an exception, whatever the text", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.array(fc.base64String(), { maxLength: 5 }).map((segments) => segments.join(".")),
      fc
        .tuple(fc.jsonValue(), fc.jsonValue(), signature)
        .map(([a, b, c]) => [[a], [b], c].map(encode).join(".")),
    )
    fc.assert(
      fc.property(text, (token) => {
        expect(parseCompactJws(token)).toBeTypeOf("string")
      }),
      runs(500),
    )
  })
})
