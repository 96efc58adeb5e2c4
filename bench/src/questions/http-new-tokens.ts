import { measurementOf } from "../load/measurement-of.js"
import { loadRounds, type ServerContestant } from "../load/rounds.js"
import type { Measurement, Question } from "../result.js"
import { type Issuer, makeIssuer } from "../servers/issuer.js"
import { type Framework, frameworks, peers, programOf } from "../servers/programs.js"

const ours = "@jwt-auth"
const algorithms = ["HS256", "RS256", "ES256"] as const

/** Whole requests, each with a token that no one has seen before. */
export const httpNewTokens: Question = {
  id: "http-new-tokens",
  title: "And when every request brings a new token?",
  about:
    "Requests per second of one server process with 32 clients in another process. Every token is sent to a server once: " +
    "what a cache remembers does not help.",
  chart: "bars",
  budgets: [],
  async measure(progress, effort) {
    const runs: Measurement[] = []
    for (const alg of algorithms) {
      const issuer = await makeIssuer(alg)
      for (const framework of frameworks) {
        const group = `${framework}, ${alg}`
        const tell = (step: string) => progress(`${group}: ${step}`)
        runs.push(measurementOf(await loadRounds(serversOf(framework, issuer), effort, tell), [ours]))
      }
    }
    return { figures: runs.flatMap(({ figures }) => figures), ratios: runs.flatMap(({ ratios }) => ratios) }
  },
}

function serversOf(framework: Framework, issuer: Issuer): ServerContestant[] {
  const { algorithm } = issuer.settings
  const group = `${framework}, ${algorithm}`
  const asked = peers[framework].filter(({ algorithms }) => algorithms.some((one) => one === algorithm))
  return [
    { group, name: "no-op middleware", program: programOf(framework, "no-op"), issuer, tokens: 1 },
    { group, name: ours, program: programOf(framework, "jwt-auth"), issuer, tokens: "new" },
    ...asked.map(({ name, program }) => ({ group, name, program, issuer, tokens: "new" as const })),
  ]
}
