import { describe, expect, test } from "vitest"
import { ratiosOf, spreadOf } from "./statistics.js"

describe("statistics", () => {
  test("the median and the quartiles of an odd number of values are values", () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, q1: 2, q3: 4 })
  })

  test("those of an even number lie between neighbours", () => {
    expect(spreadOf([1, 2, 3, 4])).toEqual({ median: 2.5, q1: 1.75, q3: 3.25 })
  })

  test("values are ordered as numbers, not as text", () => {
    expect(spreadOf([10, 9, 100]).median).toBe(10)
  })

  test("one value has no spread", () => {
    expect(spreadOf([7])).toEqual({ median: 7, q1: 7, q3: 7 })
  })

  test("one slow round of many does not move the median", () => {
    expect(spreadOf([10, 10, 10, 10, 10_000]).median).toBe(10)
  })

  test("no values are an error, not a figure", () => {
    expect(() => spreadOf([])).toThrow("no rounds")
  })

  test("ratios are taken round by round: noise that hits both sides of a round falls out", () => {
    expect(ratiosOf([2, 20, 2000], [1, 10, 1000])).toEqual([2, 2, 2])
  })

  test("rounds of different runs are not compared", () => {
    expect(() => ratiosOf([1, 2], [1])).toThrow("different runs")
  })
})
