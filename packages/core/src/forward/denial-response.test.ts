import { describe, expect, it } from "vitest"
import { denialOf } from "./challenge.js"
import { denialResponse } from "./denial-response.js"

const denial = denialOf("jwt_expired", "jwt-auth", [])
const typeOf = (accept?: string) => denialResponse(denial, accept).headers["Content-Type"]

describe("the response to a refused request", () => {
  it("is the message as plain text, as the gateway answers, with the headers of the denial", () => {
    expect(denialResponse(denial)).toEqual({
      status: 401,
      headers: {
        "WWW-Authenticate": 'Bearer realm="jwt-auth", error="invalid_token", error_description="Jwt expired"',
        "Content-Type": "text/plain; charset=utf-8",
        Vary: "Accept",
        "Cache-Control": "no-store",
      },
      body: "Jwt expired",
    })
  })

  it("is RFC 9457 problem details for a client that asks for JSON", () => {
    const { headers, body } = denialResponse(denial, "application/json")
    expect(headers["Content-Type"]).toBe("application/problem+json")
    expect(JSON.parse(body)).toEqual({
      type: "urn:problem:jwt-auth:jwt_expired",
      title: "Jwt expired",
      status: 401,
      code: "jwt_expired",
    })
  })

  it.each([
    "application/json",
    "APPLICATION/JSON",
    "application/problem+json",
    "application/vnd.api+json",
    "text/html, application/json;q=0.1",
    " application/json ; charset=utf-8 ",
    "application/json;q=0.001",
  ])("%s names JSON", (accept) => {
    expect(typeOf(accept)).toBe("application/problem+json")
  })

  it.each([
    undefined,
    "",
    "*/*",
    "application/*",
    "text/html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "application/json;q=0",
    "application/json; q=0.000",
    "application/jsonp",
    "application/x-json",
    "text/json",
    "json",
    ",;,",
  ])("%o does not name JSON", (accept) => {
    expect(typeOf(accept)).toBe("text/plain; charset=utf-8")
  })

  it("varies with Accept either way, so that no cache mixes the two", () => {
    expect(denialResponse(denial, "application/json").headers["Vary"]).toBe("Accept")
  })

  it("leaves the denial as it was", () => {
    const before = structuredClone(denial)
    denialResponse(denial, "application/json")
    expect(denial).toEqual(before)
  })
})
