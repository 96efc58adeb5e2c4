import { denials, fails, onlyWeb, secretsIn } from "@jwt-auth/test-support/denials"
import { Hono } from "hono"
import { afterEach, describe, expect, it, vi } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, tokenOf, twoConsumers, unreachable, ways } from "./apps.js"

afterEach(() => vi.unstubAllEnvs())

describe.each(ways)("a refusal through $way", ({ ask }) => {
  const app = () => new Hono().use(jwtAuth(onlyWeb)).all("*", unreachable)

  describe.each(denials)("of %s", (_what, sent, status, code, message, authenticate) => {
    it("is the message as plain text, with its challenge and Vary: Accept", async () => {
      const reply = await ask(app(), sent)
      expect([reply.status, reply.body]).toEqual([status, message])
      expect(reply.headers).toMatchObject({ "content-type": "text/plain; charset=utf-8", vary: "Accept" })
      expect(reply.headers["www-authenticate"]).toBe(authenticate)
    })

    it("is a problem document for a client that names JSON", async () => {
      const reply = await ask(app(), { ...sent, headers: { ...sent.headers, accept: "application/json" } })
      expect(reply.status).toBe(status)
      expect(reply.headers).toMatchObject({ "content-type": "application/problem+json", vary: "Accept" })
      const type = `urn:problem:jwt-auth:${code}`
      expect(JSON.parse(reply.body)).toEqual({ type, title: message, status, code })
      expect(reply.headers["www-authenticate"]).toBe(authenticate)
    })

    it("to HEAD has the headers of the refusal of GET, and no body", async () => {
      const [head, get] = [await ask(app(), { ...sent, method: "HEAD" }), await ask(app(), sent)]
      expect([head.status, head.body]).toEqual([status, ""])
      const { date: _, "content-length": __, "transfer-encoding": ___, ...headers } = get.headers
      expect(head.headers).toMatchObject(headers)
    })

    it("tells nothing of the token, the keys, the other consumers or the code", async () => {
      for (const accept of ["*/*", "application/json"]) {
        const reply = await ask(app(), { ...sent, headers: { ...sent.headers, accept } })
        expect(secretsIn(reply, sent)).toEqual([])
      }
    })
  })

  it.each(["production", "development", ""])("is the same under NODE_ENV=%s", async (environment) => {
    vi.stubEnv("NODE_ENV", environment)
    const sent = { headers: bearer("stranger") }
    const reply = await ask(app(), sent)
    expect([reply.status, reply.body, secretsIn(reply, sent)]).toEqual([401, fails, []])
  })

  it.each([
    ["application/vnd.api+json, text/html;q=0.5", true],
    ["*/*", false],
    ["application/json;q=0, */*", false],
    ["", false],
  ])("to a client with Accept: %s is JSON: %s", async (accept, isJson) => {
    const { headers } = await ask(app(), { headers: { accept } })
    expect(headers["content-type"]).toBe(isJson ? "application/problem+json" : "text/plain; charset=utf-8")
  })

  it("is a refusal under a rule of consumers of its own as well, with their places", async () => {
    const rules = [{ match: { path: "/own" }, consumers: [consumer("local", { from_params: ["k"] })] }]
    const own = new Hono().use(jwtAuth({ ...twoConsumers, rules })).all("*", unreachable)
    expect((await ask(own, { path: "/own", headers: bearer("web") })).body).toBe("Jwt missing")
    expect((await ask(own, { path: `/own?k=${tokenOf("web")}` })).body).toBe(fails)
    expect((await ask(own, { path: `/own?k=${tokenOf("local")}` })).status).toBe(299)
  })
})
