import { describe, expect, it } from "vitest"
import { gate, judge } from "../../test/keyring.js"
import { createTestConsumer } from "./index.js"

describe("a request of a test consumer", () => {
  it("has what it is given", async () => {
    const web = await createTestConsumer({ name: "web" })
    const options = { method: "POST", host: "a.example", path: "/a?b=1", route: "r", headers: { "X-A": "1" } }
    const { headers, ...request } = await web.request({}, options)
    expect(request).toEqual({ method: "POST", host: "a.example", path: "/a?b=1", route: "r" })
    expect(headers).toEqual({ "x-a": "1", authorization: expect.stringMatching(/^Bearer ey/) })
  })

  it("has no token, or the very one it is given, when told so", async () => {
    const web = await createTestConsumer({ name: "web" })
    expect((await web.request({}, { token: null })).headers).toEqual({})
    expect((await web.request({}, { token: "x" })).headers).toEqual({ authorization: "Bearer x" })
    expect(await judge(gate(web.consumer), await web.request({}, { token: null }))).toBe(
      "jwt_missing: token_missing",
    )
  })

  it("keeps the parameters and cookies that are there", async () => {
    const param = await createTestConsumer({ name: "a", from_params: ["t"] })
    expect((await param.request({}, { path: "/?a=1", token: "x" })).path).toBe("/?a=1&t=x")
    const cookie = await createTestConsumer({ name: "a", from_cookies: ["t"] })
    const { headers } = await cookie.request({}, { headers: { Cookie: "a=1" }, token: "x" })
    expect(headers).toEqual({ cookie: "a=1; t=x" })
  })

  it("is one for fetch too", async () => {
    const { request } = await createTestConsumer({ name: "web" })
    const sent = new Request("https://api.example.com/", await request({}, { token: "x" }))
    expect(sent.headers.get("authorization")).toBe("Bearer x")
  })
})
