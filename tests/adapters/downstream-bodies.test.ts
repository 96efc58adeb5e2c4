import { randomBytes } from "node:crypto"
import type { JwtAuthConfig } from "@jwt-auth/core"
import { consumer, tokenOf } from "@jwt-auth/test-support/consumers"
import { send } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { chunkedPost, sendBytes, through } from "./proxy-client.js"
import { stacks } from "./proxy-stacks.js"
import { startUpstream } from "./upstream.js"

const configOf = (keep_token: boolean): JwtAuthConfig => ({
  global_auth: true,
  consumers: [
    consumer("web", {
      keep_token,
      from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
      from_params: ["t"],
      from_cookies: ["t"],
    }),
  ],
})
const token = tokenOf("web")
/** A token of the query makes Hono another request, one of a header does not. */
const places = [
  ["Authorization", "/a?b=1", { Authorization: `Bearer ${token}` }],
  ["the query", `/a?b=1&t=${token}`, {}],
  ["a cookie", "/a?b=1", { Cookie: `t=${token}` }],
] as const
const rows = places.flatMap(([place, path, headers]) =>
  [true, false].map((keep) => ({ place, path, headers: headers as Record<string, string>, keep })),
)

const json = '{"name":"Zoë","list":[1,2.50,"\\u00e9"]}\n'
const megabyte = randomBytes(2 ** 19).toString("hex")

describe.each(stacks)("the body of a request behind $name", (stack) => {
  describe.each(rows)("with the token in $place, keep_token: $keep", ({ path, headers, keep }) => {
    it.each([
      ["JSON", "POST", json],
      ["a megabyte", "PUT", megabyte],
      ["nothing", "POST", ""],
    ])("arrives as it was sent: %s", { timeout: 20_000 }, async (_what, method, body) => {
      const sent = { method, path, headers: { ...headers, "Content-Type": "application/json" }, body }
      const got = await through(stack, configOf(keep), sent)
      expect([got.method, got.url]).toEqual([method, keep ? path : "/a?b=1"])
      expect(got.body.equals(Buffer.from(body))).toBe(true)
    })

    it("arrives in chunks, whose length nobody has said before", { timeout: 20_000 }, async () => {
      const upstream = await startUpstream()
      const port = await stack.start(upstream.port, configOf(keep))
      const lines = Object.entries(headers).map((line) => line.join(": "))
      const reply = await sendBytes(port, chunkedPost(path, lines, ["one", megabyte, "\0\r\n\xff"]))
      expect(reply).toMatch(/^HTTP\/1\.1 200 /)
      expect(upstream.received[0]?.body.toString("latin1") === `one${megabyte}\0\r\n\xff`).toBe(true)
    })

    it("HEAD is forwarded as HEAD, and answered without a body", async () => {
      const upstream = await startUpstream()
      const port = await stack.start(upstream.port, configOf(keep))
      const reply = await send(port, { method: "HEAD", path, headers })
      expect([reply.status, reply.body]).toEqual([200, ""])
      expect(upstream.received.map(({ method }) => method)).toEqual(["HEAD"])
    })
  })
})
