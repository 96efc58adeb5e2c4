import { inspect } from "node:util"
import { afterEach, describe, expect, it, vi } from "vitest"
import { ConfigError, createAuthenticator } from "../../src/index.js"
import * as signatures from "../../src/verify/signature.js"
import {
  base64url,
  bearer,
  consumer,
  gate,
  goodClaims,
  judge,
  mintKey,
  now,
  request,
  sign,
} from "../keyring.js"

const key = await mintKey("HS256")
const token = await sign(key)

vi.mock("../../src/verify/signature.js", { spy: true })

/** How many signatures were checked meanwhile: what is remembered needs none. */
async function checksOf(act: () => Promise<unknown>): Promise<number> {
  const spy = vi.mocked(signatures.verifySignature)
  const before = spy.mock.calls.length
  await act()
  return spy.mock.calls.length - before
}

afterEach(() => {
  vi.mocked(signatures.verifySignature).mockClear()
})

describe("a token is remembered", () => {
  it("once it has verified: its signature is checked once", async () => {
    const door = gate(consumer(key))
    expect(await checksOf(() => judge(door, token))).toBe(1)
    for (let i = 0; i < 3; i++) expect(await checksOf(() => judge(door, token))).toBe(0)
  })

  it("from whatever place it comes", async () => {
    const places = {
      from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
      from_cookies: ["c"],
      from_params: ["p"],
    }
    const door = gate(consumer(key, places))
    await judge(door, token)
    const asked = [request({ headers: { cookie: `c=${token}` } }), request({ path: `/?p=${token}` })]
    for (const one of asked) expect(await checksOf(() => judge(door, one))).toBe(0)
  })

  it("by nobody with cache: false", async () => {
    const door = gate(consumer(key), {}, { cache: false })
    for (let i = 0; i < 3; i++) expect(await checksOf(() => judge(door, token))).toBe(1)
  })

  it("by one authenticator for itself alone", async () => {
    await judge(gate(consumer(key)), token)
    expect(await checksOf(() => judge(gate(consumer(key)), token))).toBe(1)
  })

  it("also when it is known, but not allowed here: who may call is asked every time", async () => {
    const rules = [{ match: { path: "/" }, allow: ["partner"] }]
    const door = gate([consumer(key), consumer(key, { name: "partner", issuer: "b" })], { rules })
    for (let i = 0; i < 2; i++) expect(await judge(door, token)).toBe("access_denied: consumer_not_allowed")
  })

  it("no longer after a reload: it is read and checked anew", async () => {
    const door = gate(consumer(key))
    const claims = async () => {
      const decision = await door.decide(bearer(token))
      return decision.outcome === "allow" ? decision.auth.claims : undefined
    }
    const before = await claims()
    expect(await claims()).toBe(before)
    door.reload({ global_auth: true, consumers: [consumer(key)] })
    expect(await checksOf(async () => expect(await claims()).not.toBe(before))).toBe(1)
  })

  it("for many consumers of one issuer with each key asked once", async () => {
    const consumers = await Promise.all(
      Array.from({ length: 5 }, async (_, i) => consumer(await mintKey("HS256"), { name: `c${i}` })),
    )
    const door = gate([...consumers, consumer(key)])
    expect(await checksOf(() => judge(door, token))).toBe(6)
    expect(await checksOf(() => judge(door, token))).toBe(0)
  })
})

describe("a remembered token that meets another key", () => {
  /** Rules with a consumer of its own each, and so a key of its own: the same secret, or not, in other words. */
  const doorWith = (keys: readonly (typeof key)[]) =>
    gate(consumer(key), {
      rules: keys.map((one, i) => ({
        match: { path: `/${i}` },
        consumers: [consumer(one, { name: "web", algorithms: i % 2 === 0 ? ["HS256"] : ["HS256", "HS384"] })],
      })),
    })
  const ask = (door: ReturnType<typeof gate>, path: string) => judge(door, bearer(token, { path }))

  it("which has made its signature, too, asks it once, however the two take turns", async () => {
    const door = doorWith([{ ...key, jwk: { ...key.jwk, kid: "other words" } }])
    const all = async () => {
      for (const path of ["/", "/0", "/", "/0"]) expect(await ask(door, path)).toBe("allow web")
    }
    expect(await checksOf(all)).toBe(2)
    expect(await checksOf(all)).toBe(0)
  })

  it("which has not, asks it once, and of very many some again: what a cache has weighed must not grow", async () => {
    const others = await Promise.all(Array.from({ length: 20 }, () => mintKey("HS256")))
    const door = doorWith(others)
    expect(await ask(door, "/")).toBe("allow web")
    const all = async () => {
      for (const i of others.keys()) expect(await ask(door, `/${i}`)).toContain("signature_invalid")
    }
    expect(await checksOf(all)).toBe(20)
    expect(await checksOf(all)).toBe(4)
  })
})

describe("a token that does not verify is never remembered", () => {
  it.each([
    ["wrongly signed", async () => sign(await mintKey("HS256")), "signature_invalid"],
    ["expired", () => sign(key, { payload: { ...goodClaims, exp: now - 3600 } }), "expired"],
    ["not valid yet", () => sign(key, { payload: { ...goodClaims, nbf: now + 3600 } }), "not_yet_valid"],
    ["for another audience", () => sign(key, { payload: { ...goodClaims, aud: "x" } }), "audience_mismatch"],
  ])(
    "%s: it is checked every time, and the one entry of the cache stays whose it is",
    async (_, make, reason) => {
      const audiences = ["web"]
      const door = gate(consumer(key, { audiences }), {}, { cache: { maxEntries: 1 } })
      const good = await sign(key, { payload: { ...goodClaims, aud: "web" } })
      const bad = await make()
      await judge(door, good)
      for (let i = 0; i < 3; i++) {
        const checks = await checksOf(async () => expect(await judge(door, bad)).toContain(reason))
        expect(checks).toBe(1)
      }
      expect(await checksOf(() => judge(door, good))).toBe(0)
    },
  )

  it("over 8192 bytes: it is refused before anything is looked at", async () => {
    const door = gate(consumer(key))
    const long = await sign(key, { payload: { ...goodClaims, filler: "x".repeat(8000) } })
    const checks = await checksOf(async () => {
      for (let i = 0; i < 3; i++)
        expect(await judge(door, long)).toBe("jwt_verification_fails: token_malformed")
    })
    expect(checks).toBe(0)
  })

  it("a flood of them moves nobody: thousands of forgeries, and the signature of the good one is not checked again", async () => {
    const door = gate(consumer(key), {}, { cache: { maxEntries: 10 } })
    await judge(door, token)
    const forged = `${token.slice(0, token.lastIndexOf("."))}.`
    for (let i = 0; i < 2000; i++)
      await judge(door, forged + base64url(new Uint8Array(32).fill(i).with(0, i >> 8)))
    expect(await checksOf(() => judge(door, token))).toBe(0)
  })
})

describe("when there is no room", () => {
  const sized = (maxEntries: number) => gate(consumer(key), {}, { cache: { maxEntries } })

  it("a good token that comes once moves nobody; one that comes again is remembered then", async () => {
    const door = sized(1)
    const other = await sign(key, { payload: { ...goodClaims, sub: "bob" } })
    await judge(door, token)
    expect(await checksOf(() => judge(door, other))).toBe(1)
    expect(await checksOf(() => judge(door, token))).toBe(0)
    expect(await checksOf(() => judge(door, other))).toBe(1)
    expect(await checksOf(() => judge(door, other))).toBe(0)
    expect(await checksOf(() => judge(door, token))).toBe(1)
  })

  it("a flood of good tokens that come once moves nobody, whoever has the key for it", async () => {
    const door = sized(10)
    const known = await Promise.all(
      Array.from({ length: 10 }, (_, jti) => sign(key, { payload: { ...goodClaims, jti } })),
    )
    for (const one of known) await judge(door, one)
    for (let jti = 10; jti < 1000; jti++)
      await judge(door, await sign(key, { payload: { ...goodClaims, jti } }))
    for (const one of known) expect(await checksOf(() => judge(door, one))).toBe(0)
  })

  it("a token that is judged for many consumers in one request has come once", async () => {
    const consumers = ["a", "b", "c"].map((name) => consumer(key, { name, audiences: [name] }))
    const door = gate(consumers, {}, { cache: { maxEntries: 1 } })
    const good = (jti: number) => sign(key, { payload: { ...goodClaims, aud: ["a", "b", "c"], jti } })
    const [first, second] = [await good(1), await good(2)]
    await judge(door, first)
    expect(await checksOf(() => judge(door, second))).toBe(1)
    expect(await checksOf(() => judge(door, first))).toBe(0)
  })
})

describe("the option cache", () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e9, "10", null, {}, [10], true, 10n])(
    "refuses maxEntries: %o, by its name",
    (maxEntries) => {
      expect.assertions(2)
      try {
        createAuthenticator({ consumers: [consumer(key)] }, { cache: { maxEntries } } as object)
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError)
        expect((error as ConfigError).issues.map(({ path }) => path)).toEqual(["options.cache.maxEntries"])
      }
    },
  )

  it.each([null, 0, 10, "off", true, () => 10])(
    "refuses %o, which is neither false nor an object, by its name",
    (cache) => {
      expect.assertions(2)
      try {
        createAuthenticator({ consumers: [consumer(key)] }, { cache } as object)
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError)
        expect((error as ConfigError).issues.map(({ path }) => path)).toEqual(["options.cache"])
      }
    },
  )

  it("refuses what it does not know, by its name: a misspelt size would be ignored", () => {
    expect.assertions(1)
    try {
      createAuthenticator({ consumers: [consumer(key)] }, { cache: { maxEntires: 10 } } as object)
    } catch (error) {
      expect((error as ConfigError).issues.map(({ path }) => path)).toEqual(["options.cache.maxEntires"])
    }
  })

  it.each([undefined, false, {}, { maxEntries: undefined }, { maxEntries: 1 }, { maxEntries: 1_000_000 }])(
    "takes %o",
    async (cache) => {
      expect(await judge(gate(consumer(key), {}, { cache } as object), token)).toBe("allow web")
    },
  )
})

describe("what is remembered does not show", () => {
  it("however an authenticator is printed, copied or looked into", async () => {
    const door = gate(consumer(key))
    for (let i = 0; i < 3; i++) await judge(door, token)
    const deep = inspect(door, { depth: 20, showHidden: true, getters: false })
    const [, payload = "", signature = ""] = token.split(".")
    const texts = [
      deep,
      JSON.stringify(door),
      JSON.stringify({ ...door }),
      String(Object.entries(door)),
      inspect({ ...door }),
    ]
    for (const text of texts)
      for (const part of [payload, signature, "alice"]) expect(text).not.toContain(part)
    expect(Object.keys(door)).toEqual(["decide", "reload"])
  })

  it("in a decision: one for a remembered token has the same members, hidden ones too", async () => {
    const door = gate(consumer(key))
    const members = (value: object) => inspect(value, { depth: 20, showHidden: true })
    const [first, second] = [await door.decide(bearer(token)), await door.decide(bearer(token))]
    expect(members(second)).toBe(members(first))
    expect(members(second)).not.toContain("signedBy")
  })

  it("as one object for two requests, but for what is frozen: nobody writes into another's decision", async () => {
    const door = gate(consumer(key))
    await judge(door, token)
    const [a, b] = [await door.decide(bearer(token)), await door.decide(bearer(token))]
    if (a.outcome !== "allow" || b.outcome !== "allow") throw new Error("refused")
    expect(a).not.toBe(b)
    expect(a.auth).not.toBe(b.auth)
    expect(Object.isFrozen(a.auth.claims) && Object.isFrozen(a.auth.header)).toBe(true)
    ;(a as { auth: unknown }).auth = "changed"
    expect((await door.decide(bearer(token))).outcome).toBe("allow")
  })
})
