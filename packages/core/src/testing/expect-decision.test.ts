import { AssertionError } from "node:assert"
import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import {
  allowed,
  decide,
  denied,
  expired,
  missing,
  open,
  partner,
  soon,
  thrownBy,
  token,
  web,
} from "../../test/sample-decisions.js"
import type { Decision } from "../index.js"
import { expectDecision } from "./index.js"

describe("what holds, holds", () => {
  it.each<[string, () => unknown]>([
    ["allowed", () => expectDecision(allowed).toAllow()],
    ["allowed as", () => expectDecision(allowed).toAllow("web")],
    [
      "allowed with claims",
      () => expectDecision(allowed).toAllow("web", { sub: "alice", roles: ["a", { b: 1 }] }),
    ],
    ["denied", () => expectDecision(expired).toDeny()],
    ["denied with a code", () => expectDecision(expired).toDeny("jwt_expired")],
    ["denied with a status", () => expectDecision(denied).toDeny(403)],
    ["denied for a reason", () => expectDecision(denied).toDeny(403, "consumer_not_allowed")],
    ["denied for one of the reasons", () => expectDecision(missing).toDeny("jwt_missing", "token_missing")],
    ["passed", () => expectDecision(open).toPass()],
    ["passed, for now", () => expectDecision(soon).toPass("access_denied")],
    ["forwarded", () => expectDecision(allowed).toForward({ "x-mse-consumer": "web", "X-Name": "José" })],
    ["taken away: a claim that is absent", () => expectDecision(allowed).toForward({ "x-role": null })],
    ["taken away: a spoofed identity", () => expectDecision(open).toForward({ "x-mse-consumer": null })],
    [
      "one after the other",
      () => expectDecision(allowed).toAllow("web").toForward({ "x-mse-consumer": "web" }),
    ],
  ])("%s", (_, expectation) => {
    expect(expectation).not.toThrow()
  })
})

describe("what would hold for everything is refused", () => {
  it.each([
    ["headers", () => expectDecision(allowed).toForward(new Headers({ "x-nope": "1" }) as never)],
    ["headers", () => expectDecision(allowed).toForward(new Map() as never)],
    ["claims", () => expectDecision(allowed).toAllow("web", [] as never)],
  ])("%s as anything but a plain object", (what, expectation) => {
    expect(expectation).toThrow(`expected ${what} as a plain object`)
  })
})

describe("what does not hold says what was decided instead", () => {
  it.each<[() => unknown, string]>([
    [
      () => expectDecision(allowed).toAllow("partner"),
      'expected the request to be allowed as "partner", but it was allowed as "web"',
    ],
    [
      () => expectDecision(expired).toAllow("web"),
      'expected the request to be allowed as "web", but it was denied: 401 jwt_expired\n  web: expired',
    ],
    [
      () => expectDecision(missing).toAllow(),
      "expected the request to be allowed, but it was denied: 401 jwt_missing\n  token_missing",
    ],
    [
      () => expectDecision(allowed).toAllow("web", { sub: "bob", iss: "https://web.test" }),
      'expected claim sub "bob", got "alice"',
    ],
    [
      () => expectDecision(allowed).toAllow("web", { roles: ["a", { b: 2 }] }),
      'expected claim roles ["a",{"b":2}], got ["a",{"b":1}]',
    ],
    [
      () => expectDecision(allowed).toAllow("web", { roles: ["a"] }),
      'expected claim roles ["a"], got ["a",{"b":1}]',
    ],
    [
      () => expectDecision(allowed).toAllow("web", { roles: { 0: "a", 1: { b: 1 } } }),
      'expected claim roles {"0":"a","1":{"b":1}}, got ["a",{"b":1}]',
    ],
    [
      () => expectDecision(allowed).toAllow("web", { tenant: "a", sub: "bob", name: undefined }),
      'expected claim tenant "a", got none; claim sub "bob", got "alice"; no claim name, got "José"',
    ],
    [
      () => expectDecision(allowed).toDeny(),
      'expected the request to be denied, but it was allowed as "web"',
    ],
    [
      () => expectDecision(expired).toDeny(403),
      "expected the request to be denied (403), but it was denied: 401 jwt_expired\n  web: expired",
    ],
    [
      () => expectDecision(expired).toDeny("jwt_expired", "not_yet_valid"),
      "expected the request to be denied (jwt_expired, not_yet_valid), but it was denied: 401 jwt_expired\n  web: expired",
    ],
    [
      () => expectDecision(denied).toPass(),
      "expected the request to pass, but it was denied: 403 access_denied\n  partner: consumer_not_allowed",
    ],
    [() => expectDecision(open).toDeny(401), "expected the request to be denied (401), but it passed"],
    [
      () => expectDecision(soon).toPass("jwt_missing"),
      "expected the request to pass, where jwt_missing would be answered, but it passed, where access_denied would be answered",
    ],
    [
      () => expectDecision(open).toPass("jwt_missing"),
      "expected the request to pass, where jwt_missing would be answered, but it passed",
    ],
    [
      // override: false appends it to whatever a client sends.
      () => expectDecision(allowed).toForward({ "x-group": "g" }),
      'expected header x-group "g", got "as sent by the client, g"',
    ],
    [
      () => expectDecision(allowed).toAllow("web", { roles: new Set(["a"]) }),
      'expected claim roles {}, got ["a",{"b":1}]',
    ],
    [
      () => expectDecision(allowed).toForward({ "x-name": "Jose", "x-role": "admin" }),
      'expected header x-name "Jose", got "José"; header x-role "admin", got none',
    ],
    [() => expectDecision(allowed).toForward({ "x-name": null }), 'expected no header x-name, got "José"'],
    [
      () => expectDecision(allowed).toForward({ "x-group": null }),
      'expected no header x-group, got "as sent by the client, g"',
    ],
    [
      () => expectDecision(allowed).toForward({ "x-other": null }),
      'expected no header x-other, got "as sent by the client"',
    ],
    [
      () => expectDecision(expired).toForward({ "x-name": null }),
      "expected the request to be let through, but it was denied",
    ],
  ])("%s", (expectation, message) => {
    const error = thrownBy(expectation)
    expect(error.message.slice(0, message.length)).toBe(message)
    expect(error.message.slice(message.length)).toMatch(
      /^(?:: no rule asks for a token, or none was there|: 401.*\s.*)?$/,
    )
  })

  it("as node:assert would, so that every runner shows both sides", () => {
    const error = thrownBy(() => expectDecision(expired).toAllow("web"))
    const { name, code } = new AssertionError({ message: "" })
    expect(error).toMatchObject({ name, code, operator: "toAllow" })
    expect(error).toMatchObject({
      expected: { outcome: "allow", consumer: "web" },
      actual: { outcome: "deny", status: 401, code: "jwt_expired", attempts: ["web: expired"] },
    })
  })

  it("without the token", async () => {
    const tokens = [token, await web.tokens.expired(), await partner.token()]
    const decisions = await Promise.all(
      tokens.map((one) => web.request({}, { token: one, path: "/" }).then(decide)),
    )
    const seen: string[] = []
    for (const decision of decisions) {
      const { toAllow, toDeny, toPass, toForward } = expectDecision(decision)
      const wrong = [
        () => toAllow("nobody"),
        () => toAllow(undefined, { sub: "nobody" }),
        () => toDeny("jwt_revoked"),
        () => toPass(),
        () => toForward({ authorization: null, "x-mse-consumer": null }),
      ]
      seen.push(...wrong.map((one) => inspect(thrownBy(one), { depth: null, showHidden: true })))
    }
    expect(seen).toHaveLength(15)
    for (const part of tokens.flatMap((one) => one.split(".")).filter((part) => part.length > 20))
      expect(seen.join("\n").includes(part)).toBe(false)
  })
})

it("two claims are the same when their JSON is", () => {
  const values = [1, "1", null, [], {}, [1], { a: 1 }, { a: [1] }, { a: { b: 1 } }, [[1]], true, 0]
  for (const a of values)
    for (const b of values) {
      const decision = { outcome: "allow", auth: { consumer: "web", claims: { a } }, edits: { headers: [] } }
      const same = JSON.stringify(a) === JSON.stringify(b)
      expect(throws(() => expectDecision(decision as unknown as Decision).toAllow("web", { a: b }))).toBe(
        !same,
      )
    }
})

function throws(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch {
    return true
  }
}
