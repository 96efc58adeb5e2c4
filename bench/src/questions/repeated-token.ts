import { fastJwtCached, fastJwtCachedByToken } from "../contestants/fast-jwt.js"
import { admit, showGood } from "../contestants/gate.js"
import { jwtAuth, jwtAuthWith, ours } from "../contestants/jwt-auth.js"
import type { Verifier } from "../contestants/verifier.js"
import { findRatio } from "../measure/find-ratio.js"
import { type Contestant, runRounds } from "../measure/rounds.js"
import { figureOf, ratiosToOthers } from "../measure/samples.js"
import { writtenNumber } from "../report/format.js"
import type { Effort, Question } from "../result.js"
import { usualClaims } from "../tokens/claims.js"
import { operationsOn } from "../tokens/live-tokens.js"
import { createSigner } from "../tokens/signer.js"

/** DESIGN's limits against fast-jwt's cache, by the number of live tokens. */
const limits = { 1: 0.4, 1000: 0.4, 100000: 0.9 }
const sizes = Object.keys(limits).map(Number) as (keyof typeof limits)[]

export const repeatedToken: Question = {
  id: "repeated-token",
  title: "What does a token cost that was seen before?",
  about:
    "ES256 tokens that callers send again, in random order, each time as a new string, as a server gets it. For @jwt-auth/core " +
    "the time is that of a whole `decide()`, from a request with a browser's headers to the decision with its edits; for fast-jwt " +
    "it is that of its verifier. Both caches have room for all live tokens: with 100,000 of them @jwt-auth/core is given " +
    "`cache: { maxEntries: 100_000 }`, otherwise it is as it comes.",
  chart: "lines",
  axis: "live tokens",
  budgets: sizes.map((size) => ({
    what: `repeated token, ${writtenNumber(size)} live: at most ${limits[size]} × fast-jwt's cache`,
    limit: { atMost: limits[size] },
    measured: (measurement) => findRatio(measurement, writtenNumber(size), ours, fastJwtCached(size).name),
  })),
  async measure(progress, effort) {
    const samples = []
    for (const size of sizes) {
      const step = (what: string) => progress(`${writtenNumber(size)} live tokens: ${what}`)
      samples.push(...(await runRounds(await contestantsFor(size, effort, step), effort, step)))
    }
    return {
      figures: samples.map((sample) => figureOf(sample, "ns")),
      ratios: ratiosToOthers(samples, ours),
    }
  },
}

async function contestantsFor(
  size: number,
  { atMost }: Effort,
  progress: (step: string) => void,
): Promise<Contestant[]> {
  progress("signing tokens")
  const signer = await createSigner("ES256")
  const tokens = Array.from({ length: Math.min(size, atMost) }, () => signer.token(usualClaims()))
  const contestants: Contestant[] = []
  for (const verifier of verifiersFor(size)) {
    progress(`filling the cache of ${verifier.name}`)
    const ready = await admit(verifier, signer)
    await showGood(ready, tokens)
    contestants.push({
      group: writtenNumber(size),
      name: verifier.name,
      prepare: operationsOn(tokens, ready.present),
    })
  }
  return contestants
}

function verifiersFor(size: number): Verifier[] {
  const own = size <= 1_000 ? jwtAuth : jwtAuthWith({ cache: { maxEntries: size } })
  return [own, fastJwtCached(size), fastJwtCachedByToken(size)]
}
