import { describe, expect, expectTypeOf, it } from "vitest"
import {
  type Auth,
  createAuthenticator,
  type Decision,
  type Denial,
  type DenialCode,
  type JwtClaims,
  type RequestEdits,
  type Requirement,
} from "../src/index.js"
import { jwksOf, newSecret } from "./properties/tokens.js"

const jwks = jwksOf(newSecret())

describe("a decision", () => {
  const gate = createAuthenticator({ consumers: [{ name: "a", issuer: "a", jwks }] })
  const request = { method: "GET", host: "", path: "/", headers: {} }

  it("is there at once or promised, and narrows by its outcome", async () => {
    expectTypeOf(gate.decide).returns.toEqualTypeOf<Decision | Promise<Decision>>()
    const decision = await gate.decide(request)
    switch (decision.outcome) {
      case "allow":
        expectTypeOf(decision.auth).toEqualTypeOf<Auth>()
        expectTypeOf(decision.edits).toEqualTypeOf<RequestEdits>()
        expectTypeOf(decision.cacheControl).toEqualTypeOf<"private" | undefined>()
        break
      case "pass":
        expectTypeOf(decision.edits).toEqualTypeOf<RequestEdits>()
        expectTypeOf(decision.wouldDeny).toEqualTypeOf<Denial | undefined>()
        // @ts-expect-error: who passes is nobody
        decision.auth
        break
      case "deny":
        expectTypeOf(decision.denial.status).toEqualTypeOf<401 | 403 | 503>()
        expectTypeOf(decision.denial.code).toEqualTypeOf<DenialCode>()
        // @ts-expect-error: nothing is changed on a request that is refused
        decision.edits
        break
      default:
        expectTypeOf(decision).toBeNever()
    }
    expect(decision.outcome).toBe("deny")
  })

  it("has no auth before its outcome is known", async () => {
    const decision = await gate.decide(request)
    // @ts-expect-error: it may be a pass or a deny
    expect(decision.auth).toBeUndefined()
  })

  it("carries claims of any type that one names, and of unknown type otherwise", () => {
    interface Mine extends JwtClaims {
      readonly tenant: string
    }
    expectTypeOf<Auth<Mine>["claims"]["tenant"]>().toEqualTypeOf<string>()
    expectTypeOf<Auth["claims"]>().toEqualTypeOf<JwtClaims>()
    expectTypeOf<Auth["claims"]["tenant"]>().toBeUnknown()
    expectTypeOf<Auth["claims"]["exp"]>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Auth<Mine>>().toExtend<Auth>()
  })

  it("takes a requirement, all of it optional", () => {
    expectTypeOf<Record<never, never>>().toExtend<Requirement>()
    expectTypeOf<{
      allow: readonly ["a"]
      optional: true
      route: "r"
      scopes: readonly ["s"]
    }>().toExtend<Requirement>()
    expectTypeOf<NonNullable<Requirement["allow"]>>().toEqualTypeOf<readonly string[] | "any">()
    // @ts-expect-error: a list, or the word any
    const name: Requirement = { allow: "web" }
    expect(name.allow).toBe("web")
  })

  it("takes the headers of the Fetch standard, of Node, and of a plain object", () => {
    type Headers = Parameters<typeof gate.decide>[0]["headers"]
    expectTypeOf<globalThis.Headers>().toExtend<Headers>()
    expectTypeOf<import("node:http").IncomingHttpHeaders>().toExtend<Headers>()
    expectTypeOf<{ authorization: string; cookie: readonly string[] }>().toExtend<Headers>()
  })
})
