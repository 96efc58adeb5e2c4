import { bearer } from "@jwt-auth/test-support/consumers"
import { type Reply, type Sent, send } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { apiStacks } from "./browser-apis.js"

const origin = "https://page.example"
const fromPage = { Origin: origin }
const asksFor = { "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization" }
const preflight: Sent = { method: "OPTIONS", headers: { ...fromPage, ...asksFor } }
const spoofed = { "X-Mse-Consumer": "admin" }

/** What an OPTIONS request lacks to be a preflight (Fetch standard §4.8). */
const noPreflights: readonly (readonly [name: string, headers: Record<string, string>])[] = [
  ["neither of the two headers", {}],
  ["an Origin alone", fromPage],
  ["a requested method alone", asksFor],
  ["an empty requested method, and no Origin", { "Access-Control-Request-Method": "" }],
]

describe.each(apiStacks)("a page of another origin, on $name", ({ start }) => {
  describe("with CORS before authentication", () => {
    const cors = "before"

    it("has its preflight answered without a token, and no handler hears of it", async () => {
      const { port, reached } = await start({ cors, origin })
      const { status, headers } = await send(port, preflight)
      expect(status).toBe(204)
      expect(headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-headers": "authorization",
      })
      expect(reached).toEqual([])
    })

    it.each([
      ["401", {}, 401, "Jwt missing"],
      ["401", { Authorization: "Bearer x" }, 401, "Jwt verification fails"],
      ["403", bearer("partner"), 403, "Access Denied"],
    ])("may read a refusal: %s", async (_status, headers, status, body) => {
      const { port, reached } = await start({ cors, origin })
      const reply = await send(port, { path: "/web-only", headers: { ...fromPage, ...headers } })
      expect(reply).toMatchObject({ status, body })
      expectReadable(reply)
      expect(reached).toEqual([])
    })

    it("gets a refusal that caches keep apart by what both of us look at", async () => {
      const { port } = await start({ cors, origin })
      const { headers } = await send(port, { headers: fromPage })
      const varies = `${headers.vary}`.split(/\s*,\s*/).map((name) => name.toLowerCase())
      expect(varies.sort()).toEqual(["accept", "origin"])
    })

    it("may read what it is allowed to", async () => {
      const { port } = await start({ cors, origin })
      const reply = await send(port, { headers: { ...fromPage, ...spoofed, ...bearer("web") } })
      expect(JSON.parse(reply.body)).toEqual({ method: "GET", consumer: "web", identity: "web" })
      expectReadable(reply)
    })

    it.each(noPreflights)("reaches no handler by an OPTIONS with %s", async (_name, headers) => {
      const { port, reached } = await start({ cors, origin, bypass: true })
      await send(port, { method: "OPTIONS", headers })
      expect(reached).toEqual([])
    })
  })

  describe("with CORS behind authentication", () => {
    it("has its preflight refused, unless the config lets it by", async () => {
      const { port, reached } = await start({ cors: "after", origin })
      const { status, headers } = await send(port, preflight)
      expect(status).toBe(401)
      expect(headers).not.toHaveProperty("access-control-allow-origin")
      expect(reached).toEqual([])
    })

    it("has its preflight answered with bypass_cors_preflight", async () => {
      const { port, reached } = await start({ cors: "after", origin, bypass: true })
      const { status, headers } = await send(port, preflight)
      expect(status).toBe(204)
      expect(headers["access-control-allow-origin"]).toBe(origin)
      expect(reached).toEqual([])
    })

    it("may read what it is allowed to, but no refusal: CORS has not been asked", async () => {
      const { port } = await start({ cors: "after", origin, bypass: true })
      expectReadable(await send(port, { headers: { ...fromPage, ...bearer("web") } }))
      const { status, headers } = await send(port, { headers: fromPage })
      expect(status).toBe(401)
      expect(headers).not.toHaveProperty("access-control-allow-origin")
    })
  })

  describe("with bypass_cors_preflight and an app that answers OPTIONS itself", () => {
    it.each([
      ["nothing", {}],
      ["a spoofed identity", spoofed],
      ["a good token, which is not looked at", bearer("web")],
      ["a bad token, which is not looked at", { Authorization: "Bearer x" }],
    ])("has a preflight with %s passed on without an identity", async (_name, headers) => {
      const { port, reached } = await start({ cors: "nowhere", origin, bypass: true })
      const { status } = await send(port, { ...preflight, headers: { ...preflight.headers, ...headers } })
      expect(status).toBe(200)
      expect(reached).toEqual([{ method: "OPTIONS", consumer: null, identity: null }])
    })

    it.each(noPreflights)("is asked for a token on an OPTIONS with %s", async (_name, headers) => {
      const { port, reached } = await start({ cors: "nowhere", origin, bypass: true })
      expect((await send(port, { method: "OPTIONS", headers })).status).toBe(401)
      expect(reached).toEqual([])
      const withToken = await send(port, { method: "OPTIONS", headers: { ...headers, ...bearer("web") } })
      expect(withToken.status).toBe(200)
      expect(reached).toEqual([{ method: "OPTIONS", consumer: "web", identity: "web" }])
    })

    it.each(["GET", "HEAD", "POST", "PUT", "DELETE"])(
      "is asked for a token on %s, however like a preflight",
      async (method) => {
        const { port, reached } = await start({ cors: "nowhere", origin, bypass: true })
        const override = { "X-HTTP-Method-Override": "OPTIONS" }
        const { status } = await send(port, { method, headers: { ...preflight.headers, ...override } })
        expect(status).toBe(401)
        expect(reached).toEqual([])
      },
    )
  })
})

function expectReadable({ headers }: Reply): void {
  expect(headers).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "WWW-Authenticate",
  })
}
