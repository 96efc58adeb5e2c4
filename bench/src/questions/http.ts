import { measurementOf } from "../load/measurement-of.js"
import { loadRounds, type ServerContestant } from "../load/rounds.js"
import { findRatio, ratiosIn } from "../measure/find-ratio.js"
import type { Budget, Measurement, Question } from "../result.js"
import { type Issuer, makeIssuer } from "../servers/issuer.js"
import { type Framework, frameworks, peers, programOf } from "../servers/programs.js"

const oneToken = "@jwt-auth"
const manyTokens = "@jwt-auth, 1,000 tokens"
const noOp = "no-op middleware"

/** Whole requests with tokens that were seen before. */
export const http: Question = {
  id: "http",
  title: "What does authentication cost a whole HTTP request, when callers send their token again and again?",
  about:
    "Requests per second of one server process with 32 clients in another process, which send the same token all the time. " +
    "@jwt-auth checks RS256 tokens; the peers are asked with RS256 and HS256. The keys of all are ready before the load: " +
    "a peer that takes a `KeyObject` or a `CryptoKey` is given one.",
  chart: "bars",
  budgets: [
    budgetOf("Express", 0.95),
    budgetOf("Koa", 0.9),
    budgetOf("Hono", 0.9),
    ...frameworks.map(aheadOfPeers),
  ],
  async measure(progress, effort) {
    const issuers = { HS256: await makeIssuer("HS256"), RS256: await makeIssuer("RS256") }
    const runs: Measurement[] = []
    for (const framework of ["node:http", ...frameworks] as const) {
      const contestants = [...ourServers(framework, issuers.RS256), ...peersOf(framework, issuers)]
      const samples = await loadRounds(contestants, effort, (step) => progress(`${framework}: ${step}`))
      runs.push(measurementOf(samples, [oneToken, manyTokens]))
    }
    return { figures: runs.flatMap(({ figures }) => figures), ratios: runs.flatMap(({ ratios }) => ratios) }
  },
}

type Group = Framework | "node:http"

function ourServers(group: Group, issuer: Issuer): ServerContestant[] {
  return [
    { group, name: "no authentication", program: programOf(group, "no-auth"), issuer, tokens: 1 },
    { group, name: noOp, program: programOf(group, "no-op"), issuer, tokens: 1 },
    { group, name: oneToken, program: programOf(group, "jwt-auth"), issuer, tokens: 1 },
    { group, name: manyTokens, program: programOf(group, "jwt-auth"), issuer, tokens: 1_000 },
  ]
}

function peersOf(group: Group, issuers: Readonly<Record<"HS256" | "RS256", Issuer>>): ServerContestant[] {
  if (group === "node:http") return []
  return peers[group].flatMap(({ name, program, algorithms }) =>
    (["HS256", "RS256"] as const)
      .filter((alg) => algorithms.includes(alg))
      .map((alg) => ({ group, name: `${name}, ${alg}`, program, issuer: issuers[alg], tokens: 1 })),
  )
}

function budgetOf(framework: Framework, share: number): Budget {
  return {
    what: `${framework}, repeated token: at least ${share} × the requests/s with a no-op middleware`,
    limit: { atLeast: share },
    measured: (measurement) => findRatio(measurement, framework, oneToken, noOp),
  }
}

function aheadOfPeers(framework: Framework): Budget {
  const withoutPeers = new Set(["no authentication", noOp, manyTokens])
  return {
    what: `${framework}, repeated token: more requests/s than every usual middleware`,
    limit: { atLeast: 1 },
    measured: (measurement) => {
      const toPeers = ratiosIn(measurement, framework, oneToken).filter(({ to }) => !withoutPeers.has(to))
      return Math.min(...toPeers.map(({ median }) => median))
    },
  }
}
