import { expect, it } from "vitest"
import { measured } from "./sizes.js"

// Minified and gzipped; 1 kB = 1000 bytes. Ceilings, so that nothing grows unnoticed; decision 006 has the target for core.
it.each([
  ["core without jose and zod", 22_200],
  ["core with jose and zod", 34_400],
  ["express without core", 2_000],
  ["koa without core", 1_500],
  ["hono without core", 1_500],
] as const)("%s stays within %i bytes", async (what, budget) => {
  const { gzipped } = await measured[what]()
  expect(gzipped).toBeLessThanOrEqual(budget)
})
