import { describe, expect, it } from "vitest"
import { openGate, shareOf } from "../forward/gate.js"
import { applyEdits } from "./apply-edits.js"
import { headersIn, isUnread } from "./facade.js"
import { toAuthRequest } from "./to-auth-request.js"

const incomingKey = Symbol("incoming")
const headersKey = Symbol("headers")

/** Looks like a `Request` and makes its headers of Node's lines when asked, as `@hono/node-server` does. */
function facadeOf(beneath: { rawHeaders: readonly string[] }): Request {
  const prototype = Object.create(Request.prototype, {
    method: { value: "GET" },
    url: { value: "http://a.test/" },
    headers: {
      get(this: Record<symbol, unknown>) {
        this[headersKey] ??= new Headers(
          beneath.rawHeaders.flatMap((name, i, all) => (i % 2 ? [] : [[name, all[i + 1] ?? ""]])) as [
            string,
            string,
          ][],
        )
        return this[headersKey]
      },
    },
  })
  return Object.assign(Object.create(prototype), { [incomingKey]: beneath, [Symbol("method")]: "GET" })
}

/** As an adapter reads it: what is remembered stands on another object, and Node knows the target. */
function read(request: Request, beneath: { rawHeaders: readonly string[] }) {
  const holder = {}
  const { headers } = toAuthRequest(request, holder, { host: "a.test", path: "/" }, beneath)
  return { headers, options: { holder, beneath } }
}

const who = [
  { op: "remove", name: "x-who" },
  { op: "set", name: "x-who", value: "web" },
] as const

describe("a request that a server shows instead of Node's", () => {
  it("is unread until somebody asks for its headers", () => {
    const beneath = { rawHeaders: ["X-A", "1"] }
    const request = facadeOf(beneath)
    expect(isUnread(request, beneath)).toBe(true)
    expect(isUnread(request, { rawHeaders: ["X-A", "1"] })).toBe(false)
    request.headers.get("x-a")
    expect(isUnread(request, beneath)).toBe(false)
  })

  it("is never a real Request, nor one that keeps anything else", () => {
    const beneath = { rawHeaders: [] }
    expect(isUnread(Object.assign(new Request("http://a.test/"), { [incomingKey]: beneath }), beneath)).toBe(
      false,
    )
    expect(isUnread(Object.assign(facadeOf(beneath), { [headersKey]: {} }), beneath)).toBe(false)
  })

  it("is not asked for headers while Node's lines say the same, and what it says stays as it was then", () => {
    const beneath = { rawHeaders: ["Authorization", "Bearer a", "X-A", "1"] }
    const request = facadeOf(beneath)
    const { headers } = read(request, beneath)
    expect(isUnread(request, beneath)).toBe(true)
    beneath.rawHeaders.splice(0, 4)
    expect(headers).toEqual({ authorization: "Bearer a", "x-a": "1" })
  })

  it("says what it shows, not what Node's lines say, once somebody may have changed it", () => {
    const beneath = { rawHeaders: ["Authorization", "Bearer a"] }
    const request = facadeOf(beneath)
    request.headers.delete("authorization")
    expect(read(request, beneath).headers).toEqual({})
  })

  it("is edited itself once it has been asked, and is left to its caller's edit of Node's before", () => {
    const beneath = { rawHeaders: ["X-Who", "spoofed"] }
    const unread = facadeOf(beneath)
    applyEdits(unread, { headers: who }, read(unread, beneath).options)
    expect(isUnread(unread, beneath)).toBe(true)
    const asked = facadeOf(beneath)
    expect(asked.headers.get("x-who")).toBe("spoofed")
    applyEdits(asked, { headers: who }, read(asked, beneath).options)
    expect(asked.headers.get("x-who")).toBe("web")
  })

  it("is edited itself where an authenticator that it does not know of has written on Node's", () => {
    const beneath = { rawHeaders: ["x-who", "of another"] }
    const request = facadeOf(beneath)
    const { options } = read(request, beneath)
    shareOf(openGate(beneath, { method: "GET", host: "", path: "/", headers: {} }), {})
    applyEdits(request, { headers: who.slice(0, 1) }, options)
    expect(request.headers.has("x-who")).toBe(false)
  })

  it("keeps an identity under the clean-up of a later pass, though somebody has asked in between", () => {
    const beneath = { rawHeaders: ["X-Who", "spoofed"] }
    const request = facadeOf(beneath)
    const { options } = read(request, beneath)
    const owner = {}
    applyEdits(request, { headers: who }, { ...options, owner })
    beneath.rawHeaders.splice(0, 2, "x-who", "web")
    expect(request.headers.get("x-who")).toBe("web")
    applyEdits(request, { headers: who.slice(0, 1) }, { ...options, owner })
    expect(request.headers.get("x-who")).toBe("web")
  })
})

describe("Node's lines as headers", () => {
  it("are these where each name came once", () => {
    expect(headersIn({ rawHeaders: ["Host", "a", "X-B", "é"] })).toEqual({ host: "a", "x-b": "é" })
  })

  it.each([
    ["a header that came twice", ["Authorization", "Bearer a", "authorization", "Bearer a"]],
    ["a header named like what every object inherits", ["__proto__", "x"]],
    ["another one such", ["constructor", "x"]],
    ["HTTP/2's own", [":path", "/"]],
  ])("are left to Headers for %s", (_case, rawHeaders) => {
    expect(headersIn({ rawHeaders })).toBeUndefined()
  })
})
