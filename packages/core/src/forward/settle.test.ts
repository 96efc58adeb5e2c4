import { describe, expect, it } from "vitest"
import type { HeaderEdit, RequestEdits } from "../decision.js"
import { attachGate, type Gate, gateOf, openGate } from "./gate.js"
import { settle } from "./settle.js"

type Sent = Readonly<Record<string, string | readonly string[]>>

const owner = {}
const remove = (name: string): HeaderEdit => ({ op: "remove", name })
const set = (name: string, value: string): HeaderEdit => ({ op: "set", name, value })
const append = (name: string, value: string): HeaderEdit => ({ op: "append", name, value })

function open(headers: Sent = {}, path = "/"): Gate {
  return openGate({}, { method: "GET", host: "a.test", path, headers })
}

/** What one decision changes of a request that shows these headers at this URL. */
function settled(gate: Gate, edits: RequestEdits, shown: Sent = {}, url = "/", by: object = owner) {
  const { headers, strip } = settle(gate, by, (name) => shown[name]?.toString(), edits)
  return { url: strip(url), headers: Object.fromEntries(headers) }
}

describe("a gate", () => {
  it("is found again on its holder, and on another one that it was attached to", () => {
    const [holder, next] = [{}, {}]
    const gate = openGate(holder, { method: "GET", host: "", path: "/", headers: {} })
    attachGate(next, gate)
    expect([gateOf(holder), gateOf(next), gateOf({})]).toEqual([gate, gate, undefined])
    expect(gateOf(next)).toBe(gate)
  })

  it("cannot be put aside by whoever handles the request", () => {
    const holder = {}
    const gate = openGate(holder, { method: "GET", host: "", path: "/", headers: {} })
    const [key] = Object.getOwnPropertySymbols(holder) as [symbol]
    expect(() => Object.assign(holder, { [key]: undefined })).toThrow(TypeError)
    expect(gateOf(holder)).toBe(gate)
    expect(Object.keys(Object.getOwnPropertyDescriptors(holder))).toEqual([])
  })
})

describe("headers", () => {
  it("that one decision sets or removes lose every value of the client's", () => {
    const sent = { "x-who": ["a", "b"], "x-gone": "c" }
    const edits = { headers: [remove("x-gone"), remove("x-who"), set("x-who", "web")] }
    expect(settled(open(sent), edits, sent).headers).toEqual({ "x-who": ["web"], "x-gone": [] })
  })

  it("that it appends to keep the client's values, each of them, and get the new one once", () => {
    const gate = open({ "x-tag": ["a", "b"] })
    const edits = { headers: [append("x-tag", "c")] }
    const expected = { "x-tag": ["a", "b", "c"] }
    expect(settled(gate, edits, { "x-tag": "a, b" }).headers).toEqual(expected)
    expect(settled(gate, edits, { "x-tag": "a, b, c" }).headers).toEqual(expected)
  })

  it("that it appends to do not bring back what the app has taken out since", () => {
    expect(settled(open({ "x-tag": "a" }), { headers: [append("x-tag", "c")] }).headers).toEqual({
      "x-tag": ["c"],
    })
  })

  it("that a clean-up removes do not bring back the client's on a later append", () => {
    const gate = open({ "x-tag": "root" })
    settled(gate, { headers: [remove("x-tag")] }, { "x-tag": "root" })
    const later = settled(
      gate,
      { headers: [append("x-tag", "c")] },
      { "x-tag": "put there by the app" },
      "/",
      {},
    )
    expect(later.headers).toEqual({ "x-tag": ["c"] })
  })

  it("that an earlier identity left go with it, also where the later one says nothing of them", () => {
    const gate = open()
    settled(gate, { headers: [remove("x-who"), set("x-who", "web"), append("x-tag", "of web")] })
    const next = settled(gate, { headers: [remove("x-who"), set("x-who", "twin")] }, { "x-tag": "of web" })
    expect(next.headers).toEqual({ "x-who": ["twin"], "x-tag": [] })
  })

  it("of an allow stay under the clean-up of a later pass, whoever passes", () => {
    const gate = open({ "x-who": "root" })
    settled(gate, { headers: [remove("x-who"), set("x-who", "web")] }, { "x-who": "root" })
    for (const by of [owner, {}]) {
      expect(settled(gate, { headers: [remove("x-who")] }, { "x-who": "web" }, "/", by).headers).toEqual({
        "x-who": ["web"],
      })
    }
  })

  it("that two owners append hold the value of both, and one value once", () => {
    const gate = open()
    settled(gate, { headers: [append("x-tag", "a")] })
    const both = settled(gate, { headers: [append("x-tag", "b")] }, { "x-tag": "a" }, "/", {})
    expect(both.headers).toEqual({ "x-tag": ["a", "b"] })
    const again = settled(gate, { headers: [append("x-tag", "a")] }, { "x-tag": "a, b" }, "/", {})
    expect(again.headers).toEqual({ "x-tag": ["a", "b"] })
  })

  it("that another owner sets are the last one's: an earlier owner's value does not stay beside it", () => {
    const gate = open()
    settled(gate, { headers: [remove("x-who"), set("x-who", "web")] })
    const later = settled(
      gate,
      { headers: [remove("x-who"), set("x-who", "twin")] },
      { "x-who": "web" },
      "/",
      {},
    )
    expect(later.headers).toEqual({ "x-who": ["twin"] })
  })

  it("named like what every object inherits are headers like others", () => {
    const edits = { headers: [append("constructor", "c"), append("__proto__", "p")] }
    const { headers } = settle(open(), owner, () => undefined, edits)
    expect([...headers]).toEqual([
      ["constructor", ["c"]],
      ["__proto__", ["p"]],
    ])
  })
})

describe("cookies", () => {
  const sent = { cookie: 'a=1; t=2;b="3" ' }

  it("lose what the edit took out, wherever it stands by now, and nothing else", () => {
    const edits = { headers: [set("cookie", 'a=1;b="3" ')] }
    expect(settled(open(sent), edits, sent).headers).toEqual({ cookie: ['a=1;b="3" '] })
    expect(settled(open(sent), edits, { cookie: "new=1;t=2" }).headers).toEqual({ cookie: ["new=1"] })
  })

  it("go as a header when none is left", () => {
    expect(settled(open(sent), { headers: [remove("cookie")] }, { cookie: "t=2" }).headers).toEqual({
      cookie: [],
    })
    expect(settled(open(sent), { headers: [remove("cookie")] }).headers).toEqual({ cookie: [] })
  })

  it("of several lines are one cookie string", () => {
    const lines = { cookie: ["a=1", "t=2; b=3"] }
    const edits = { headers: [set("cookie", "a=1; b=3")] }
    expect(settled(open(lines), edits, { cookie: "a=1; t=2; b=3" }).headers).toEqual({ cookie: ["a=1; b=3"] })
  })
})

describe("connection options", () => {
  it("that one owner takes out do not come back with the edit of another", () => {
    const sent = { connection: "close, X-A, x-b" }
    const gate = open(sent)
    const first = settled(gate, { headers: [set("connection", "close, x-b")] }, sent).headers["connection"]
    expect(first).toEqual(["close, x-b"])
    const shown = { connection: "close, x-b" }
    const second = settled(gate, { headers: [set("connection", "close, X-A")] }, shown, "/", {})
    expect(second.headers).toEqual({ connection: ["close"] })
  })
})

describe("the URL", () => {
  it.each([
    ["/x?t=1&a=2", "/x?a=2"],
    ["/x?a=%20&t=1&b", "/x?a=%20&b"],
    ["/x?t=1", "/x"],
    ["/x?t=1#f", "/x#f"],
    ["/x?t=1&a=?t=1", "/x?a=?t=1"],
    ["/x?&t=1&", "/x?&"],
  ])("%s loses the parameter and nothing else", (path, left) => {
    expect(settled(open({}, path), { headers: [], path: left }, {}, path).url).toBe(left)
    const url = `http://a.test:1${path}`
    expect(settled(open({}, path), { headers: [], path: left }, {}, url).url).toBe(`http://a.test:1${left}`)
  })

  it("that a router shows shorter, or that a parser has escaped, loses the parameter all the same", () => {
    const gate = open({}, "/sub/x?t='1'&a=2")
    const edits = { headers: [], path: "/sub/x?a=2" }
    expect(settled(gate, edits, {}, "/x?t=%271%27&a=2").url).toBe("/x?a=2")
  })

  it("does not get back what the app has taken out, nor lose what it has put in", () => {
    const gate = open({}, "/?t=1&secret=2&a=3")
    expect(settled(gate, { headers: [], path: "/?secret=2&a=3" }, {}, "/?t=1&a=3&new=4").url).toBe(
      "/?a=3&new=4",
    )
  })

  it("stays as it is without an edit of the path, without a query, or with nothing of it there", () => {
    const gate = open({}, "/?t=1")
    expect(settled(gate, { headers: [] }, {}, "/?t=1").url).toBe("/?t=1")
    expect(settled(gate, { headers: [], path: "/" }, {}, "/").url).toBe("/")
    expect(settled(gate, { headers: [], path: "/" }, {}, "/?a=2#?t=1").url).toBe("/?a=2#?t=1")
  })
})
