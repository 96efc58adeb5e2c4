import type { JwtAuthConfig } from "@jwt-auth/core"
import { bearer, consumer } from "@jwt-auth/test-support/consumers"
import { describe, expect, it } from "vitest"
import { through } from "./proxy-client.js"
import { stacks } from "./proxy-stacks.js"
import { type Received, valuesOf } from "./upstream.js"

const forwards = [
  { claim: "name", header: "X-Name" },
  { claim: "level", header: "X-Level", override: true },
  { claim: "groups", header: "X-Groups", override: false },
]
const config: JwtAuthConfig = {
  global_auth: true,
  consumers: [consumer("web", { claims_to_headers: forwards })],
}
const sent = (claims: Record<string, unknown>, headers = {}) => ({
  headers: { ...bearer("web", claims), ...headers },
})
/** Whether a proxy sends several values on one line or on several lines is its own choice (RFC 9110 §5.3). */
const listOf = (got: Received, name: string) => valuesOf(got, name).join(", ")

describe.each(stacks)("claims behind $name", (stack) => {
  it("arrive as headers: strings as they are, integers in decimal", async () => {
    const got = await through(stack, config, sent({ name: 'O\'Neil, "Al" <a@b>', level: 9007199254740991 }))
    expect(valuesOf(got, "X-Name")).toEqual(['O\'Neil, "Al" <a@b>'])
    expect(valuesOf(got, "X-Level")).toEqual(["9007199254740991"])
  })

  it.each(["Zoë", "Ж", "名前", "🦊", "é".normalize("NFD")])("arrive as UTF-8 bytes: %s", async (name) => {
    const got = await through(stack, config, sent({ name }))
    expect(valuesOf(got, "X-Name").map((value) => Buffer.from(value, "latin1").toString())).toEqual([name])
  })

  it("replace what the client says, in whatever case and how often it says it", async () => {
    const got = await through(
      stack,
      config,
      sent({ name: "Alice" }, { "x-name": ["Bob", "Eve"], "X-NAME": "Root" }),
    )
    expect(valuesOf(got, "X-Name")).toEqual(["Alice"])
  })

  it.each([
    ["absent", {}],
    ["null", { name: null, level: null }],
    ["of another type", { name: ["Alice"], level: -1 }],
    ["not fit for a header", { name: "Alice\r\nX-Level: 9", level: 1.5 }],
  ])("that are %s take the client's copy away all the same", async (_what, claims) => {
    const got = await through(stack, config, sent(claims, { "X-Name": "Bob", "x-level": ["1", "9"] }))
    expect([...valuesOf(got, "X-Name"), ...valuesOf(got, "X-Level")]).toEqual([])
  })

  it("with override: false come after what the client says", async () => {
    const got = await through(stack, config, sent({ groups: "staff" }, { "X-Groups": ["a", "b"] }))
    expect(listOf(got, "X-Groups")).toBe("a, b, staff")
  })

  it("with override: false leave what the client says when they are absent", async () => {
    const got = await through(stack, config, sent({}, { "X-Groups": "a" }))
    expect(listOf(got, "X-Groups")).toBe("a")
  })
})
