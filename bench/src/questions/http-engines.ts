import { measurementOf } from "../load/measurement-of.js"
import { loadRounds, type ServerContestant } from "../load/rounds.js"
import type { Measurement, Question } from "../result.js"
import { type Issuer, makeIssuer } from "../servers/issuer.js"

const ours = "@jwt-auth/core"

/** What the choice between the thread pool and the event loop is made on. */
export const httpEngines: Question = {
  id: "http-engines",
  title: "Where should a signature be checked: at once, or on the thread pool?",
  about:
    "Requests per second of a bare node:http server with 32 clients in another process, each token sent once. " +
    "The other two check the signature and nothing else.",
  chart: "bars",
  budgets: [],
  async measure(progress, effort) {
    const runs: Measurement[] = []
    for (const alg of ["RS256", "ES256", "EdDSA"] as const) {
      const tell = (step: string) => progress(`${alg}: ${step}`)
      const samples = await loadRounds(serversOf(await makeIssuer(alg)), effort, tell)
      runs.push(measurementOf(samples, [ours]))
    }
    return { figures: runs.flatMap(({ figures }) => figures), ratios: runs.flatMap(({ ratios }) => ratios) }
  },
}

function serversOf(issuer: Issuer): ServerContestant[] {
  const group = issuer.settings.algorithm
  const tokens = "new"
  return [
    { group, name: "no check", program: "node/no-op", issuer, tokens: 1 },
    { group, name: ours, program: "node/jwt-auth", issuer, tokens },
    { group, name: "crypto.verify", program: "node/verify-sync", issuer, tokens },
    { group, name: "crypto.verify on the pool", program: "node/verify-pool", issuer, tokens },
  ]
}
