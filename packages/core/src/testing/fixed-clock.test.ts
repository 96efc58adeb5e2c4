import { describe, expect, it } from "vitest"
import { gate, judge } from "../../test/keyring.js"
import { ConfigError } from "../index.js"
import { createTestConsumer, fixedClock } from "./index.js"

const start = 1_900_000_000

describe("a clock that is fixed", () => {
  it("stands still, moves on, and back", () => {
    const clock = fixedClock(start)
    expect([clock(), clock()]).toEqual([start, start])
    clock.advance(60)
    clock.advance(-1)
    expect(clock()).toBe(start + 59)
  })

  it("is refused in milliseconds, and does not move by what is no number", () => {
    expect(() => fixedClock(Date.now())).toThrow(
      "The jwt-auth test clock has 1 problem:\n  - clock: must return the seconds since 1970",
    )
    const clock = fixedClock(start)
    expect(() => clock.advance(Number.NaN)).toThrow(ConfigError)
    expect(clock()).toBe(start)
  })

  it("is one for consumer and authenticator: a token ages with it", async () => {
    const clock = fixedClock(start)
    const { consumer, request } = await createTestConsumer({
      name: "web",
      now: clock,
      clock_skew_seconds: 10,
    })
    const asked = await request()
    const verdicts: string[] = []
    for (const seconds of [0, 309, 1]) {
      clock.advance(seconds)
      verdicts.push(await judge(gate(consumer, {}, { now: clock }), asked))
    }
    expect(verdicts).toEqual(["allow web", "allow web", "jwt_expired: expired"])
  })
})
