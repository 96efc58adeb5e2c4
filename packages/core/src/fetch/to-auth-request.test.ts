import { describe, expect, it } from "vitest"
import { openGate } from "../forward/gate.js"
import { toAuthRequest } from "./to-auth-request.js"

/** A request whose URL nobody has parsed. */
function withUrl(url: string): Request {
  return Object.defineProperty(new Request("http://a.test/"), "url", { value: url })
}

describe("what a Fetch request says", () => {
  it("is its method, host, path with query, and headers under lower-case names", () => {
    const headers = { "X-A": "1", Accept: "a/b" }
    const request = new Request("https://API.test:8443/x%2fy?a=%20&b", { method: "PUT", headers })
    expect(toAuthRequest(request)).toEqual({
      method: "PUT",
      host: "api.test:8443",
      path: "/x%2fy?a=%20&b",
      headers: { "x-a": "1", accept: "a/b" },
    })
  })

  it("of a header that came twice is one value, joined by a comma: no choice between two credentials", () => {
    const headers = new Headers([
      ["Authorization", "Bearer a"],
      ["authorization", "Bearer b"],
    ])
    const said = toAuthRequest(new Request("http://a.test/", { headers }))
    expect(said.headers).toEqual({ authorization: "Bearer a, Bearer b" })
  })

  it("is a copy: what happens to the request's headers later changes nothing of it", () => {
    const request = new Request("http://a.test/", { headers: { "x-a": "1" } })
    const said = toAuthRequest(request)
    request.headers.set("x-a", "2")
    expect(said.headers).toEqual({ "x-a": "1" })
  })

  it("of a header named like what every object inherits is a header, and no prototype", () => {
    const request = new Request("http://a.test/", { headers: { ["__proto__"]: "x", constructor: "y" } })
    const { headers } = toAuthRequest(request)
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype)
    expect(Object.hasOwn(headers, "constructor")).toBe(true)
  })

  it.each([
    ["http://a.test", "a.test", "/"],
    ["http://a.test?x=1", "a.test?x=1", "/"],
    ["http://a.test/#x", "a.test", "/#x"],
    ["http://a.test/x#?y=1", "a.test", "/x#?y=1"],
    ["http://a.test//admin", "a.test", "//admin"],
    ["http://a.test/a/../b", "a.test", "/a/../b"],
    ["http://a.test\\admin", "a.test\\admin", "/"],
    ["http://A.test:80/x", "A.test:80", "/x"],
    ["http://user@a.test/x", "user@a.test", "/x"],
    ["http://[::1]:80/x", "[::1]:80", "/x"],
    ["http:///x", "", "/x"],
    ["HTTPS://a.test/x", "a.test", "/x"],
    ["http://a.test/x\ny", "a.test", "/x\ny"],
  ])("%j is taken apart as text: host %j, path %j", (url, host, path) => {
    expect(toAuthRequest(withUrl(url))).toMatchObject({ host, path })
  })

  it.each(["/pub/admin", "pub/admin", "//a/b", "", "?x", "mailto:x", "1http://a/b"])(
    "%j has no host, and a path that is ambiguous whatever a router makes of it",
    (url) => {
      const said = toAuthRequest(withUrl(url))
      expect(said.host).toBe("")
      expect(said.path).toBe(`//${url}`)
      const withHost = Object.defineProperty(
        new Request("http://a.test/", { headers: { host: "b c" } }),
        "url",
        {
          value: url,
        },
      )
      expect(toAuthRequest(withHost).host).toBe("b c")
    },
  )
})

describe("the request as it was sent", () => {
  it("is remembered: a second call says the same after the request has changed", () => {
    const request = new Request("http://a.test/", { headers: { authorization: "Bearer a" } })
    const first = toAuthRequest(request)
    request.headers.delete("authorization")
    expect(toAuthRequest(request)).toBe(first)
  })

  it("is remembered with the holder, whatever request comes with it", () => {
    const holder = {}
    const first = toAuthRequest(new Request("http://a.test/first"), holder)
    expect(toAuthRequest(new Request("http://a.test/second"), holder)).toBe(first)
    expect(toAuthRequest(new Request("http://a.test/second"), {})).not.toBe(first)
  })

  it("is what the server's own request under it said, when that was read first", () => {
    const incoming = {}
    const original = { method: "GET", host: "a.test", path: "//raw", headers: {} }
    openGate(incoming, original)
    expect(toAuthRequest(new Request("http://a.test/tidied"), incoming)).toBe(original)
  })

  it("does not show on its holder: not when listed, spread or printed", () => {
    const request = new Request("http://a.test/")
    const holder = { own: 1 }
    toAuthRequest(request)
    toAuthRequest(request, holder)
    expect(Object.getOwnPropertySymbols({ ...holder })).toEqual([])
    expect(JSON.stringify(holder)).toBe('{"own":1}')
  })
})
