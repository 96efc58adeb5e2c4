import { describe, expect, it } from "vitest"
import { createPacing, type Pacing } from "./pacing.js"

/** One after the other: each is done before the next comes. How many left. */
function serial(pacing: Pacing, count: number): number {
  let left = 0
  for (let i = 0; i < count; i++) {
    if (!pacing.leaves()) continue
    left++
    pacing.returned()
  }
  return left
}

/** All at once: none is done before all have come. How many left. */
function burst(pacing: Pacing, count: number): number {
  const left = Array.from({ length: count }, () => pacing.leaves()).filter((leaves) => leaves).length
  for (let i = 0; i < left; i++) pacing.returned()
  return left
}

describe("where a signature is checked", () => {
  it("is in place for the first one of all", () => {
    expect(createPacing().leaves()).toBe(false)
  })

  it("is in place for one after the other, but for scouts that become rare", () => {
    const pacing = createPacing()
    const first = serial(pacing, 1000)
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThanOrEqual(11)
    expect(serial(pacing, 10_000)).toBeLessThanOrEqual(14)
  })

  it("is never without a scout for longer than it was told", () => {
    const pacing = createPacing(8)
    serial(pacing, 1000)
    const waits: number[] = []
    for (let i = 0, wait = 0; i < 100; i++, wait++) {
      if (!pacing.leaves()) continue
      pacing.returned()
      waits.push(wait)
      wait = 0
    }
    expect(Math.max(...waits.slice(1))).toBeLessThanOrEqual(9)
    expect(waits.length).toBeGreaterThan(9)
  })

  it("is on threads for a burst of 64, but for the few before the scout", () => {
    expect(burst(createPacing(), 64)).toBe(63)
  })

  it("is on threads for all of the next burst, and of the one after it", () => {
    const pacing = createPacing()
    burst(pacing, 64)
    expect([burst(pacing, 64), burst(pacing, 2), burst(pacing, 64)]).toEqual([64, 2, 64])
  })

  it("is in place again once they come one after the other", () => {
    const pacing = createPacing()
    burst(pacing, 64)
    serial(pacing, 10)
    expect(serial(pacing, 1000)).toBeLessThanOrEqual(11)
  })

  it("is in place for most of a first burst after a long time alone, and then no more", () => {
    const pacing = createPacing(8)
    serial(pacing, 1000)
    expect(burst(pacing, 64)).toBeGreaterThanOrEqual(64 - 8)
    expect(burst(pacing, 64)).toBe(64)
  })

  it("stays on threads while one that left is still away, whatever returns meanwhile", () => {
    const pacing = createPacing()
    burst(pacing, 64)
    expect([pacing.leaves(), pacing.leaves()]).toEqual([true, true])
    pacing.returned()
    expect(pacing.leaves()).toBe(true)
    pacing.returned()
    expect(pacing.leaves()).toBe(true)
  })
})
