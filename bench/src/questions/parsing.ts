import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { JwtAuthConfig } from "@jwt-auth/core"
import { runChild } from "../children/run-child.js"
import { figureOf, ratioOf, type Sample } from "../measure/samples.js"
import { shuffled } from "../measure/shuffled.js"
import type { Budget, Question } from "../result.js"
import { createSigner } from "../tokens/signer.js"

const algorithms = ["HS256", "ES256"] as const
type Asked = (typeof algorithms)[number]

const consumers = 10_000
const ready = "createAuthenticator"

/** What a program with many consumers waits for at its start. */
export const parsing: Question = {
  id: "parsing",
  title: "How long does a config with 10,000 consumers take to come into force?",
  about:
    "Milliseconds in a fresh process, from the parsed JSON to an authenticator that decides. Each consumer has a key of its own; " +
    "keys are imported on first use.",
  chart: "bars",
  budgets: algorithms.map(budgetOf),
  async measure(progress, { rounds, atMost }) {
    const folder = await mkdtemp(join(tmpdir(), "jwt-auth-configs-"))
    try {
      const entries = await Promise.all(
        algorithms.map(async (algorithm) => {
          progress(`making keys for ${algorithm}`)
          const file = join(folder, algorithm)
          await writeFile(file, JSON.stringify(await configWith(algorithm, Math.min(consumers, atMost))))
          return { algorithm, file, times: [] as Times[] }
        }),
      )
      for (let round = 0; round < rounds; round++) {
        progress(`round ${round + 1} of ${rounds}`)
        for (const { file, times } of shuffled(entries))
          times.push(await runChild<Times>("parse-config", [file]))
      }
      const pairs = entries.map(({ algorithm, times }) => samplesOf(algorithm, times))
      return {
        figures: pairs.flat().map((sample) => figureOf(sample, "ms")),
        ratios: pairs.map(([authenticator, json]) => ratioOf(authenticator, json)),
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

interface Times {
  readonly json: number
  readonly authenticator: number
}

async function configWith(algorithm: Asked, count: number): Promise<JwtAuthConfig> {
  const names = Array.from({ length: count }, (_, i) => `partner-${i}`)
  const signers = await Promise.all(names.map((name) => createSigner(algorithm, name)))
  return {
    consumers: signers.map(({ kid, jwk }) => ({
      name: kid,
      issuer: `https://${kid}.example.com/`,
      audiences: ["https://api.example.com"],
      jwks: { keys: [jwk] },
    })),
  }
}

function samplesOf(group: Asked, times: readonly Times[]): readonly [Sample, Sample] {
  return [
    { group, name: ready, values: times.map(({ authenticator }) => authenticator) },
    { group, name: "JSON.parse", values: times.map(({ json }) => json) },
  ]
}

function budgetOf(algorithm: Asked): Budget {
  return {
    what: `10,000 consumers with ${algorithm} keys: ready in at most 1 s`,
    limit: { atMost: 1 },
    measured: ({ figures }) => {
      const found = figures.find(({ group, name }) => group === algorithm && name === ready)
      return found && found.median / 1_000
    },
  }
}
