import type { JwtAuthConfig } from "@jwt-auth/core"
import { consumer, tokenOf } from "@jwt-auth/test-support/consumers"
import { send } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { ask, join, knock } from "./socket-client.js"
import { socketServers } from "./socket-servers.js"

const places = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
  from_params: ["access_token"],
  from_cookies: ["session"],
}

function config(more: Partial<JwtAuthConfig> = {}, keepToken = true): JwtAuthConfig {
  const each = { ...places, keep_token: keepToken }
  return { global_auth: true, consumers: [consumer("web", each), consumer("partner", each)], ...more }
}

const expired = { exp: Math.floor(Date.now() / 1000) - 3600 }

describe.each(socketServers)("a WebSocket on $name", ({ start, sendsBody }) => {
  it("without a token is refused with a challenge, and the connection is closed", async () => {
    const { status, headers, body } = await knock(await start(config()))
    expect(status).toBe(401)
    expect(headers).toMatchObject({
      "www-authenticate": 'Bearer realm="jwt-auth"',
      "content-type": "text/plain; charset=utf-8",
      connection: "close",
    })
    expect(body).toBe(sendsBody ? "Jwt missing" : "")
  })

  it("is refused as JSON to a client that names JSON", async () => {
    const { headers, body } = await knock(await start(config()), { headers: ["Accept: application/json"] })
    expect(headers["content-type"]).toBe("application/problem+json")
    if (sendsBody) expect(JSON.parse(body)).toMatchObject({ status: 401, code: "jwt_missing" })
  })

  it("with an expired token is told so", async () => {
    const authorization = `Authorization: Bearer ${tokenOf("web", expired)}`
    const { status, headers } = await knock(await start(config()), { headers: [authorization] })
    expect(status).toBe(401)
    expect(headers["www-authenticate"]).toContain('error_description="Jwt expired"')
  })

  it("with a forged token is refused", async () => {
    const authorization = `Authorization: Bearer ${tokenOf("web", {}, "c2VjcmV0")}`
    const { status, headers } = await knock(await start(config()), { headers: [authorization] })
    expect(status).toBe(401)
    expect(headers["www-authenticate"]).toContain('error="invalid_token"')
  })

  it("with two Authorization lines is refused, whichever of them is good", async () => {
    const port = await start(config())
    const good = `Authorization: Bearer ${tokenOf("web")}`
    const other = `Authorization: Bearer ${tokenOf("partner")}`
    expect((await knock(port, { headers: [good, other] })).status).toBe(401)
    expect((await knock(port, { headers: [other, good] })).status).toBe(401)
  })

  it("of a consumer that the rule does not name is refused with 403", async () => {
    const port = await start(config({ rules: [{ match: { path: "/ws" }, allow: ["web"] }] }))
    const headers = [`Authorization: Bearer ${tokenOf("partner")}`]
    const refused = await knock(port, { headers })
    expect(refused).toMatchObject({ status: 403, body: sendsBody ? "Access Denied" : "" })
    expect((await join(port, { headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("of a consumer that the code does not name is refused with 403, whatever the rules say", async () => {
    const port = await start(config({ rules: [{ match: { path: "/ws" }, public: true }] }), {
      allow: ["web"],
    })
    expect((await knock(port)).status).toBe(401)
    expect((await knock(port, { headers: [`Authorization: Bearer ${tokenOf("partner")}`] })).status).toBe(403)
    expect((await join(port, { headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("that lacks a scope is told which", async () => {
    const port = await start(config(), { scopes: ["chat:read"] })
    const { status, headers } = await knock(port, { headers: [`Authorization: Bearer ${tokenOf("web")}`] })
    expect(status).toBe(403)
    expect(headers["www-authenticate"]).toContain('error="insufficient_scope", scope="chat:read"')
    const scoped = { authorization: `Bearer ${tokenOf("web", { scope: "chat:read" })}` }
    expect((await join(port, { headers: scoped })).seen.consumer).toBe("web")
  })

  it.each([
    ["the Authorization header", (token: string) => ({ headers: { authorization: `Bearer ${token}` } })],
    ["the query, where a browser has to put it", (token: string) => ({ path: `/ws?access_token=${token}` })],
    ["a cookie", (token: string) => ({ headers: { cookie: `a=1; session=${token}` } })],
  ])("opens by a token in %s, and knows who is calling", async (_place, withToken) => {
    const { seen, socket } = await join(await start(config()), withToken(tokenOf("web")))
    expect(seen).toMatchObject({
      consumer: "web",
      sub: "user of web",
      headers: { "x-mse-consumer": "web" },
    })
    expect(await ask(socket, "hello")).toBe("you said hello")
  })

  it("never shows a spoofed identity to the code behind it", async () => {
    const spoofed = { "X-Mse-Consumer": ["admin", "root"], "x-MSE-consumer": "partner" }
    const { seen } = await join(await start(config()), { headers: { ...bearer("web"), ...spoofed } })
    expect(seen.headers["x-mse-consumer"]).toBe("web")
    expect(valuesOf(seen.raw, "x-mse-consumer")).toEqual(["web"])
  })

  it("that a public rule lets in has no identity, nor a spoofed one", async () => {
    const port = await start(config({ rules: [{ match: { path: "/ws" }, public: true }] }))
    const { seen } = await join(port, { headers: { ...bearer("web"), "X-Mse-Consumer": "admin" } })
    expect(seen).not.toHaveProperty("consumer")
    expect(seen.headers).not.toHaveProperty("x-mse-consumer")
    expect(valuesOf(seen.raw, "x-mse-consumer")).toEqual([])
  })

  it("may be anonymous where a token is optional, but not by a bad token", async () => {
    const port = await start(config(), { optional: true })
    expect((await join(port)).seen).not.toHaveProperty("consumer")
    expect((await join(port, { headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await knock(port, { headers: ["Authorization: Bearer x"] })).status).toBe(401)
  })

  it("shows no token downstream with keep_token false, and the rest byte for byte", async () => {
    const port = await start(config({}, false))
    const token = tokenOf("web")
    const path = `/ws?a=%20&access_token=${token}&b=+`
    const { seen } = await join(port, { path, headers: { cookie: `a=%20; session=${token};b=2` } })
    expect(seen).toMatchObject({
      consumer: "web",
      url: "/ws?a=%20&b=+",
      headers: { cookie: "a=%20;b=2" },
    })
    expect(JSON.stringify(seen)).not.toContain(token)
  })

  it("keeps the identities of connections apart that are opened at once", async () => {
    const port = await start(config())
    const callers = Array.from({ length: 20 }, (_, i) => ({
      name: i % 2 === 0 ? "web" : "partner",
      sub: `user ${i}`,
    }))
    const opened = await Promise.all(
      callers.map(({ name, sub }) => join(port, { headers: bearer(name, sub) })),
    )
    expect(opened.map(({ seen }) => seen)).toMatchObject(
      callers.map(({ name, sub }) => ({ consumer: name, sub, headers: { "x-mse-consumer": name } })),
    )
  })

  it("goes by the same rules as the plain requests to the same server", async () => {
    const port = await start(config())
    expect((await send(port, { path: "/ws" })).status).toBe(401)
    expect((await send(port, { path: "/ws", headers: bearer("web") })).body).toBe("plain")
  })
})

function bearer(name: string, sub = `user of ${name}`): { authorization: string } {
  return { authorization: `Bearer ${tokenOf(name, { sub })}` }
}

function valuesOf(raw: readonly string[], name: string): readonly string[] {
  return raw.filter((_value, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === name)
}
