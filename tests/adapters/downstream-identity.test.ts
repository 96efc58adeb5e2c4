import type { JwtAuthConfig } from "@jwt-auth/core"
import { bearer, consumer, tokenOf } from "@jwt-auth/test-support/consumers"
import { describe, expect, it } from "vitest"
import { chunkedPost, sendBytes, through } from "./proxy-client.js"
import { stacks } from "./proxy-stacks.js"
import { type Received, startUpstream, valuesOf } from "./upstream.js"

const forwards = [
  { claim: "sub", header: "X-User" },
  { claim: "level", header: "X-Level" },
  { claim: "groups", header: "X-Groups", override: false },
]
const config: JwtAuthConfig = {
  global_auth: true,
  consumers: [
    consumer("web", { claims_to_headers: forwards }),
    consumer("partner", { claims_to_headers: [{ claim: "contract", header: "X-Contract" }] }),
  ],
  rules: [
    { match: { path: "/public" }, public: true },
    { match: { path: "/optional" }, allow: "any", optional: true },
    { match: { path: "/report" }, allow: ["partner"], report_only: true },
  ],
}

/** Every header that belongs to the gate, in the spellings of an attacker. */
const spoofed = {
  "x-mse-consumer": "root",
  "X-MSE-Consumer": ["root", "admin"],
  "X-Mse-Consumer": "",
  "X-USER": ["root", "root"],
  "x-level": "9",
  "X-Contract": "all",
}

describe.each(stacks)("the identity behind $name", (stack) => {
  it("is there once: the name of the consumer", async () => {
    const got = await through(stack, config, { headers: bearer("web") })
    expect(valuesOf(got, "X-Mse-Consumer")).toEqual(["web"])
  })

  it("ATTACK: is the gate's alone, in whatever case and how often a client spells it", async () => {
    const got = await through(stack, config, { headers: { ...bearer("web", { sub: "alice" }), ...spoofed } })
    expect(valuesOf(got, "X-Mse-Consumer")).toEqual(["web"])
    expect(valuesOf(got, "X-User")).toEqual(["alice"])
    expect([...valuesOf(got, "X-Level"), ...valuesOf(got, "X-Contract")]).toEqual([])
  })

  it.each([
    ["a public rule", "/public", {}],
    ["a public rule, with a good token", "/public", bearer("web")],
    ["an anonymous request", "/optional", {}],
    ["report_only without a token", "/report", {}],
    ["report_only with a bad token", "/report", { authorization: "Bearer x.y.z" }],
    ["report_only with a consumer that it would refuse", "/report", bearer("web")],
  ])("ATTACK: is no client's to claim under %s", async (_what, path, headers) => {
    const got = await through(stack, config, { path, headers: { ...headers, ...spoofed } })
    const names = ["X-Mse-Consumer", "X-User", "X-Level", "X-Contract"]
    expect(names.flatMap((name) => valuesOf(got, name))).toEqual([])
  })

  it("ATTACK: does not come in a trailer of the body", async () => {
    const upstream = await startUpstream()
    const port = await stack.start(upstream.port, config)
    const headers = [`Authorization: Bearer ${tokenOf("web", { sub: "alice" })}`]
    await sendBytes(port, chunkedPost("/", headers, ["body"], ["X-Mse-Consumer: root", "X-User: root"]))
    const [got] = upstream.received as [Received]
    expect(valuesOf(got, "X-Mse-Consumer")).toEqual(["web"])
    expect(valuesOf(got, "X-User")).toEqual(["alice"])
    expect(got.trailers).toEqual([])
  })
})
