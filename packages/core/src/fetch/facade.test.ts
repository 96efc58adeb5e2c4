import { describe, expect, it } from "vitest"
import type { Settled } from "../forward/settle.js"
import { applyEdits } from "./apply-edits.js"
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

const who = [
  { op: "remove", name: "x-who" },
  { op: "set", name: "x-who", value: "web" },
] as const

describe("a request that a server shows instead of Node's", () => {
  it("says what it shows, not what Node's lines say, once somebody may have changed it", () => {
    const request = facadeOf({ rawHeaders: ["Authorization", "Bearer a"] })
    request.headers.delete("authorization")
    expect(toAuthRequest(request, {}, { host: "a.test", path: "/" }).headers).toEqual({})
  })

  it("is edited together with Node's: what comes of the edits is settled once, for both", () => {
    const beneath = { rawHeaders: ["X-Who", "spoofed", "Cookie", "a=1; t=2"] }
    const request = facadeOf(beneath)
    const written: Settled[] = []
    const cookie = { op: "set", name: "cookie", value: "a=1" } as const
    const options = { holder: {}, owner: {}, alsoOn: (settled: Settled) => void written.push(settled) }
    applyEdits(request, { headers: [...who, cookie] }, options)
    expect([request.headers.get("x-who"), request.headers.get("cookie")]).toEqual(["web", "a=1"])
    expect(written.map(({ headers }) => headers)).toEqual([
      [
        ["x-who", ["web"]],
        ["cookie", ["a=1"]],
      ],
    ])
  })

  it("keeps an identity under the clean-up of a later pass, though somebody has asked in between", () => {
    const beneath = { rawHeaders: ["X-Who", "spoofed"] }
    const request = facadeOf(beneath)
    const options = { holder: {}, owner: {} }
    applyEdits(request, { headers: who }, options)
    beneath.rawHeaders.splice(0, 2, "x-who", "web")
    expect(request.headers.get("x-who")).toBe("web")
    applyEdits(request, { headers: who.slice(0, 1) }, options)
    expect(request.headers.get("x-who")).toBe("web")
  })
})
