import fc from "fast-check"

/**
 * The same cases on every machine, so that a red build is a change and not bad luck. Another walk:
 * `FAST_CHECK_SEED=$RANDOM FAST_CHECK_FACTOR=20 npx vitest run --project core packages/core/test/properties`
 */
export function runs(numRuns: number): { numRuns: number; seed: number } {
  const { FAST_CHECK_SEED: seed = "7519", FAST_CHECK_FACTOR: factor = "1" } = process.env
  return { numRuns: numRuns * Number(factor), seed: Number(seed) }
}

/** A text put together from these pieces, in any order and number. */
export function textOf(pieces: readonly string[], maxLength = 8): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...pieces), { maxLength }).map((parts) => parts.join(""))
}
