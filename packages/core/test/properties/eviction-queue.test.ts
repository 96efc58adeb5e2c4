import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createQueue } from "../../src/verify/eviction-queue.js"
import { runs } from "./settings.js"

interface Entry {
  readonly name: number
  readonly bytes: number
  recent: boolean
}

/** The algorithm as one would write it down: whoever goes leaves no empty place. */
function plainQueue(mostPassed: number) {
  const entries: Entry[] = []
  let hand = 0
  return {
    entries,
    add: (one: Entry) => void entries.push(one),
    evict(): Entry {
      let passed = 0
      for (let one = entries[hand]; one?.recent && passed < mostPassed; one = entries[hand]) {
        one.recent = false
        passed++
        hand = (hand + 1) % entries.length
      }
      const [one] = entries.splice(hand, 1) as [Entry]
      // Who comes next is the newest, and not the next to go: the hand has begun again with the oldest.
      if (hand === entries.length) hand = 0
      return one
    },
  }
}

const step = fc.record({
  what: fc.constantFrom("come" as const, "go" as const, "ask" as const),
  count: fc.integer({ min: 1, max: 80 }),
})

describe("the queue of a cache", () => {
  it("lets go whom SIEVE lets go, whatever comes and is asked for: its empty places do not show", () => {
    const seen = { gone: 0, most: 0 }
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
        const [queue, plain] = [createQueue<Entry>(), plainQueue(16)]
        const both = new Map<number, readonly Entry[]>()
        const act = {
          come() {
            const fields = { name: both.size, bytes: 1 + (both.size % 7), recent: false }
            const pair = [{ ...fields }, { ...fields }] as const
            both.set(fields.name, pair)
            queue.add(pair[0])
            plain.add(pair[1])
          },
          go() {
            if (queue.size === 0) return
            expect(queue.evict().name).toBe(plain.evict().name)
            seen.gone++
          },
          ask(i: number) {
            const { name = -1 } = plain.entries[(31 * i) % plain.entries.length] ?? {}
            for (const one of both.get(name) ?? []) one.recent = true
          },
        }
        for (const { what, count } of steps) {
          for (let i = 0; i < count; i++) act[what](i)
          const bytes = plain.entries.reduce((sum, one) => sum + one.bytes, 0)
          expect([queue.size, queue.bytes]).toEqual([plain.entries.length, bytes])
          seen.most = Math.max(seen.most, queue.size)
        }
      }),
      runs(100),
    )
    expect(seen.gone).toBeGreaterThan(5000)
    expect(seen.most).toBeGreaterThan(200)
  })
})
