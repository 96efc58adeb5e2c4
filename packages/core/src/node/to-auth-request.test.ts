import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import { parsedRequest } from "../../test/parsed-request.js"
import { toAuthRequest } from "./to-auth-request.js"

const view = { host: "a.example.com", path: "/x?y=1" }

const requestWith = (...lines: readonly string[]) => parsedRequest(lines, "", "POST")

describe("an IncomingMessage as a request of the core", () => {
  it("has its method and headers, and host and path as the framework sees them", () => {
    const req = requestWith("Host", "proxy", "X-A", "1")
    req.url = "/mounted-away"
    expect(toAuthRequest(req, view)).toEqual({
      method: "POST",
      host: "a.example.com",
      path: "/x?y=1",
      headers: { host: "proxy", "x-a": "1" },
    })
  })

  it("shows the second Authorization, which Node hides", () => {
    const req = requestWith(
      "Authorization",
      "Bearer a",
      "authorization",
      "Bearer b",
      "AUTHORIZATION",
      "Bearer c",
    )
    expect(req.headers.authorization).toBe("Bearer a")
    expect(toAuthRequest(req, view).headers).toEqual({ authorization: ["Bearer a", "Bearer b", "Bearer c"] })
  })

  it("keeps several Cookie lines joined, as they are one cookie string (RFC 6265 §5.4)", () => {
    expect(toAuthRequest(requestWith("Cookie", "a=1", "cookie", "b=2"), view).headers).toEqual({
      cookie: "a=1; b=2",
    })
  })

  it("has no host that could be trusted when there are two (RFC 9112 §3.2)", () => {
    expect(toAuthRequest(requestWith("Host", "a.example.com", "Host", "b.example.com"), view).host).toBe(
      "a.example.com, b.example.com",
    )
  })

  it("does not bring back a header that the app took out before", () => {
    const req = requestWith("Authorization", "Bearer a", "Authorization", "Bearer b")
    delete req.headers.authorization
    expect(toAuthRequest(req, view).headers).toEqual({})
  })

  it("shows the second Authorization also behind a header that the app has put in", () => {
    for (const name of ["x-id", "authorizatiom"]) {
      const req = requestWith("Authorization", "Bearer a", "Authorization", "Bearer b")
      req.headers[name] = "Bearer b"
      expect(toAuthRequest(req, view).headers["authorization" as never]).toEqual(["Bearer a", "Bearer b"])
    }
  })

  it("keeps what was sent when the app changes, adds or takes out a header later", () => {
    const req = requestWith("Authorization", "Bearer a", "Accept", "a")
    const { headers } = toAuthRequest(req, view)
    req.headers.authorization = "Bearer other"
    req.headers["x-new"] = "1"
    delete req.headers.accept
    req.rawHeaders.length = 0
    expect(headers).toEqual({ authorization: "Bearer a", accept: "a" })
  })

  it("is the same for every middleware of one request, whatever the first of them changed", () => {
    const req = requestWith("Authorization", "Bearer a")
    const first = toAuthRequest(req, view)
    req.headers.authorization = "Bearer other"
    req.method = "GET"
    expect(toAuthRequest(req, { host: "other", path: "/other" })).toBe(first)
    expect(first).toMatchObject({
      method: "POST",
      host: "a.example.com",
      headers: { authorization: "Bearer a" },
    })
  })

  it("is remembered where no log of the request shows it", () => {
    const req = requestWith("Authorization", "Bearer a")
    toAuthRequest(req, view)
    const names = Object.keys(req)
    expect(names.some((name) => /gate|auth/i.test(name))).toBe(false)
    expect(inspect(req, { depth: 4 })).not.toContain("jwt-auth/gate")
  })

  it("is a copy: the request's own headers stay as they were", () => {
    const req = requestWith("Authorization", "Bearer a", "Authorization", "Bearer b")
    toAuthRequest(req, view)
    expect(req.headers.authorization).toBe("Bearer a")
  })
})
