import { IncomingMessage } from "node:http"
import { Socket } from "node:net"
import { describe, expect, it } from "vitest"
import { parsedRequest } from "../../test/parsed-request.js"
import { applyEdits } from "./apply-edits.js"
import { toAuthRequest } from "./to-auth-request.js"

const cleanUp = [{ op: "remove", name: "x-who" }] as const
const web = [...cleanUp, { op: "set", name: "x-who", value: "web" }] as const
const open = { host: "a.test", path: "/open" }
const admin = { host: "a.test", path: "/admin" }

describe("another request that was given the lines of one", () => {
  const copies: readonly (readonly [string, (req: IncomingMessage) => IncomingMessage])[] = [
    ["spread", (req) => ({ ...req, headers: { ...req.headers }, url: "/admin" }) as IncomingMessage],
    [
      "a new one",
      ({ rawHeaders, headers }) =>
        Object.assign(new IncomingMessage(new Socket()), { rawHeaders, headers: { ...headers } }),
    ],
  ]

  it.each(copies)("is decided as itself, not by the path of the public one around it (%s)", (_, copyOf) => {
    const req = parsedRequest(["Accept", "a"], "/open")
    const outer = toAuthRequest(req, open)
    const copy = copyOf(req)
    const inner = toAuthRequest(copy, admin)
    expect([inner.path, outer.path]).toEqual(["/admin", "/open"])
    expect([toAuthRequest(copy, open), toAuthRequest(req, admin)]).toEqual([inner, outer])
  })

  it.each(copies)("has no identity of the other's (%s)", (_, copyOf) => {
    const req = parsedRequest(["X-Who", "spoofed"], "/open")
    applyEdits(req, { headers: web })
    const copy = copyOf(req)
    toAuthRequest(copy, admin)
    applyEdits(copy, { headers: cleanUp })
    expect(copy.headers).toEqual({})
    expect(copy.rawHeaders).toEqual([])
  })
})

describe("what is remembered of a request", () => {
  it("holds for a sub-request, which an app makes of it with Object.create", () => {
    const req = parsedRequest(["Accept", "a"], "/open")
    const known = toAuthRequest(req, open)
    const sub: IncomingMessage = Object.create(req)
    expect(toAuthRequest(sub, admin)).toBe(known)
  })

  it("of a sub-request is no decision about the request it was made of", () => {
    const req = parsedRequest(["Accept", "a"], "/admin")
    const sub: IncomingMessage = Object.create(req)
    const known = toAuthRequest(sub, open)
    expect(toAuthRequest(sub, admin)).toBe(known)
    expect(toAuthRequest(req, admin).path).toBe("/admin")
    expect(toAuthRequest(sub, admin)).toBe(known)
  })

  it("is nothing that keeps a spoofed header where the app has put other lines in place of Node's", () => {
    const req = parsedRequest(["X-Who", "spoofed", "Accept", "a"])
    const before = [...req.rawHeaders]
    applyEdits(req, { headers: web })
    req.rawHeaders = before
    applyEdits(req, { headers: cleanUp })
    expect([req.headers, { ...req.headersDistinct }, req.rawHeaders]).toEqual([
      { accept: "a", "x-who": "web" },
      { accept: ["a"], "x-who": ["web"] },
      ["Accept", "a", "x-who", "web"],
    ])
  })

  it("is no hindrance where the app has put a Proxy in the place of the request", () => {
    const req = parsedRequest(["X-Who", "spoofed"])
    toAuthRequest(req, open)
    const proxy = new Proxy(req, {})
    expect(toAuthRequest(proxy, open)).toBe(toAuthRequest(proxy, open))
    applyEdits(proxy, { headers: web })
    for (const one of [req, proxy])
      expect([one.headers, one.rawHeaders]).toEqual([{ "x-who": "web" }, ["x-who", "web"]])
  })

  it("shows in no list of what the request has", () => {
    const req = parsedRequest(["Accept", "a"])
    const before = [Object.keys(req), Object.getOwnPropertySymbols({ ...req })]
    toAuthRequest(req, open)
    expect([Object.keys(req), Object.getOwnPropertySymbols({ ...req })]).toEqual(before)
  })
})
