import { createHmac, randomBytes } from "node:crypto"
import { IncomingMessage } from "node:http"
import { Socket } from "node:net"
import { describe, expect, it } from "vitest"
import { checkConfig, createAuthenticator, type JwtAuthConfig } from "../../src/index.js"
import { applyEdits } from "../../src/node/index.js"
import { base64url, bearer, consumer, gate, goodClaims, issuer, mintKey, now, sign } from "../keyring.js"

// What is done once for many requests, keys or consumers must not mix them up, and must not stop everybody else.

function oct(extra: object = {}) {
  return { kty: "oct", alg: "HS256", k: base64url(randomBytes(32)), ...extra }
}

function hs256(k: string, claims: object): string {
  const input = `${base64url({ alg: "HS256" })}.${base64url(claims)}`
  return `${input}.${base64url(createHmac("sha256", Buffer.from(k, "base64url")).update(input).digest())}`
}

describe("two keys", () => {
  it("that are written alike by a toJSON of their own are two keys", async () => {
    const [a, b] = [oct({ toJSON: () => "[secret]" }), oct({ toJSON: () => "[secret]" })]
    const consumers = [
      { name: "a", issuer: "a", jwks: { keys: [a] } },
      { name: "b", issuer: "b", jwks: { keys: [b] } },
    ]
    const { decide } = createAuthenticator({ consumers } as JwtAuthConfig, { now: () => now })
    const decided = (k: string, iss: string) => decide(bearer(hs256(k, { iss, exp: now + 9 })))
    expect((await decided(b.k, "b")).outcome).toBe("allow")
    expect((await decided(a.k, "b")).outcome).toBe("deny")
  })

  it("that are one secret under two names go by their own names", async () => {
    const [a, b] = ["a", "b"].map((kid) =>
      oct({ kid, k: "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldC0xMjM" }),
    )
    const consumers = [
      { name: "a", issuer: "a", jwks: { keys: [a] } },
      { name: "b", issuer: "b", jwks: { keys: [b] } },
    ]
    const { decide } = createAuthenticator({ consumers } as JwtAuthConfig, { now: () => now })
    const input = `${base64url({ alg: "HS256", kid: "b" })}.${base64url({ iss: "b", exp: now + 9 })}`
    const mac = createHmac("sha256", Buffer.from(b?.k ?? "", "base64url"))
      .update(input)
      .digest()
    expect((await decide(bearer(`${input}.${base64url(mac)}`))).outcome).toBe("allow")
  })

  it("of which one may do less are not one key that may do more", async () => {
    const key = oct({ alg: undefined })
    const consumers = [
      { name: "any", issuer: "any", jwks: { keys: [key] }, allow_weak_hmac: true },
      { name: "one", issuer: "one", jwks: { keys: [key] }, algorithms: ["HS384"], allow_weak_hmac: true },
    ]
    const { decide } = createAuthenticator({ consumers } as JwtAuthConfig, { now: () => now })
    expect((await decide(bearer(hs256(key.k, { iss: "any", exp: now + 9 })))).outcome).toBe("allow")
    expect((await decide(bearer(hs256(key.k, { iss: "one", exp: now + 9 })))).outcome).toBe("deny")
  })

  it.each([
    ["a number without an end", { x5u: 1n }],
    [
      "a toJSON that throws",
      {
        toJSON: () => {
          throw new Error("no")
        },
      },
    ],
  ])("with %s beside them are taken as they always were", (_, extra) => {
    const config = { consumers: [{ name: "a", issuer, jwks: { keys: [oct(extra)] } }] }
    expect(checkConfig(config).issues).toEqual([])
    expect(() => createAuthenticator(config as unknown as JwtAuthConfig)).not.toThrow()
  })
})

it("a list in code that changes while a signature is waited for is the one that was asked with", async () => {
  const [admin, user] = [await mintKey("ES256"), await mintKey("ES256")]
  const { decide } = gate([consumer(admin, { name: "admin" }), consumer(user, { name: "user" })])
  const allow: string[] = []
  const check = (name: string, token: string) => {
    allow.length = 0
    allow.push(name)
    return decide(bearer(token), { allow })
  }
  for (let i = 0; i < 6; i++) {
    const tokens = [
      await sign(user, { payload: { ...goodClaims, i } }),
      await sign(user, { payload: { ...goodClaims, i, other: true } }),
    ] as const
    const [first] = await Promise.all([check("admin", tokens[0]), check("user", tokens[1])])
    expect(first?.outcome).toBe("deny")
  }
})

describe("a token that makes all keys of its issuer work", () => {
  it("lets others have their turn in between", async () => {
    const consumers = await Promise.all(
      Array.from({ length: 600 }, async (_, i) => consumer(await mintKey("HS256"), { name: `c${i}` })),
    )
    const stranger = hs256(base64url(randomBytes(32)), goodClaims)
    const decision = gate(consumers).decide(bearer(stranger))
    expect(decision).toBeInstanceOf(Promise)
    expect((await decision).outcome).toBe("deny")
  })

  it("is still found to be that of the last one", async () => {
    const keys = await Promise.all(Array.from({ length: 40 }, () => mintKey("ES256")))
    const { decide } = gate(keys.map((key, i) => consumer(key, { name: `c${i}` })))
    const token = await sign(keys[39] as (typeof keys)[0])
    for (let i = 0; i < 3; i++) {
      expect(await decide(bearer(token))).toMatchObject({ outcome: "allow", auth: { consumer: "c39" } })
    }
    // Remembered with all those that it is not by: nobody is asked any more.
    expect(decide(bearer(token))).not.toBeInstanceOf(Promise)
  })
})

it("a secret never stands in memory that the app's own buffers share", async () => {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const text = String.fromCharCode(...secret)
  const k = btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
  const input = `${base64url({ alg: "HS256" })}.${base64url(goodClaims)}`
  const token = `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`
  const before = Buffer.from("x").buffer
  const decision = await gate([{ name: "a", issuer, jwks: { keys: [{ kty: "oct", k }] } }]).decide(
    bearer(token),
  )
  const after = Buffer.from("x").buffer
  expect(decision.outcome).toBe("allow")
  for (const pool of [before, after]) expect(Buffer.from(pool).toString("latin1")).not.toContain(text)
})

it("a request made of another one shows both what each was given, and no end of asking", () => {
  const req = new IncomingMessage(new Socket())
  Object.assign(req, { method: "GET", url: "/", rawHeaders: [], headers: {} })
  applyEdits(req, { headers: [{ op: "remove", name: "x-who" }] })
  const sub: IncomingMessage = Object.create(req)
  applyEdits(sub, {
    headers: [
      { op: "remove", name: "x-who" },
      { op: "set", name: "x-who", value: "web" },
    ],
  })
  expect(sub.headersDistinct).toMatchObject({ "x-who": ["web"] })
})

it("a path of a hundred thousand segments is checked, and is no error of ours", () => {
  const path = "/a".repeat(150_000)
  const rules = [
    { match: { path: "/b" }, public: true },
    { match: { path }, allow: "any" },
  ] as const
  expect(() =>
    checkConfig({ global_auth: true, consumers: [{ name: "a", issuer, jwks: { keys: [oct()] } }], rules }),
  ).not.toThrow()
})

describe("an app that has put another Promise in place of the runtime's", () => {
  it.each([1, 300])(
    "is let in no stranger by: a token that all of %i secrets have to be asked for",
    async (count) => {
      const consumers = Array.from({ length: count }, (_, i) => ({
        name: `c${i}`,
        issuer,
        jwks: { keys: [oct()] },
      }))
      const { decide } = gate(consumers)
      const stranger = bearer(hs256(base64url(randomBytes(32)), goodClaims))
      const native = globalThis.Promise
      try {
        globalThis.Promise = class extends native<unknown> {} as PromiseConstructor
        expect((await decide(stranger)).outcome).toBe("deny")
      } finally {
        globalThis.Promise = native
      }
      expect((await decide(stranger)).outcome).toBe("deny")
    },
  )
})
