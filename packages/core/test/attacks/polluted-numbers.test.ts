import { describe, expect, it } from "vitest"
import type { Algorithm } from "../../src/index.js"
import { consumer, gate, goodClaims, judge, mintKey, sign } from "../keyring.js"

const algorithms = ["HS256", "RS256", "PS256", "ES256", "EdDSA"] as const satisfies readonly Algorithm[]

describe.each(algorithms)("a forged %s token", async (alg) => {
  const key = await mintKey(alg)

  // A deep merge of somebody's JSON writes such a member. Lengths that no other test has, so that nothing stands there yet.
  it.each([1500, 1504, 1508])(
    "is not taken for the good one that stands in Object.prototype under its length: %i",
    async (filler) => {
      const good = await sign(key)
      const door = gate(consumer(key))
      const end = good.lastIndexOf(".")
      const [header] = good.split(".") as [string]
      const payload = { ...goodClaims, sub: "a".repeat(filler) }
      const forged = `${header}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}`
      const polluted: Record<number, string> = Object(Object.prototype)
      let verdict: string
      try {
        polluted[forged.length] = good.slice(0, end)
        verdict = await judge(door, `${forged}${good.slice(end)}`)
      } finally {
        delete polluted[forged.length]
      }
      expect(verdict).toBe("jwt_verification_fails: signature_invalid")
      expect(await judge(door, good)).toBe("allow web")
    },
  )
})
