import { createHmac } from "node:crypto"
import { describe, expect, it } from "vitest"
import { nodeEngine } from "../../src/verify/node-engine.js"
import { nodeReader } from "../../src/verify/read-segment.js"
import { createTokenBytes } from "../../src/verify/token-bytes.js"
import { base64url, bearer, consumer, gate, judge, mintKey, now, sign } from "../keyring.js"

// Runs twice: as it is, and with test/engines/without-node.ts before it (vitest.web-crypto.config.ts).

const onNode = process.getBuiltinModule !== undefined

describe(onNode ? "on Node" : "where there is no Node", () => {
  it(`the engine and the reader that need Node are ${onNode ? "there" : "not there"}`, () => {
    const bytes = createTokenBytes(8192)
    const there = [bytes, nodeEngine(bytes), nodeReader(bytes)].map((one) => one !== undefined)
    expect(there).toEqual([onNode, onNode, onNode])
  })

  it(`a new HS256 token is decided ${onNode ? "at once" : "later"}, and let in`, async () => {
    const key = await mintKey("HS256")
    const door = gate(consumer(key))
    const decision = door.decide(bearer(await sign(key)))
    expect(decision instanceof Promise).toBe(!onNode)
    expect((await decision).outcome).toBe("allow")
  })

  it("a secret that had to wait for its turn with one algorithm is asked as before with another", async () => {
    const secrets = Array.from({ length: 257 }, () => base64url(crypto.getRandomValues(new Uint8Array(64))))
    const keys = secrets.map((k) => ({ kty: "oct" as const, k }))
    const last = keys.slice(-1)
    const token = (alg: "HS256" | "HS384", iss: string) => {
      const input = `${base64url({ alg })}.${base64url({ iss, exp: now + 60 })}`
      const secret = Buffer.from(secrets.at(-1) ?? "", "base64url")
      return `${input}.${base64url(
        createHmac(`sha${alg.slice(2)}`, secret)
          .update(input)
          .digest(),
      )}`
    }
    const door = gate([
      { name: "many", issuer: "i", jwks: { keys } },
      { name: "one", issuer: "j", jwks: { keys: last } },
    ])
    expect(await judge(door, token("HS256", "i"))).toBe("allow many")
    expect(await judge(door, token("HS384", "j"))).toBe("allow one")
  })

  it("a token that comes again is decided at once", async () => {
    const key = await mintKey("ES256")
    const door = gate(consumer(key))
    const asked = bearer(await sign(key))
    await door.decide(asked)
    expect(door.decide(asked)).toMatchObject({ outcome: "allow" })
  })
})
