import type { JwtAuthConfig } from "@jwt-auth/core"
import { bearer, consumer, tokenOf, twoConsumers } from "@jwt-auth/test-support/consumers"
import { type Sent, send } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { chunkedPost, sendBytes } from "./proxy-client.js"
import { stacks } from "./proxy-stacks.js"
import { startUpstream } from "./upstream.js"

const config: JwtAuthConfig = {
  ...twoConsumers,
  consumers: [
    consumer("web", {
      from_cookies: ["t"],
      from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
    }),
    consumer("partner"),
  ],
  rules: [{ match: { path: "/partner" }, allow: ["partner"] }],
}
const { authorization } = bearer("web")
const spoofed = { "X-Mse-Consumer": "web" }
const forged = tokenOf("web", {}, "AAAA")

const refused: readonly (readonly [what: string, status: number, sent: Sent])[] = [
  ["no token", 401, { headers: spoofed }],
  ["a forged token", 401, { headers: { authorization: `Bearer ${forged}` } }],
  ["an expired token", 401, { headers: bearer("web", { exp: 1 }) }],
  ["a good token twice", 401, { headers: { Authorization: [authorization, authorization] } }],
  [
    "a forged token before a good one",
    401,
    { headers: { Authorization: `Bearer ${forged}`, Cookie: `t=${tokenOf("web")}` } },
  ],
  ["a consumer that is not allowed", 403, { path: "/partner", headers: bearer("web") }],
  [
    "a consumer that is not allowed, on a path spelled differently",
    403,
    { path: "/%70ARTNER/", headers: bearer("web") },
  ],
  ["a HEAD without a token", 401, { method: "HEAD" }],
  ["an OPTIONS without a token", 401, { method: "OPTIONS", headers: { Origin: "https://a.example" } }],
  ["a POST without a token", 401, { method: "POST", body: "x".repeat(2 ** 20) }],
]

describe.each(stacks)("the upstream behind $name", (stack) => {
  it.each(refused)("never hears of %s", async (_what, status, sent) => {
    const upstream = await startUpstream()
    const reply = await send(await stack.start(upstream.port, config), sent)
    expect([reply.status, upstream.received.length]).toEqual([status, 0])
  })

  it("never hears of a refused body that comes in chunks, nor of a request inside it", async () => {
    const upstream = await startUpstream()
    const port = await stack.start(upstream.port, config)
    const inside = `GET /inside HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\n\r\n`
    expect(await sendBytes(port, chunkedPost("/", [], [inside]))).toMatch(/^HTTP\/1\.1 401 /)
    expect(upstream.received).toEqual([])
  })

  it("hears of the allowed one between two that are refused, on the same connection", async () => {
    const upstream = await startUpstream()
    const port = await stack.start(upstream.port, config)
    const get = (path: string, ...lines: string[]) =>
      [`GET ${path} HTTP/1.1`, "Host: a", ...lines, "", ""].join("\r\n")
    const good = `Authorization: ${authorization}`
    const all = get("/1") + get("/2", good) + get("/3", "X-Mse-Consumer: web", "Connection: close")
    const replies = await sendBytes(port, all)
    expect(replies.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 401", "HTTP/1.1 200", "HTTP/1.1 401"])
    expect(upstream.received.map(({ url }) => url)).toEqual(["/2"])
  })
})
