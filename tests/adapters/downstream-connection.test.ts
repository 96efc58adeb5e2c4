import { once } from "node:events"
import { Agent, type IncomingMessage, request } from "node:http"
import type { JwtAuthConfig } from "@jwt-auth/core"
import { bearer, consumer, tokenOf } from "@jwt-auth/test-support/consumers"
import { describe, expect, it } from "vitest"
import { sendBytes, through } from "./proxy-client.js"
import { stacks } from "./proxy-stacks.js"
import { type Received, startUpstream, valuesOf } from "./upstream.js"

const claims_to_headers = [{ claim: "sub", header: "X-User" }]
const config: JwtAuthConfig = {
  global_auth: true,
  consumers: ["web", "partner"].map((name) => consumer(name, { claims_to_headers, keep_token: false })),
  rules: [{ match: {}, allow: "any", optional: true }],
}

/** Whose request is whose: by its path, which the proxy forwards with it. */
const callers = ["web", "partner", undefined, "partner", "web", undefined, "web", "partner"]
const expected = callers.map((name, i) => [`/${i}`, name ?? "", name === undefined ? "" : `user ${i}`])
const identityOf = (got: Received) => [
  got.url,
  valuesOf(got, "X-Mse-Consumer").join(),
  valuesOf(got, "X-User").join(),
]
const headersOf = (name: string | undefined, i: number) =>
  name === undefined ? {} : bearer(name, { sub: `user ${i}` })

describe.each(stacks)("one connection to $name", (stack) => {
  it("carries the requests of many callers, one after the other, and each is its own", async () => {
    const upstream = await startUpstream()
    const port = await stack.start(upstream.port, config)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<number | undefined>()
    for (const [i, name] of callers.entries()) {
      const sending = request({ port, host: "127.0.0.1", path: `/${i}`, agent, headers: headersOf(name, i) })
      sending.end()
      const [response] = (await once(sending, "response")) as [IncomingMessage]
      ports.add(sending.socket?.localPort)
      await response.resume().toArray()
    }
    agent.destroy()
    expect(upstream.received.map(identityOf)).toEqual(expected)
    expect(ports.size).toBe(1)
  })

  it("carries the requests of many callers all at once, and each is its own", async () => {
    const upstream = await startUpstream()
    const port = await stack.start(upstream.port, config)
    const sent = callers.map((name, i) => {
      const token = name === undefined ? [] : [`Authorization: Bearer ${tokenOf(name, { sub: `user ${i}` })}`]
      const last = i === callers.length - 1 ? ["Connection: close"] : []
      return [`GET /${i} HTTP/1.1`, "Host: a", ...token, ...last, "", ""].join("\r\n")
    })
    const replies = await sendBytes(port, sent.join(""))
    expect(replies.match(/"url":"\/\d+"/g)).toEqual(callers.map((_, i) => `"url":"/${i}"`))
    const seen = [...upstream.received].sort((a, b) => (a.url < b.url ? -1 : 1))
    expect(seen.map(identityOf)).toEqual(expected)
  })

  /**
   * A proxy drops what `Connection` names (RFC 9110 §7.6.1). Named there by the client, the identity that was added
   * since must stay: an upstream takes a request without one for another's (CVE-2022-31813).
   */
  it.each([
    ["the consumer header", "X-Mse-Consumer"],
    ["in another case, among others", "close, x-mse-CONSUMER ,x-user"],
    ["on several lines", ["close", "X-User", "x-mse-consumer"]],
  ])("ATTACK: a Connection header does not take the identity away: %s", async (_what, connection) => {
    const headers = { ...bearer("web", { sub: "alice" }), Connection: connection }
    const got = await through(stack, config, { headers })
    expect([...valuesOf(got, "X-Mse-Consumer"), ...valuesOf(got, "X-User")]).toEqual(["web", "alice"])
    expect(valuesOf(got, "Connection").join()).not.toMatch(/x-mse-consumer|x-user/i)
  })
})
