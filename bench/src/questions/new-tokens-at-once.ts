import { performance } from "node:perf_hooks"
import { setImmediate as nextTurn } from "node:timers/promises"
import { admit } from "../contestants/gate.js"
import { jwtAuth, ours } from "../contestants/jwt-auth.js"
import { peers } from "../contestants/peers.js"
import { rawPool, rawSync } from "../contestants/raw.js"
import { findRatio, ratiosIn } from "../measure/find-ratio.js"
import { type Contestant, type Meter, runMetered, wallClock } from "../measure/rounds.js"
import { figureOf, ratioOf, ratiosToOthers, type Sample } from "../measure/samples.js"
import type { Budget, Measurement, Question, Ratio } from "../result.js"
import { usualClaims } from "../tokens/claims.js"
import { FreshTokens } from "../tokens/fresh-tokens.js"
import { createSigner, type TokenAlgorithm } from "../tokens/signer.js"

const atOnce = 64
const algorithms: readonly TokenAlgorithm[] = ["HS256", "RS256", "PS256", "ES256", "EdDSA"]
const yardsticks: readonly string[] = [rawSync.name, rawPool.name]

export const newTokensAtOnce: Question = {
  id: "new-tokens-at-once",
  title: "How many new tokens are verified when many requests arrive at once?",
  about:
    `${atOnce} requests arrive in one turn of the event loop, each with a new token; the next ${atOnce} when all are answered. CPU ` +
    "time is that of all threads of the process; main-thread time is what the event loop was busy, when no other request could be " +
    "answered. Otherwise as with one token at a time.",
  chart: "bars",
  budgets: algorithms.flatMap((algorithm) =>
    algorithm === "HS256" ? [aheadOfPeers(algorithm)] : [aheadOfPeers(algorithm), nearPool(algorithm)],
  ),
  async measure(progress, effort) {
    const runs: Measurement[] = []
    for (const algorithm of algorithms) {
      const contestants = await contestantsFor(algorithm)
      const step = (what: string) => progress(`${algorithm}: ${what}`)
      const [wall = [], cpu = [], main = []] = await runMetered(contestants, meters, effort, step)
      runs.push(measurementOf(wall, cpu, main))
    }
    return { figures: runs.flatMap(({ figures }) => figures), ratios: runs.flatMap(({ ratios }) => ratios) }
  },
}

const cpuTime: Meter = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1e3
}
const mainThreadTime: Meter = () => performance.eventLoopUtilization().active * 1e6
const meters = [wallClock, cpuTime, mainThreadTime]

async function contestantsFor(algorithm: TokenAlgorithm): Promise<Contestant[]> {
  const signer = await createSigner(algorithm)
  const tokens = new FreshTokens(() => signer.token(usualClaims()))
  const verifiers = [jwtAuth, rawSync, rawPool, ...peers]
  return Promise.all(
    verifiers
      .filter((verifier) => verifier.algorithms.includes(algorithm))
      .map(async (verifier) => {
        const { present } = await admit(verifier, signer)
        return {
          group: algorithm,
          name: verifier.name,
          mostPerRound: 200,
          inputsAtOnce: 4,
          prepare: burstsOf(tokens, present),
        }
      }),
  )
}

/** Each operation is a burst: all its tokens are handed over before any answer is waited for. */
function burstsOf(tokens: FreshTokens, present: (token: string) => () => unknown): Contestant["prepare"] {
  return ({ round, from, count }) => {
    const part = { round, from: from * atOnce, count: count * atOnce }
    const verifications = tokens.of(part).map(present)
    return async (burst) => {
      const waiting: unknown[] = []
      for (const verify of verifications.slice(burst * atOnce, (burst + 1) * atOnce)) {
        const result = verify()
        if (result instanceof Promise) waiting.push(result)
      }
      await Promise.all(waiting)
      await nextTurn()
    }
  }
}

function measurementOf(
  wall: readonly Sample[],
  cpu: readonly Sample[],
  mainThread: readonly Sample[],
): Measurement {
  const tokensPerSecond = wall.map((sample) => changed(sample, (ns) => (atOnce * 1e9) / ns))
  const perToken = (ns: number) => ns / atOnce
  return {
    figures: [
      ...tokensPerSecond.map((sample) => figureOf(sample, "tokens/s", "tokens per second")),
      ...cpu.map((sample) => figureOf(changed(sample, perToken), "ns", "CPU time per token")),
      ...mainThread.map((sample) => figureOf(changed(sample, perToken), "ns", "main-thread time per token")),
    ],
    ratios: [...ratiosToOthers(tokensPerSecond, ours), ...poolToSync(tokensPerSecond)],
  }
}

/** None for HMAC, which has no pool. */
function poolToSync(samples: readonly Sample[]): Ratio[] {
  const pool = samples.find(({ name }) => name === rawPool.name)
  const sync = samples.find(({ name }) => name === rawSync.name)
  return pool === undefined || sync === undefined ? [] : [ratioOf(pool, sync)]
}

function changed(sample: Sample, change: (value: number) => number): Sample {
  return { ...sample, values: sample.values.map(change) }
}

function aheadOfPeers(algorithm: TokenAlgorithm): Budget {
  return {
    what: `${atOnce} new tokens at once, ${algorithm}: as many tokens/s as the best peer`,
    limit: { atLeast: 1 },
    measured: (measurement) =>
      Math.min(
        ...ratiosIn(measurement, algorithm, ours)
          .filter(({ to }) => !yardsticks.includes(to))
          .map(({ median }) => median),
      ),
  }
}

function nearPool(algorithm: TokenAlgorithm): Budget {
  return {
    what: `${atOnce} new tokens at once, ${algorithm}: 0.85 × the thread pool's tokens/s, where it beats the synchronous call`,
    limit: { atLeast: 0.85 },
    measured: (measurement) =>
      findRatio(measurement, algorithm, rawPool.name, rawSync.name) > 1
        ? findRatio(measurement, algorithm, ours, rawPool.name)
        : undefined,
  }
}
