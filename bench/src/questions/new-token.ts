import { admit } from "../contestants/gate.js"
import { jwtAuth, ours } from "../contestants/jwt-auth.js"
import { peers } from "../contestants/peers.js"
import { rawSync } from "../contestants/raw.js"
import { findRatio, ratiosIn } from "../measure/find-ratio.js"
import { type Contestant, runRounds } from "../measure/rounds.js"
import { figureOf, ratiosToOthers } from "../measure/samples.js"
import type { Budget, Question } from "../result.js"
import { usualClaims } from "../tokens/claims.js"
import { FreshTokens } from "../tokens/fresh-tokens.js"
import { createSigner, type TokenAlgorithm } from "../tokens/signer.js"

/** DESIGN's limits against the signature check alone. */
const limits = { HS256: 2.5, RS256: 1.15, PS256: 1.15, ES256: 1.15, EdDSA: 1.15 }
const algorithms = Object.keys(limits) as TokenAlgorithm[]

export const newToken: Question = {
  id: "new-token",
  title: "What does a token cost that is seen for the first time?",
  about:
    "One token at a time, with a payload of about 400 bytes, and each of them new. For @jwt-auth/core the time is that of a " +
    "whole `decide()`, from a request with a browser's headers to the decision with its edits, and it fills its cache as it " +
    "goes; for the others it is that of verifying the token: signature, times, issuer and audience. `node:crypto` checks the " +
    "signature alone, of bytes that are ready. Every key is imported beforehand, in the form that its library is quickest with.",
  chart: "bars",
  budgets: algorithms.flatMap((algorithm) => [nearRaw(algorithm), aheadOfPeers(algorithm)]),
  async measure(progress, effort) {
    const samples = []
    for (const algorithm of algorithms) {
      const step = (what: string) => progress(`${algorithm}: ${what}`)
      samples.push(...(await runRounds(await contestantsFor(algorithm), effort, step)))
    }
    return {
      figures: samples.map((sample) => figureOf(sample, "ns")),
      ratios: ratiosToOthers(samples, ours),
    }
  },
}

async function contestantsFor(algorithm: TokenAlgorithm): Promise<Contestant[]> {
  const signer = await createSigner(algorithm)
  const tokens = new FreshTokens(() => signer.token(usualClaims()))
  const verifiers = [jwtAuth, rawSync, ...peers].filter((verifier) => verifier.algorithms.includes(algorithm))
  return Promise.all(
    verifiers.map(async (verifier) => {
      const { present } = await admit(verifier, signer)
      return { group: algorithm, name: verifier.name, prepare: tokens.operations(present) }
    }),
  )
}

function nearRaw(algorithm: TokenAlgorithm): Budget {
  const limit = limits[algorithm]
  return {
    what: `new token, ${algorithm}: at most ${limit} × the signature check alone`,
    limit: { atMost: limit },
    measured: (measurement) => findRatio(measurement, algorithm, ours, rawSync.name),
  }
}

function aheadOfPeers(algorithm: TokenAlgorithm): Budget {
  return {
    what: `new token, ${algorithm}: faster than the fastest peer`,
    limit: { atMost: 1 },
    measured: (measurement) =>
      Math.max(
        ...ratiosIn(measurement, algorithm, ours)
          .filter(({ to }) => to !== rawSync.name)
          .map(({ median }) => median),
      ),
  }
}
