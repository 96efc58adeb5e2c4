import { describe, expect, it } from "vitest"
import type { Jwk } from "../../src/index.js"
import {
  base64url,
  bearer,
  consumer,
  gate,
  goodClaims,
  issuer,
  judge,
  mintKey,
  now,
  request,
  sign,
} from "../keyring.js"

// What a stranger may try with a gate that remembers tokens.

const key = await mintKey("HS256")
const other = await mintKey("HS256")
const token = await sign(key)
const [header = "", payload = "", signature = ""] = token.split(".")

/** A gate that has seen the token twice. */
async function warm(door = gate(consumer(key))) {
  for (let i = 0; i < 2; i++) expect(await judge(door, token)).toBe("allow web")
  return door
}

describe("a remembered token", () => {
  it("lends its signature to no other payload, and to no other header", async () => {
    const door = await warm()
    const admin = base64url({ ...goodClaims, sub: "admin" })
    const typed = base64url({ alg: "HS256", typ: "JWT" })
    const refused = "jwt_verification_fails: signature_invalid"
    expect(await judge(door, `${header}.${admin}.${signature}`)).toBe(refused)
    expect(await judge(door, `${typed}.${payload}.${signature}`)).toBe(refused)
    expect(await judge(door, token)).toBe("allow web")
  })

  it("is let in as it is, and with any single character changed, added or missing is not", async () => {
    const door = await warm()
    for (let i = 0; i <= token.length; i++) {
      const [before, after] = [token.slice(0, i), token.slice(i + 1)]
      const rest = token.slice(i)
      const changed = [
        `${before}${token[i] === "A" ? "B" : "A"}${after}`,
        `${before}A${rest}`,
        before + after,
      ]
      for (const text of changed) if (text !== token) expect(await judge(door, text)).not.toBe("allow web")
    }
    expect(await judge(door, token)).toBe("allow web")
  })

  it.each(["%20", "+", "%09", "%00", "%EF%BB%BF", "=", "%3D"])(
    "is another one with %s before or after it",
    async (stray) => {
      const door = await warm()
      for (const text of [stray + token, token + stray]) {
        const asked = request({ path: `/?access_token=${text}` })
        expect(await judge(door, asked)).toBe("jwt_verification_fails: token_malformed")
      }
      expect(await judge(door, request({ path: `/?access_token=${token}` }))).toBe("allow web")
    },
  )

  it("is asked for the time again: it expires, and is too early when the clock goes back", async () => {
    let time = now
    const door = gate(consumer(key), {}, { now: () => time })
    const timed = await sign(key, { payload: { ...goodClaims, exp: now + 10, nbf: now, iat: now } })
    const at = (moment: number) => {
      time = moment
      return judge(door, timed)
    }
    expect(await at(now)).toBe("allow web")
    expect(await at(now)).toBe("allow web")
    expect(await at(now + 70)).toBe("jwt_expired: expired")
    expect(await at(now - 61)).toBe("jwt_verification_fails: not_yet_valid")
    expect(await at(now + 69)).toBe("allow web")
  })

  it("of one consumer is not taken for another's, whose key has not made it", async () => {
    const partner = consumer(other, { name: "partner" })
    const rules = [{ match: { path: "/partner" }, allow: ["partner"] }]
    const door = await warm(gate([partner, consumer(key)], { rules }))
    const asked = bearer(token, { path: "/partner" })
    for (let i = 0; i < 3; i++)
      expect(await judge(door, asked)).toBe("access_denied: signature_invalid, consumer_not_allowed")
    expect(await judge(door, token)).toBe("allow web")
  })

  it("of a global consumer is not taken for that of a rule with keys of its own", async () => {
    const local = consumer(other, { name: "local" })
    const door = await warm(
      gate(consumer(key), { rules: [{ match: { path: "/local" }, consumers: [local] }] }),
    )
    const asked = bearer(token, { path: "/local" })
    for (let i = 0; i < 3; i++)
      expect(await judge(door, asked)).toBe("jwt_verification_fails: signature_invalid")
  })

  it.each([
    ["audience", { audiences: ["web"] }, "audience_mismatch"],
    ["type", { types: ["at+jwt"] }, "type_mismatch"],
    ["algorithm", { algorithms: ["HS384"], allow_weak_hmac: true }, "alg_not_allowed"],
  ] as const)(
    "does not stand for a consumer of the same key that wants another %s",
    async (_, fields, reason) => {
      const strict = consumer(key, { name: "strict", ...fields } as object)
      const rules = [{ match: { path: "/strict" }, consumers: [strict] }]
      const door = await warm(gate(consumer(key), { rules }))
      for (let i = 0; i < 3; i++)
        expect(await judge(door, bearer(token, { path: "/strict" }))).toBe(
          `jwt_verification_fails: ${reason}`,
        )
    },
  )

  it("is forgotten by a reload, with its header: a key that is gone lets nobody in", async () => {
    const door = await warm()
    door.reload({ global_auth: true, consumers: [consumer(other)] })
    expect(await judge(door, token)).toBe("jwt_verification_fails: signature_invalid")
    door.reload({ global_auth: true, consumers: [consumer(key, { issuer: "https://another.example" })] })
    expect(await judge(door, token)).toBe("jwt_verification_fails: claim_mismatch")
    door.reload({ global_auth: true, consumers: [consumer(key)] })
    await warm(door)
  })

  it("is not remembered for the new config by a request that a reload overtook", async () => {
    const slow = await mintKey("ES256")
    const door = gate(consumer(slow))
    const text = await sign(slow)
    const pending = Array.from({ length: 8 }, () => door.decide(bearer(text)))
    door.reload({ global_auth: true, consumers: [consumer(other)] })
    expect((await Promise.all(pending)).map(({ outcome }) => outcome)).toEqual(Array(8).fill("allow"))
    expect(await judge(door, text)).toBe("jwt_verification_fails: alg_not_allowed")
  })

  it("survives a reload that fails: the config in force has not changed", async () => {
    const door = await warm()
    expect(() => door.reload({ consumers: [{ name: "web", issuer, jwks: { keys: [{} as Jwk] } }] })).toThrow()
    expect(await judge(door, token)).toBe("allow web")
  })

  it("is no way around a place: where nobody looks for it, it is missing", async () => {
    const door = await warm()
    expect(await judge(door, bearer(token, { headers: { "x-token": token } }))).toBe(
      "jwt_missing: token_missing",
    )
  })
})

describe("the header of a remembered token", () => {
  it("stands for no token that is otherwise malformed or wrongly signed", async () => {
    const door = await warm()
    expect(await judge(door, `${header}.${payload}`)).toBe("jwt_verification_fails: token_malformed")
    expect(await judge(door, `${header}.${payload}.${signature}=`)).toBe(
      "jwt_verification_fails: token_malformed",
    )
    expect(await judge(door, `${header}.e30=.${signature}`)).toBe("jwt_verification_fails: token_malformed")
    expect(await judge(door, await sign(other))).toBe("jwt_verification_fails: signature_invalid")
  })

  it("of a token that was refused is never known: it is read again, and refused again", async () => {
    const door = await warm()
    const critical = await sign(key, { header: { alg: "HS256", crit: ["exp"] } })
    for (let i = 0; i < 3; i++)
      expect(await judge(door, critical)).toBe("jwt_verification_fails: crit_unsupported")
  })
})
