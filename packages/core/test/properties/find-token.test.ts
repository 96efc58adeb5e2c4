import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ConsumerSet, Place } from "../../src/config/policy.js"
import { findTokens } from "../../src/extract/find-token.js"
import { PlaceReader, queryOf } from "../../src/extract/places.js"
import type { AuthRequest } from "../../src/index.js"
import { runs, textOf } from "./settings.js"

// Query and cookies are taken apart once for all places. What each of them finds must be what it would find alone, so that
// is compared with the simplest thing that can be right: for every place, a walk over everything that was sent.

const bytesOf = (text: string) => Buffer.from(text, "utf8").toString("latin1")
const decodeBytes = (text: string) =>
  text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const blanks = /^[ \t]+|[ \t]+$/g
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

function cut(pair: string): [name: string, value: string] {
  const [name = "", ...rest] = pair.split("=")
  return [name, rest.join("=")]
}

function header({ headers }: AuthRequest, name: string, separator: string): string | undefined {
  const record = headers as Readonly<Record<string, string | readonly string[]>>
  const key = Object.hasOwn(record, name)
    ? name
    : Object.keys(record).find((key) => key.toLowerCase() === name)
  const value = key === undefined ? undefined : record[key]
  return typeof value === "string" || value === undefined ? value : value.join(separator)
}

function valuesAt(request: AuthRequest, place: Place): readonly string[] {
  if (place.kind === "header") {
    const value = header(request, place.name, ", ")
    if (value === undefined) return []
    const credentials = value.includes(",") ? value.split(",").map((one) => one.replace(blanks, "")) : [value]
    const hasPrefix = (text: string) => lower(text).startsWith(lower(place.prefix))
    if (!credentials.some(hasPrefix)) return []
    return [(hasPrefix(value) ? value.slice(place.prefix.length) : value).replace(blanks, "")]
  }
  if (place.kind === "cookie") {
    const pairs = (header(request, "cookie", "; ") ?? "").split(";").map(cut)
    const named = pairs.filter(([name]) => name.replace(blanks, "") === place.name)
    return named.map(([, value]) => value.replace(blanks, "").replace(/^"(.*)"$/s, "$1"))
  }
  const isNamed = (sent: string) =>
    sent === place.name || [place.name, bytesOf(place.name)].includes(decodeBytes(sent))
  const pairs = queryOf(request.path).split("&").map(cut)
  // As sent, a name is compared as text; only what an escape stood in is bytes.
  const named = pairs.filter(([sent]) => (sent.includes("%") ? isNamed(sent) : sent === place.name))
  return named.map(([, value]) => decode(value))
}

const firstOf = (request: AuthRequest, place: Place) => valuesAt(request, place).find((value) => value !== "")

const name = fc.constantFrom(
  "t",
  "T",
  "tt",
  "é",
  "Ã©",
  "%74",
  "a b",
  "100%",
  "__proto__",
  "constructor",
  "",
  "=",
)
const prefix = fc.constantFrom("", "Bearer ", "bearer", "B", " ", ",", "a,", "\tx", "Ä", "\u212a")
const place: fc.Arbitrary<Place> = fc.oneof(
  fc.record({
    kind: fc.constant("header" as const),
    name: fc.constantFrom("authorization", "x-t", "get", "__proto__", "constructor", "k"),
    prefix,
  }),
  fc.record({ kind: fc.constantFrom("param" as const, "cookie" as const), name }),
)
const consumers: fc.Arbitrary<ConsumerSet> = fc
  .array(fc.array(place, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  .map((groups) => ({ groups: groups.map((places) => ({ places, indexes: [] })), places: groups.flat() }))

const piece = [
  "t",
  "T",
  "tt",
  "%74",
  "%c3%a9",
  "é",
  "Ã©",
  "a b",
  "a%20b",
  "100%",
  "%25",
  "%",
  "__proto__",
  "constructor",
]
const noise = ["", "", "", " ", "\t", "x.y.z", '"', "#", "?"]
const pair = fc
  .tuple(
    fc.constantFrom(...noise),
    fc.constantFrom(...piece),
    fc.constantFrom("=", "=", "=", " = ", ""),
    textOf([...piece, ...noise, "="], 3),
  )
  .map((parts) => parts.join(""))
const sent = (separators: readonly string[]) =>
  fc
    .array(fc.tuple(pair, fc.constantFrom(...separators)), { maxLength: 8 })
    .map((pairs) => pairs.flat().join(""))
const credential = textOf(
  ["Bearer ", "bearer\t", "BEARER", "Basic x", ",", ", ", " ", "\t", "a.b.c", "Ä", "ä", "k", "\u212a"],
  6,
)
const headers = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        "authorization",
        "Authorization",
        "AUTHORIZATION",
        "x-t",
        "X-T",
        "__proto__",
        "constructor",
        "\u212a",
      ),
      fc.oneof(credential, fc.array(credential, { maxLength: 3 })),
    ),
    { maxLength: 4 },
  )
  .chain((pairs) =>
    fc
      .oneof(sent([";", "; "]), fc.array(sent([";"]), { maxLength: 2 }))
      .map((cookie) => Object.fromEntries([...pairs, ["cookie", cookie] as const])),
  )
const request: fc.Arbitrary<AuthRequest> = fc
  .tuple(headers, sent(["&", "&"]))
  .map(([headers, query]) => ({ method: "GET", host: "", path: `/x?${query}`, headers }))

describe("places are read together as they would be read one by one", () => {
  it("for the first token of every consumer", () => {
    fc.assert(
      fc.property(consumers, request, (consumers, request) => {
        const expected = consumers.groups.flatMap((group) => {
          const place = group.places.find((place) => firstOf(request, place) !== undefined)
          return place === undefined ? [] : [{ token: firstOf(request, place), place, group }]
        })
        expect(findTokens(request, consumers)).toEqual(expected)
      }),
      runs(1000),
    )
  })

  it("for everything that stands in a place", () => {
    fc.assert(
      fc.property(consumers, request, (consumers, request) => {
        const reader = new PlaceReader(request, consumers)
        for (const place of consumers.places) {
          const values = valuesAt(request, place).filter((value) => value !== "")
          expect(reader.all(place)).toEqual(values)
          expect(reader.first(place)).toBe(values[0])
        }
      }),
      runs(1000),
    )
  })
})
