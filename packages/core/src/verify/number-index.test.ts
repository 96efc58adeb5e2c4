import fc from "fast-check"
import { afterEach, describe, expect, it } from "vitest"
import { createNumberIndex } from "./number-index.js"

/** Few, and most of them of one place. */
const keys = fc
  .tuple(fc.constantFrom(0, 1, 63, -1, -(2 ** 31)), fc.constantFrom(0, 64, 128, 2 ** 16, 2 ** 30))
  .map(([low, high]) => (low + high) | 0)
const steps = fc.array(fc.tuple(fc.constantFrom("add", "delete"), keys), {
  minLength: 60,
  maxLength: 200,
  size: "max",
})

describe("an index by numbers", () => {
  it("answers as a Map does, whatever comes and goes", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const index = createNumberIndex<object>()
        const map = new Map<number, object>()
        for (const [step, key] of all) {
          if (step === "delete") {
            index.delete(key)
            map.delete(key)
          } else if (!map.has(key)) {
            const value = {}
            index.add(key, value)
            map.set(key, value)
          }
          for (const one of [key, ...map.keys()]) expect(index.get(one)).toBe(map.get(one))
        }
      }),
    )
  })

  it("finds each of thousands of one place, and nobody else", () => {
    const index = createNumberIndex<number>()
    const all = Array.from({ length: 3000 }, (_, i) => ((i + 1) << 12) | 7)
    for (const key of all) index.add(key, key)
    for (const [i, key] of all.entries()) if (i % 3 === 0) index.delete(key)
    expect(all.map((key) => index.get(key))).toEqual(all.map((key, i) => (i % 3 === 0 ? undefined : key)))
    expect(index.get(7)).toBeUndefined()
  })

  it("grows with what is in it, and not with what comes and goes", () => {
    const grown: number[] = []
    const typed = globalThis.Int32Array
    globalThis.Int32Array = class extends typed {
      constructor(length: number) {
        super(length)
        grown.push(length)
      }
    } as Int32ArrayConstructor
    try {
      const index = createNumberIndex<number>()
      for (let round = 0; round < 1000; round++) {
        for (let key = 0; key < 20; key++) index.add(key, round)
        for (let key = 0; key < 20; key++) index.delete(key)
      }
      expect(Math.max(...grown)).toBe(64)
      for (let key = 0; key < 1000; key++) index.add(-1 - key, key)
      expect(Math.max(...grown)).toBeLessThanOrEqual(4096)
    } finally {
      globalThis.Int32Array = typed
    }
  })
})

describe("an index in an app whose prototypes were polluted", () => {
  afterEach(() => {
    for (let i = 0; i < 70; i++) Reflect.deleteProperty(Object.prototype, i)
  })

  it("has nothing but what was put in", () => {
    for (let i = 0; i < 70; i++) Object.assign(Object.prototype, { [i]: "polluted" })
    const index = createNumberIndex<number>()
    for (let key = 0; key < 40; key++) {
      expect(index.get(key)).toBeUndefined()
      index.add(key, key)
    }
    index.delete(3)
    expect([index.get(3), index.get(4)]).toEqual([undefined, 4])
  })
})
