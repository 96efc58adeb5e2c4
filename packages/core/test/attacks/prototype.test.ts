import { afterEach, describe, expect, it } from "vitest"
import { checkConfig, createAuthenticator, type JwtAuthConfig } from "../../src/index.js"
import {
  bearer,
  consumer,
  expectRefused,
  gate,
  issuer,
  judge,
  mintKey,
  now,
  request,
  seenDownstream,
  sign,
} from "../keyring.js"

const key = await mintKey("ES256")
const prototypeBefore = Object.getOwnPropertyNames(Object.prototype).sort()
const inherited = [
  "constructor",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "__defineGetter__",
]
const names = ["__proto__", "prototype", ...inherited]

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototypeBefore)
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined()
})

const claims = `"iss":"${issuer}","exp":${now + 60}`

describe("a __proto__ member", () => {
  it("in the header lends it neither alg nor kid", async () => {
    const named = gate(consumer({ ...key, jwk: { ...key.jwk, kid: "1" } }))
    const header = '{"__proto__":{"alg":"ES256"}}'
    await expectRefused(named, { alg: await sign(key, { header }) }, "alg_unsupported")
    const kid = await sign(key, { header: '{"alg":"ES256","kid":"2","__proto__":{"kid":"1"}}' })
    await expectRefused(named, { kid }, "kid_unknown")
    const typ = await sign(key, { header: '{"alg":"ES256","__proto__":{"typ":"at+jwt"}}' })
    await expectRefused(gate(consumer(key, { types: ["at+jwt"] })), { typ }, "type_mismatch")
  })

  it("in the payload lends it no claim", async () => {
    const payload = (members: string) => sign(key, { payload: `{${members}}` })
    const iss = await payload(`"__proto__":{${claims}}`)
    await expectRefused(gate(consumer(key)), { iss }, "claim_missing")
    const exp = await payload(`"iss":"${issuer}","__proto__":{"exp":${now + 60}}`)
    await expectRefused(gate(consumer(key)), { exp }, "exp_missing")
    const aud = await payload(`${claims},"__proto__":{"aud":"api"}`)
    await expectRefused(gate(consumer(key, { audiences: ["api"] })), { aud }, "audience_mismatch")
    const scope = await payload(`${claims},"__proto__":{"scope":"admin"}`)
    const scoped = gate(consumer(key), { rules: [{ match: {}, allow: "any", scopes: ["admin"] }] })
    await expectRefused(scoped, { scope }, "scope_missing", "insufficient_scope")
  })

  it.each(names)("or one called %s changes nothing for the next request", async (name) => {
    const door = gate(consumer(key))
    const text = `{"polluted":true,"x":{"polluted":true}}`
    const token = await sign(key, {
      header: `{"alg":"ES256","${name}":${text},"x":{"${name}":${text}}}`,
      payload: `{${claims},"${name}":${text},"x":{"${name}":${text}}}`,
    })
    expect(await judge(door, token)).toBe("allow web")
    const bare = await sign(key, { payload: `{"${name}":${text}}` })
    await expectRefused(door, { bare }, "claim_missing")
  })
})

describe("a prototype that something else in the process has polluted", () => {
  /** Runs this while every object seems to have the member. */
  async function polluted(member: string, value: unknown, run: () => Promise<void>): Promise<void> {
    Object.defineProperty(Object.prototype, member, { value, configurable: true, writable: true })
    try {
      await run()
    } finally {
      Reflect.deleteProperty(Object.prototype, member)
    }
  }
  const lacking = (payload: object) => sign(key, { payload })

  it("lends a token no issuer, no expiry, no audience and no scope", async () => {
    const iss = await lacking({ exp: now + 60 })
    const door = gate(consumer(key))
    await polluted("iss", issuer, () => expectRefused(door, { iss }, "claim_missing"))
    const exp = await lacking({ iss: issuer })
    await polluted("exp", now + 60, () => expectRefused(door, { exp }, "exp_missing"))
    const token = await sign(key)
    const api = gate(consumer(key, { audiences: ["api"] }))
    await polluted("aud", "api", () => expectRefused(api, { token }, "audience_mismatch"))
    const scoped = gate(consumer(key), { rules: [{ match: {}, allow: "any", scopes: ["admin"] }] })
    await polluted("scope", "admin", () =>
      expectRefused(scoped, { token }, "scope_missing", "insufficient_scope"),
    )
  })

  it("forwards nothing that the token does not say", async () => {
    const door = gate(consumer(key, { claims_to_headers: [{ claim: "role", header: "X-Role" }] }))
    const token = await sign(key)
    await polluted("role", "admin", async () => {
      const decision = await door.decide(bearer(token))
      expect(seenDownstream(decision, { "X-Role": "spoofed" }).get("X-Role")).toBeNull()
    })
  })
})

describe.each(names.slice(1))("a name that every object has: %s", (name) => {
  it("recognises no token that does not carry it itself", async () => {
    const door = gate({ name: "web", claims: { [name]: "x" }, jwks: { keys: [key.jwk] } })
    await expectRefused(door, { without: await sign(key) }, "claim_missing")
    const token = await sign(key, { payload: `{${claims},"${name}":"x"}` })
    expect(await judge(door, token)).toBe("allow web")
  })

  it("forwards nothing unless the token carries it", async () => {
    const door = gate(consumer(key, { claims_to_headers: [{ claim: name, header: "x-claim" }] }))
    const without = await door.decide(bearer(await sign(key)))
    expect(seenDownstream(without, { "x-claim": "spoofed" }).get("x-claim")).toBeNull()
    const token = await sign(key, { payload: `{${claims},"${name}":"mine"}` })
    expect(seenDownstream(await door.decide(bearer(token))).get("x-claim")).toBe("mine")
  })

  it("is no place where every request has a token", async () => {
    const header = gate(consumer(key, { from_headers: [{ name }] }))
    const cookie = gate(consumer(key, { from_cookies: [name] }))
    const param = gate(consumer(key, { from_params: [name] }))
    for (const door of [header, cookie, param]) {
      expect(await judge(door, request({ path: "/?x=1", headers: { cookie: "x=1" } }))).toBe(
        "jwt_missing: token_missing",
      )
    }
  })

  it("is no consumer that anybody forgot to name", () => {
    const { issues } = checkConfig({ consumers: [consumer(key)], rules: [{ match: {}, allow: [name] }] })
    expect(issues).toContainEqual(expect.objectContaining({ path: "rules[0].allow[0]", severity: "error" }))
  })

  it("is no field of the config document", () => {
    const { issues } = checkConfig({ consumers: [consumer(key)], [name]: true })
    expect(issues).toContainEqual(expect.objectContaining({ path: name, severity: "error" }))
  })
})

describe("a config document with a __proto__ member, as JSON.parse makes it", () => {
  const good = JSON.stringify({ global_auth: true, consumers: [consumer(key)] })
  const jwks = JSON.stringify(consumer(key).jwks)
  const replace = (text: string, by: string) => {
    expect(good).toContain(text)
    return good.replace(text, by)
  }
  const documents = {
    "in place of everything": `{"__proto__":${good}}`,
    "in the document": `{"__proto__":{"polluted":true},${good.slice(1)}`,
    "in a consumer": replace('{"name":', '{"__proto__":{"polluted":true},"name":'),
    "in place of a consumer's restriction": replace('{"name":', '{"__proto__":{"audiences":["api"]},"name":'),
    "in claims": replace('"issuer":', '"claims":{"__proto__":"x"},"issuer":'),
    "in a rule": `${good.slice(0, -1)},"rules":[{"__proto__":{"scopes":["x"]},"match":{},"allow":"any"}]}`,
    "in a match": `${good.slice(0, -1)},"rules":[{"match":{"__proto__":{"path":"/x"}},"allow":"any"}]}`,
    "in a key": replace('{"kty":', '{"__proto__":{"polluted":true},"kty":'),
  }

  it.each(Object.entries(documents))("is refused %s, and pollutes nothing", (_where, text) => {
    expect(checkConfig(JSON.parse(text)).config).toBeUndefined()
    expect(checkConfig(JSON.parse(good)).config).toBeDefined()
  })

  it.each([
    ["in place of the key set", `{"__proto__":${jwks}}`],
    ["in place of a key", `{"keys":[{"__proto__":${JSON.stringify(key.jwk)}}]}`],
  ])("lends a key set that is text nothing: %s", (_where, text) => {
    const config = { consumers: [{ ...consumer(key), jwks: text }] }
    expect(checkConfig(config).config).toBeUndefined()
  })

  it("consumers may have such names, and are kept apart", async () => {
    const config: JwtAuthConfig = {
      consumers: names.map((name) => ({ ...consumer(key), name, issuer: `https://${name}.example` })),
      rules: [{ match: {}, allow: ["__proto__"] }],
    }
    const door = createAuthenticator(config, { now: () => now })
    for (const name of names) {
      const token = await sign(key, { payload: { iss: `https://${name}.example`, exp: now + 60 } })
      const expected = name === "__proto__" ? "allow __proto__" : "access_denied: consumer_not_allowed"
      expect(await judge(door, token)).toBe(expected)
    }
  })
})
