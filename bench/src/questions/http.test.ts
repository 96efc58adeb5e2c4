import { expect, it } from "vitest"
import type { Measurement } from "../result.js"
import { http } from "./http.js"

/** A measurement with these ratios of @jwt-auth on Express. */
const express = (ratios: Readonly<Record<string, number>>): Measurement => ({
  figures: [],
  ratios: Object.entries(ratios).map(([to, median]) => ({
    group: "Express",
    name: "@jwt-auth",
    to,
    median,
    q1: median,
    q3: median,
  })),
})
const budget = (what: string) => {
  const found = http.budgets.find((budget) => budget.what.startsWith("Express") && budget.what.includes(what))
  if (found === undefined) throw new Error(`no budget for ${what}`)
  return found
}

it("the server with a no-op middleware is what the first budget holds against", () => {
  const measurement = express({ "no authentication": 0.8, "no-op middleware": 0.96, "express-jwt, RS256": 3 })
  expect(budget("no-op").measured(measurement)).toBe(0.96)
})

it("being ahead of the peers means of the best of them, whatever servers without authentication do", () => {
  const peers = { "express-jwt, HS256": 1.2, "express-jwt, RS256": 3 }
  const others = { "no authentication": 0.8, "no-op middleware": 0.9, "@jwt-auth, 1,000 tokens": 0.99 }
  expect(budget("every usual middleware").measured(express({ ...peers, ...others }))).toBe(1.2)
})
