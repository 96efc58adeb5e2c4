import { describe, expect, it } from "vitest"
import { nodeEngine } from "../../src/verify/node-engine.js"
import { nodeReader } from "../../src/verify/read-segment.js"
import { createTokenBytes } from "../../src/verify/token-bytes.js"
import { bearer, consumer, gate, mintKey, sign } from "../keyring.js"

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

  it("a token that comes again is decided at once", async () => {
    const key = await mintKey("ES256")
    const door = gate(consumer(key))
    const asked = bearer(await sign(key))
    await door.decide(asked)
    expect(door.decide(asked)).toMatchObject({ outcome: "allow" })
  })
})
