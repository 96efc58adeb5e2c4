import { describe, expect, it } from "vitest"
import { allowed, decide, expired, open, thrownBy, token } from "../../test/sample-decisions.js"
import type { Decision } from "../index.js"
import { type DecisionMatchers, decisionMatchers, expectDecision } from "./index.js"

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it
  interface Matchers<T = any> extends DecisionMatchers<T> {}
}
expect.extend(decisionMatchers)

describe("a mistake in the test is told as one", () => {
  it.each<[string, unknown, RegExp]>([
    ["a promise", Promise.resolve(allowed), /got a promise.*await/],
    ["nothing", undefined, /expected a decision/],
    ["a response", { status: 200 }, /expected a decision/],
  ])("%s", (_, decision, message) => {
    for (const expectation of [
      () => expectDecision(decision as Decision).toAllow(),
      () => expectDecision(decision as Decision).toDeny(),
      () => expect(decision).not.toAllow(),
    ]) {
      expect(expectation).toThrow(message)
    }
  })

  it("what may be a promise does not compile", () => {
    const request = { method: "GET", host: "", path: "/", headers: { authorization: `Bearer ${token}` } }
    const pending: ReturnType<typeof decide> = Promise.resolve(decide(request))
    // @ts-expect-error: decide may have something to wait for
    expect(() => expectDecision(pending).toAllow()).toThrow("await")
  })
})

describe("the matchers for expect.extend", () => {
  it("are the same", async () => {
    expect(allowed).toAllow("web", { sub: "alice" })
    expect(allowed).toForward({ "x-mse-consumer": "web" })
    expect(expired).toDeny("jwt_expired")
    expect(open).toPass()
    expect(allowed).not.toDeny()
    await expect(Promise.resolve(allowed)).resolves.toAllow("web")
  })

  it("say the same", () => {
    const wrong = thrownBy(() => expect(expired).toAllow("web"))
    expect(wrong.message).toBe(thrownBy(() => expectDecision(expired).toAllow("web")).message)
    expect(wrong).toHaveProperty("actual.code", "jwt_expired")
    const otherwise = thrownBy(() => expect(allowed).not.toAllow())
    expect(otherwise.message).toBe('expected another decision, but the request was allowed as "web"')
  })
})
