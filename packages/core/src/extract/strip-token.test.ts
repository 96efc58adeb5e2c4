import { describe, expect, it } from "vitest"
import { checkConfig } from "../check-config.js"
import type { ParsedConfig } from "../config/parse.js"
import { compileConsumers } from "../config/policy.js"
import { stripToken } from "./strip-token.js"

const token = "a.b.c"
const key = { kty: "oct", k: "A".repeat(43) }

/** The edits for the first of these consumers, each of which looks in the given places. */
function strip(
  request: { path?: string; headers?: Record<string, string | string[]> },
  ...places: readonly object[]
) {
  const consumers = places.map((fields, i) => ({
    name: `c${i}`,
    issuer: `i${i}`,
    jwks: { keys: [key] },
    ...fields,
  }))
  const { config } = checkConfig({ consumers })
  const set = compileConsumers((config as ParsedConfig).consumers)
  const [first] = [...(set.groups[0]?.indexes[0]?.byValues.values() ?? [])].flat()
  if (first === undefined) throw new Error("no consumer")
  return stripToken({ method: "GET", host: "", path: "/", headers: {}, ...request }, token, first, set)
}

const removed = (name: string) => ({ op: "remove", name })
const cookie = (value: string) => ({ op: "set", name: "cookie", value })
const all = { from_headers: [{ name: "X-Token" }], from_params: ["t"], from_cookies: ["s"] }

describe("a token that is not kept", () => {
  it.each([
    ["/x?t=a.b.c", "/x"],
    ["/x?t=a.b.c&a=1", "/x?a=1"],
    ["/x?a=%20+&t=a.b.c&a=%2f", "/x?a=%20+&a=%2f"],
    ["/x?t=a.b.c&t=other", "/x"],
    ["/x?%74=a%2Eb.c", "/x"],
    ["/x?t=&t=a.b.c&t", "/x"],
    ["/x?a&&t=a.b.c&", "/x?a&&"],
    ["/x?tt=1&t=a.b.c&T=2", "/x?tt=1&T=2"],
    ["/x?t=a.b.c#?t=a.b.c", "/x#?t=a.b.c"],
  ])("leaves of %s only %s", (path, left) => {
    expect(strip({ path }, all)).toEqual({ headers: [], path: left })
  })

  it.each([
    ["s=a.b.c", removed("cookie")],
    ["s=a.b.c; a=1", cookie("a=1")],
    ["a=1; s=a.b.c; b=2", cookie("a=1; b=2")],
    ['a="x;y"; s="a.b.c"', cookie('a="x;y"')],
    ["s=; s=a.b.c;b", cookie("b")],
    [" s = a.b.c ;ss=1", cookie("ss=1")],
  ])("leaves of the cookies %s only the others", (sent, edit) => {
    expect(strip({ headers: { cookie: sent } }, all)).toEqual({ headers: [edit] })
  })

  it("is removed from every place where its consumer looks, whatever stands there", () => {
    const request = { path: "/?t=other", headers: { "x-token": token, cookie: "s=third" } }
    expect(strip(request, all)).toEqual({ headers: [removed("x-token"), removed("cookie")], path: "/" })
  })

  it("is removed where only another consumer looks, if it is the same token", () => {
    const other = { from_headers: [{ name: "X-Other" }], from_params: ["o"] }
    const request = { path: `/?o=${token}`, headers: { "x-token": token, "x-other": "another" } }
    expect(strip(request, all, other)).toEqual({ headers: [removed("x-token")], path: "/" })
  })

  it("is not looked for where its prefix is missing: that is another credential", () => {
    const places = { from_headers: [{ name: "Authorization", value_prefix: "Bearer " }], from_params: ["t"] }
    const request = { path: `/?t=${token}`, headers: { authorization: "Basic dTpw" } }
    expect(strip(request, places)).toEqual({ headers: [], path: "/" })
  })

  it("changes nothing where there is none", () => {
    const request = { path: "/a?b=1&c=%zz#t=1", headers: { cookie: "a=1", "x-token": "" } }
    expect(strip(request, all)).toEqual({ headers: [] })
  })

  it("is not looked for in the fragment, which is no query (RFC 3986 §3.5)", () => {
    expect(strip({ path: `/x#?t=${token}` }, all)).toEqual({ headers: [] })
  })

  it("leaves a cookie header of nothing but white space away", () => {
    expect(strip({ headers: { cookie: "s=a.b.c; " } }, all)).toEqual({ headers: [removed("cookie")] })
  })
})
