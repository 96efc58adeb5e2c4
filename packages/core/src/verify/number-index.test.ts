import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createNumberIndex } from "./number-index.js"

/** Few, and most of them with the same lowest bits, so that they stand in each other's places. */
const keys = fc
  .tuple(fc.constantFrom(1, 2, 63, -1, -(2 ** 31)), fc.constantFrom(0, 64, 128, 2 ** 16, 2 ** 30))
  .map(([low, high]) => (low + high) | 0)
  .filter((key) => key !== 0)
const steps = fc.array(fc.tuple(fc.constantFrom("add", "delete", "get"), keys), { maxLength: 200 })

describe("an index by numbers", () => {
  it("answers as a Map does, whatever comes and goes", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const index = createNumberIndex<object>()
        const map = new Map<number, object>()
        for (const [step, key] of all) {
          if (step === "add" && !map.has(key)) {
            const value = {}
            index.add(key, value)
            map.set(key, value)
          } else if (step === "delete") {
            index.delete(key)
            map.delete(key)
          }
          for (const one of [key, ...map.keys()]) expect(index.get(one)).toBe(map.get(one))
        }
      }),
    )
  })

  it("finds each of thousands whose lowest bits are the same, and nobody else", () => {
    const index = createNumberIndex<number>()
    const all = Array.from({ length: 3000 }, (_, i) => ((i + 1) << 12) | 7)
    for (const key of all) index.add(key, key)
    for (const [i, key] of all.entries()) if (i % 3 === 0) index.delete(key)
    expect(all.map((key) => index.get(key))).toEqual(all.map((key, i) => (i % 3 === 0 ? undefined : key)))
    expect(index.get(7)).toBeUndefined()
  })
})
