import { describe, expect, it } from "vitest"
import type { Forward } from "../config/policy.js"
import type { HeaderEdit, JwtClaims } from "../decision.js"
import { anonymousEdits, compileForwarding, identityEdits } from "./edits.js"

function editsOf(
  claims: JwtClaims,
  forwards: readonly Forward[],
  stripped: readonly HeaderEdit[] = [],
  connection?: string,
) {
  const consumer = {
    name: "web",
    order: 0,
    claims: [],
    types: undefined,
    audiences: undefined,
    keys: [],
    places: [],
    forwards,
    clockSkew: 0,
    requireExp: true,
    keepToken: true,
  }
  const forwarding = compileForwarding("X-Mse-Consumer", forwards)
  return identityEdits(forwarding, consumer, claims, connection, { headers: stripped }).headers
}

const asHeader = (value: unknown): string | undefined =>
  editsOf({ c: value }, [{ claim: "c", header: "x-c", override: true }]).find(
    ({ op, name }) => op === "set" && name === "x-c",
  )?.value

describe("a claim as a header", () => {
  it.each([
    ["a", "a"],
    ["", ""],
    ["a b\u00e9", "a b\u00c3\u00a9"],
    ["\u{1f511}", "\u00f0\u009f\u0094\u0091"],
    ["~!", "~!"],
    [0, "0"],
    [42, "42"],
    [1e3, "1000"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
  ])("%o becomes %o", (claim, value) => {
    expect(asHeader(claim)).toBe(value)
  })

  it("-0 is 0, and nothing else", () => {
    expect(asHeader(-0)).toBe("0")
  })

  it.each([
    ["a line break", "a\r\nX-Admin: 1"],
    ["a line feed", "a\nb"],
    ["NUL", "a\0"],
    ["a tab", "a\tb"],
    ["DEL", "a\x7f"],
    ["a C1 control", "a\x85b"],
    ["a negative number", -1],
    ["a fraction", 1.5],
    ["an integer that JSON has rounded", 2 ** 53],
    ["not a number", Number.NaN],
    ["true", true],
    ["null", null],
    ["a list", ["a"]],
    ["an object", { a: 1 }],
    ["nothing", undefined],
  ])("%s is left out", (_, claim) => {
    expect(asHeader(claim)).toBeUndefined()
  })

  it("is not taken from the prototype", () => {
    const inherited = editsOf({}, [{ claim: "constructor", header: "x-c", override: true }])
    expect(inherited.filter(({ op }) => op !== "remove").map(({ name }) => name)).toEqual(["x-mse-consumer"])
  })
})

describe("the edits of a decision", () => {
  it("remove the client's copies first, then the token, then say who is calling", () => {
    const forwards = [
      { claim: "a", header: "x-a", override: true },
      { claim: "b", header: "x-b", override: false },
      { claim: "absent", header: "x-absent", override: true },
    ]
    expect(editsOf({ a: "1", b: "2" }, forwards, [{ op: "remove", name: "authorization" }])).toEqual([
      { op: "remove", name: "x-mse-consumer" },
      { op: "remove", name: "x-a" },
      { op: "remove", name: "x-absent" },
      { op: "remove", name: "authorization" },
      { op: "set", name: "x-mse-consumer", value: "web" },
      { op: "set", name: "x-a", value: "1" },
      { op: "append", name: "x-b", value: "2" },
    ])
  })

  // RFC 9110 §7.6.1: the next proxy would drop what the client names here (CVE-2022-31813).
  it.each([
    ["x-mse-consumer", []],
    ["close, X-Mse-Consumer", ["close"]],
    ["X-A,keep-alive , x-mse-consumer", ["keep-alive"]],
  ])("do not let `Connection: %s` take the identity away on the next hop", (sent, kept) => {
    const edits = editsOf({ a: "1" }, [{ claim: "a", header: "x-a", override: true }], [], sent)
    const value = kept.length === 0 ? { op: "remove" } : { op: "set", value: kept.join(", ") }
    expect(edits.filter(({ name }) => name === "connection")).toEqual([{ ...value, name: "connection" }])
  })

  it.each(["", "close", "keep-alive", "Upgrade", "x-other, x-absent"])(
    "leave `Connection: %s` alone",
    (sent) => {
      const forwards = [{ claim: "absent", header: "x-absent", override: true }]
      expect(editsOf({}, forwards, [], sent).some(({ name }) => name === "connection")).toBe(false)
    },
  )

  it("of a request without identity are the removals alone, each header once", () => {
    const forwarding = compileForwarding("X-Who", [
      { header: "X-A", override: true },
      { header: "x-a", override: true },
      { header: "x-b", override: false },
    ])
    expect(anonymousEdits(forwarding)).toEqual({
      headers: [
        { op: "remove", name: "x-who" },
        { op: "remove", name: "x-a" },
      ],
    })
  })
})
